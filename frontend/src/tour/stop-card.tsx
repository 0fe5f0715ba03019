import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { daysText } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import { CardTitle } from "#ui/card.tsx";
import { RegistrationPill } from "./registration-pill.tsx";

/** A stop in a list: where, when, about what, and whether one can register. */
export function StopCard({ stop }: { stop: Schema<"StopSummary"> }) {
  const i18n = useI18n();
  const { slug, name, title, days, cities } = stop;
  const when =
    days.length === 0
      ? i18n.t.dates.daysNotStated
      : daysText(
          days.map(({ on }) => on),
          i18n,
        );
  return (
    <>
      <CardTitle>
        <Link to="/etapes/$slug" params={{ slug }}>
          <Text of={name} />
        </Link>
      </CardTitle>
      <p className="small">
        <b>{when}</b>
        {cities.length > 1 && <span className="soft"> · {cities.join(", ")}</span>}
      </p>
      {title !== null && (
        <p className="soft small">
          <Text of={title} />
        </p>
      )}
      <RegistrationPill stop={stop} />
    </>
  );
}
