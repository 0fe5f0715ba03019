/** Says amounts of integer cents without ever rounding them: "1,5 M€", "375 000 €", "1 234 567,80 €". */
import type { I18n } from "./context.tsx";

const TAGS = { fr: "fr-FR", en: "en-GB" } as const;
const MILLION = 100_000_000;
/** Millions are written with two decimals at most: what they cannot say exactly is written in full. */
const EXACT_IN_MILLIONS = 1_000_000;

/** One amount. `currency` is ISO 4217. */
export function moneyText(cents: number, { locale }: I18n, currency = "EUR"): string {
  const compact = Math.abs(cents) >= MILLION && cents % EXACT_IN_MILLIONS === 0;
  const parts = new Intl.NumberFormat(TAGS[locale], {
    style: "currency",
    currency,
    ...(compact
      ? { notation: "compact", minimumFractionDigits: 0, maximumFractionDigits: 5 }
      : { minimumFractionDigits: cents % 100 === 0 ? 0 : 2, maximumFractionDigits: 2 }),
  }).formatToParts(cents / 100);
  return parts
    .filter(({ type }, at) => !(type === "literal" && parts[at - 1]?.type === "compact"))
    .map(({ value }) => value)
    .join("");
}

/** A range of which either end may not be stated: "375 000 € à 1,5 M€", "jusqu’à 1,5 M€"; null when neither is. */
export function moneyRangeText(
  { min, max }: { min: number | null; max: number | null },
  i18n: I18n,
  currency = "EUR",
): string | null {
  const { money } = i18n.t.ui;
  if (min !== null && max !== null) {
    return min === max
      ? moneyText(min, i18n, currency)
      : money.between(moneyText(min, i18n, currency), moneyText(max, i18n, currency));
  }
  if (min !== null) {
    return money.from(moneyText(min, i18n, currency));
  }
  return max === null ? null : money.upTo(moneyText(max, i18n, currency));
}
