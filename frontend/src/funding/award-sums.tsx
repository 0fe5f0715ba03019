import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Money } from "#ui/money.tsx";

/** "318 lauréats · 41,2 M€ · 12 sans montant communiqué": what is not stated is counted, never taken for nothing. */
export function AwardSums({
  sums: { count, amount_cents: cents, not_stated: untold },
}: {
  sums: Schema<"AwardSums">;
}) {
  const { t } = useI18n();
  return (
    <>
      <b className="num">{t.awards.count(count)}</b>
      {untold < count && (
        <>
          {" · "}
          <b>
            <Money cents={cents} />
          </b>
        </>
      )}
      {untold > 0 && <span className="soft"> · {t.awards.notStated(untold)}</span>}
    </>
  );
}
