import { createLink } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import css from "./button.module.css";

type Look = {
  /** `primary` is what one came to do, one per screen; `plain` reads as a link. */
  look?: "primary" | "secondary" | "plain";
};

/** A button. `busy` keeps its place and its focus while what it started is under way. */
export function Button({
  look = "primary",
  type = "button",
  busy = false,
  onClick,
  ...rest
}: ComponentProps<"button"> & Look & { busy?: boolean }) {
  return (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- it always has one: `button` unless told otherwise
      type={type}
      className={css.button}
      data-look={look}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    />
  );
}

/** A link out of the application (a document, a calendar, an external procedure) that looks like a button. */
export function AnchorButton({ look = "primary", children, ...rest }: ComponentProps<"a"> & Look) {
  return (
    <a {...rest} className={css.button} data-look={look}>
      {children}
    </a>
  );
}

/** A typed link to a page of ours that looks like a button. */
export const LinkButton = createLink(AnchorButton);
