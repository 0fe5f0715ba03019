import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";

/** A call by its name and its state today, a link to its page. */
export function CallName({ call: { slug, name, state } }: { call: Schema<"CallRef"> }) {
  const { t } = useI18n();
  return (
    <>
      <Link to="/appels/$slug" params={{ slug }}>
        <Text of={name} />
      </Link>{" "}
      <span className="soft">({t.codes.callState[state].toLowerCase()})</span>
    </>
  );
}
