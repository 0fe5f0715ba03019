import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Notice } from "#ui/notice.tsx";

/** Tells whoever registered that a stop does not take place as it was told, why, and what becomes of their seats. */
export function StopStatus({
  stop: { status, status_reason: reason },
}: {
  stop: Schema<"StopSummary">;
}) {
  const words = useI18n().t.registration.mine.stopStatus;
  if (status === "scheduled") {
    return null;
  }
  return (
    <Notice tone="alarm" title={words[status]}>
      {reason !== null && (
        <p>
          <Text of={reason} />
        </p>
      )}
      {status === "postponed" && <p>{words.next}</p>}
    </Notice>
  );
}
