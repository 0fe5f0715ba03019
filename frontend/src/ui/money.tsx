import { useI18n } from "#i18n/context.tsx";
import { moneyRangeText, moneyText } from "#i18n/money.ts";

/** An amount of integer cents: "375 000 €". */
export function Money({ cents, currency = "EUR" }: { cents: number; currency?: string }) {
  return <span className="num">{moneyText(cents, useI18n(), currency)}</span>;
}

/** A range of integer cents, either end of which may not be stated. */
export function MoneyRange({
  min,
  max,
  currency = "EUR",
}: {
  min: number | null;
  max: number | null;
  currency?: string;
}) {
  const i18n = useI18n();
  return (
    <span className="num">
      {moneyRangeText({ min, max }, i18n, currency) ?? i18n.t.ui.notStated}
    </span>
  );
}
