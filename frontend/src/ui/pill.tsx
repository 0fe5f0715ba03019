import type { ReactNode } from "react";
import css from "./pill.module.css";

export type Tone = "open" | "soon" | "coming" | "closed" | "alarm";

/** A state: a word and a dot, never a colour alone. */
export function Pill({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={css.pill} data-tone={tone}>
      {children}
    </span>
  );
}
