import type { ReactNode } from "react";
import type { Tone } from "./pill.tsx";
import css from "./card.module.css";

/**
 * A surface that holds one thing. `current` marks the one being looked at in a list; `tone` makes it the loud thing of
 * the screen (a deadline).
 */
export function Card({
  as: Element = "div",
  current = false,
  tone,
  children,
}: {
  as?: "div" | "article" | "li" | "section" | "aside";
  current?: boolean;
  tone?: Tone;
  children: ReactNode;
}) {
  return (
    <Element className={css.card} data-current={current} data-tone={tone}>
      {children}
    </Element>
  );
}

/** The title of a card. The link inside it can be pressed anywhere on the card. */
export function CardTitle({
  as: Heading = "h3",
  children,
}: {
  as?: "h2" | "h3" | "h4";
  children: ReactNode;
}) {
  return <Heading className={css.title}>{children}</Heading>;
}
