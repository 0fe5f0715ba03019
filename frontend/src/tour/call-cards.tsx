import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Card, CardTitle } from "#ui/card.tsx";
import { Pill, type Tone } from "#ui/pill.tsx";

const TONES: Record<Schema<"CallState">, Tone> = {
  announced: "coming",
  open: "open",
  closing: "soon",
  between_waves: "coming",
  under_review: "closed",
  closed: "closed",
  suspended: "alarm",
  exhausted: "alarm",
  not_stated: "closed",
};

/** The calls that a stop presented or launched, each with its state today. */
export function CallCards({ calls }: { calls: readonly Schema<"CallLinkRead">[] }) {
  const { t } = useI18n();
  return (
    <ul className="columns plain">
      {calls.map(({ link, call: { slug, kind, name, state } }) => (
        <Card as="li" key={slug}>
          <p className="row">
            <Pill tone={TONES[state]}>{t.codes.callState[state]}</Pill>
            <span className="soft small">
              {t.codes.callKind[kind]} · {t.codes.callLink[link].toLowerCase()}
            </span>
          </p>
          <CardTitle>
            <Link to="/appels/$slug" params={{ slug }}>
              <Text of={name} />
            </Link>
          </CardTitle>
        </Card>
      ))}
    </ul>
  );
}
