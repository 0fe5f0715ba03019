import type { Locale } from "./locale.ts";

type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** A language's plural: picks the form that the number asks for, and writes the number where the form says `#`. */
export function pluralOf(locale: Locale): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count, forms) =>
    (forms[rules.select(count)] ?? forms.other).replace("#", numbers.format(count));
}
