import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text, useText } from "#i18n/text.tsx";
import { AnchorButton } from "#ui/button.tsx";
import { Page, StickyActions } from "#ui/page.tsx";
import { type Choices, chosen, type Mode } from "./programme.ts";
import type { Done } from "./registration-form.tsx";
import { REGISTRATION, RegistrationPanel } from "./registration-panel.tsx";
import { StopAbout } from "./stop-about.tsx";
import { StopHead } from "./stop-head.tsx";
import { StopProgramme } from "./stop-programme.tsx";
import css from "./stop-page.module.css";

/** A stop: what happens there, and registering for it. `tour` is the whole edition once it is known. */
export function StopPage({
  stop,
  tour,
}: {
  stop: Schema<"StopRead">;
  tour: Schema<"TourRead"> | undefined;
}) {
  const { t } = useI18n();
  const say = useText();
  const [choices, setChoices] = useState<Choices>({});
  const [done, setDone] = useState<Done | null>(null);
  const opened = stop.registration === "open" && stop.status !== "cancelled" && done === null;
  const count = Object.keys(choices).length;

  function pick(session: string, mode: Mode | null) {
    setChoices((before) => chosen(before, session, mode));
  }

  return (
    <Page
      title={say(stop.name)}
      fictitious={stop.fictitious}
      head={<StopHead stop={stop} count={tour?.stops.length ?? null} />}
      railLast
      rail={
        <RegistrationPanel
          stop={stop}
          choices={choices}
          onPick={pick}
          done={done}
          onDone={(what) => {
            setChoices({});
            setDone(what);
          }}
        />
      }
    >
      <StopProgramme stop={stop} choices={choices} onPick={opened ? pick : null} />
      <StopAbout stop={stop} />
      {tour !== undefined && <Neighbours tour={tour} slug={stop.slug} />}
      {opened && (
        <StickyActions>
          <AnchorButton href={`#${REGISTRATION}`}>
            {count === 0 ? t.registration.title : t.registration.submit(count)}
          </AnchorButton>
        </StickyActions>
      )}
    </Page>
  );
}

function Neighbours({ tour: { stops }, slug }: { tour: Schema<"TourRead">; slug: string }) {
  const { t } = useI18n();
  const at = stops.findIndex((stop) => stop.slug === slug);
  const previous = at > 0 ? stops[at - 1] : undefined;
  const next = at === -1 ? undefined : stops[at + 1];
  return (
    <nav className={css.neighbours} aria-label={t.tour.title}>
      {previous !== undefined && (
        <Link to="/etapes/$slug" params={{ slug: previous.slug }}>
          <span className="soft small">← {t.tour.stop.previous}</span>
          <Text of={previous.name} />
        </Link>
      )}
      {next !== undefined && (
        <Link to="/etapes/$slug" params={{ slug: next.slug }} className={css.next}>
          <span className="soft small">{t.tour.stop.next} →</span>
          <Text of={next.name} />
        </Link>
      )}
    </nav>
  );
}
