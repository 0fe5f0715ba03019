import { Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Card, CardTitle } from "#ui/card.tsx";
import { Facts } from "#ui/facts.tsx";
import { Highlight } from "#ui/words.tsx";
import css from "./call-card.module.css";
import { useCallFacts } from "./call-facts.tsx";
import { CallMeta } from "./call-meta.tsx";
import { explains, type Passage, passageOf, untold } from "./highlights.ts";

const CallWhy = lazy(async () => ({ default: (await import("./call-why.tsx")).CallWhy }));

/** Only for who told what their structure is. */
const CallFit = lazy(async () => ({ default: (await import("./my-structure.tsx")).CallFit }));

/** A call in a list: state, kind, name, promise, and what one decides on. */
export function CallCard({
  call,
  as = "h3",
  current = false,
}: {
  call: Schema<"CallSummary"> | Schema<"CallHit">;
  as?: "h2" | "h3";
  current?: boolean;
}) {
  const { locale } = useI18n();
  const facts = useCallFacts(call);
  const { highlights, missing, why } =
    "why" in call ? { ...call, why: untold(call) } : { highlights: {}, missing: [], why: [] };
  const [name, promise, body] = (["name", "promise", "body"] as const).map((text) =>
    passageOf(highlights, text, locale),
  );
  return (
    <Card as="article" current={current}>
      <CallMeta call={call} />
      <CardTitle as={as}>
        <Link to="/appels/$slug" params={{ slug: call.slug }}>
          <Said passage={name} otherwise={<Text of={call.name} />} />
        </Link>
      </CardTitle>
      {call.promise !== null && (
        <p className={css.promise}>
          <Said passage={promise} otherwise={<Text of={call.promise} />} />
        </p>
      )}
      {explains(body ?? null) && (
        <p className={css.why}>
          <Said passage={body} otherwise={null} />
        </p>
      )}
      {why.length + missing.length > 0 && (
        <Suspense>
          <CallWhy why={why} missing={missing} />
        </Suspense>
      )}
      {"fit" in call && call.fit !== null && (
        <Suspense>
          <CallFit fit={call.fit} />
        </Suspense>
      )}
      <Facts facts={facts} />
    </Card>
  );
}

function Said({
  passage,
  otherwise,
}: {
  passage: Passage | null | undefined;
  otherwise: ReactNode;
}) {
  return passage === null || passage === undefined ? (
    otherwise
  ) : (
    <span lang={passage.lang}>
      <Highlight segments={passage.segments} />
    </span>
  );
}
