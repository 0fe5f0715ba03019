import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Pill, type Tone } from "#ui/pill.tsx";

type State = Schema<"CallState">;

/** How each state looks: what one can act on stands out, what is over steps back. */
export const TONES: Readonly<Record<State, Tone>> = {
  open: "open",
  closing: "soon",
  announced: "coming",
  between_waves: "coming",
  under_review: "closed",
  closed: "closed",
  suspended: "alarm",
  exhausted: "closed",
  not_stated: "closed",
};

/** The state of a call, in a word. */
export function CallPill({ state }: { state: State }) {
  const { t } = useI18n();
  return <Pill tone={TONES[state]}>{t.codes.callState[state]}</Pill>;
}
