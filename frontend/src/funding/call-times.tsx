import type { Schema } from "#api/schemas.ts";
import { type I18n, useI18n } from "#i18n/context.tsx";
import { relativeText } from "#i18n/dates.ts";
import type { Fact } from "#ui/facts.tsx";
import { When } from "#ui/moment.tsx";

function Soon({ moment }: { moment: Schema<"Moment"> }) {
  const far = relativeText(moment, useI18n());
  return (
    <>
      <When moment={moment} />
      {far !== null && `\u00A0· ${far.replaceAll(" ", "\u00A0")}`}
    </>
  );
}

/** The dates of a call that matter now: when it opens if it is not open, when it closes. */
export function timeFacts(
  { state, deadline, next_opening: opening, rolling }: Schema<"CallSummary">,
  { t }: I18n,
): Fact[] {
  const isOpen = state === "open" || state === "closing";
  const facts: Fact[] = [];
  if (!isOpen && opening !== null) {
    facts.push({ term: t.funding.facts.opens, value: <Soon moment={opening} /> });
  }
  if (deadline !== null) {
    facts.push({ term: t.funding.facts.closes, value: <Soon moment={deadline} /> });
  } else if (isOpen) {
    facts.push({
      term: t.funding.facts.closes,
      value: rolling ? t.funding.facts.rolling : t.ui.notStated,
    });
  }
  return facts;
}
