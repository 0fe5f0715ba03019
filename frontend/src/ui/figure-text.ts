/** Says stated figures, never more exactly than their sources do. */
import type { Schema } from "#api/schemas.ts";
import type { I18n } from "#i18n/context.tsx";
import { momentText } from "#i18n/dates.ts";
import { moneyText } from "#i18n/money.ts";

type Figure = Schema<"FigureRead">;

function bare({ value, unit, day }: Figure, i18n: I18n): string {
  if (day !== null) {
    return momentText(day, i18n);
  }
  if (value === null) {
    return i18n.t.ui.notStated;
  }
  const number = new Intl.NumberFormat(i18n.locale).format(value);
  if (unit === "eur_cents") {
    return moneyText(value, i18n);
  }
  return unit === "percent" ? i18n.t.ui.percent(number) : number;
}

/** One stated value, never more exact than its source: "plus de 1 700". */
export function figureText(figure: Figure, i18n: I18n): string {
  return i18n.t.qualified[figure.qualifier](bare(figure, i18n));
}

/** How many sources speak under one key: one that says two things is one source. */
export function countSources({ headline, others }: Schema<"FigureSet">): number {
  return new Set([headline, ...others].map(({ source }) => source.slug)).size;
}
