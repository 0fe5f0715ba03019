import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import css from "./call-card.module.css";

/** Why a call is in the list, beyond what its card marks, and which of the typed words it lacks. */
export function CallWhy({ why, missing }: Pick<Schema<"CallHit">, "why" | "missing">) {
  const { t, locale } = useI18n();
  const says = t.call.found.why;
  const found = why.map(({ typed, taken, found_in: place }) =>
    taken === null
      ? says.found(typed, says.places[place])
      : says.taken(typed, taken, says.places[place]),
  );
  const lacks = new Intl.ListFormat(locale).format(missing.map(says.quoted));
  const told = missing.length > 0 ? [...found, says.missing(lacks)] : found;
  return <p className={css.why}>{told.join(" · ")}</p>;
}
