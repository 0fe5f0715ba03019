import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay, timeText } from "#i18n/dates.ts";
import { AnchorButton, Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { Notice } from "#ui/notice.tsx";
import { Page } from "#ui/page.tsx";
import { EmptyState } from "#ui/states.tsx";
import { piecesOf } from "./links.ts";
import css from "./letters-page.module.css";
import { Unlisted } from "#ui/unlisted.tsx";

const HOME = "Europe/Paris";

/** The inbox of the demonstration: what a real service would have mailed, the newest first. */
export function LettersPage({
  letters,
  busy,
  onRefresh,
}: {
  letters: readonly Schema<"LetterRead">[];
  busy: boolean;
  onRefresh: () => void;
}) {
  const { t } = useI18n();
  const words = t.registration.letters;
  return (
    <Page title={words.title} narrow>
      <Unlisted />
      <h1>{words.title}</h1>
      <Notice tone="point">{words.lead}</Notice>
      <p>
        <Button look="secondary" busy={busy} onClick={onRefresh}>
          {words.refresh}
        </Button>
      </p>
      {letters.length === 0 ? (
        <EmptyState title={words.empty.title}>{words.empty.detail}</EmptyState>
      ) : (
        <ol className={css.letters}>
          {letters.map((letter) => (
            <Letter key={letter.id} letter={letter} />
          ))}
        </ol>
      )}
    </Page>
  );
}

function Letter({
  letter: { id, subject, recipient, sent_at: sent, text, has_calendar: hasCalendar },
}: {
  letter: Schema<"LetterRead">;
}) {
  const i18n = useI18n();
  const words = i18n.t.registration.letters;
  return (
    <Card as="li">
      <p className="small soft">
        {words.sent}{" "}
        <time dateTime={sent}>
          {dayText(isoDay(new Date(sent), HOME), i18n)}, {timeText(sent, HOME, i18n)}
        </time>{" "}
        · {words.to} {recipient}
      </p>
      <h2>{subject}</h2>
      <p className={css.text}>
        {piecesOf(text, location.origin).map(({ text: piece, to }, at) =>
          to === null ? (
            piece
          ) : (
            // oxlint-disable-next-line react/no-array-index-key -- a letter does not change
            <a key={at} href={to}>
              {piece}
            </a>
          ),
        )}
      </p>
      {hasCalendar && (
        <p>
          <AnchorButton
            href={`/api/v1/demo/letters/${id}/calendar.ics`}
            look="secondary"
            download={`etape-${id}.ics`}
          >
            {words.calendar}
          </AnchorButton>
        </p>
      )}
    </Card>
  );
}
