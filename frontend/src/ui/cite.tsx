import { useI18n } from "#i18n/context.tsx";
import { type Cited, citationOf } from "./citation.ts";
import { Copying } from "./copying.tsx";

/** A press that copies the citation of a figure. */
export function Cite(cited: Cited) {
  const i18n = useI18n();
  return <Copying text={citationOf(cited, i18n)} words={i18n.t.figures.cite} />;
}
