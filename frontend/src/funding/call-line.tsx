import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Card, CardTitle } from "#ui/card.tsx";
import { Facts } from "#ui/facts.tsx";
import { CallMeta } from "./call-meta.tsx";
import { timeFacts } from "./call-times.tsx";

/** A call in few words: its state, its name and when. */
export function CallLine({ call }: { call: Schema<"CallSummary"> }) {
  const i18n = useI18n();
  return (
    <Card as="article">
      <CallMeta call={call} />
      <CardTitle>
        <Link to="/appels/$slug" params={{ slug: call.slug }}>
          <Text of={call.name} />
        </Link>
      </CardTitle>
      <Facts facts={timeFacts(call, i18n)} />
    </Card>
  );
}
