import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { useI18n } from "#i18n/context.tsx";
import css from "./dialog.module.css";

/**
 * A window above the page: the browser's own `<dialog>`, which keeps the focus, closes on Escape and gives the focus
 * back. A `sheet` rises from the foot of a phone's screen. Nothing is drawn while it is closed.
 */
export function Dialog({
  open,
  onClose,
  title,
  look = "window",
  footer,
  children,
}: {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  look?: "window" | "sheet";
  footer?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useI18n();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();

  // Before what is in it may ask for the focus.
  useLayoutEffect(() => {
    if (open) {
      dialog.current?.showModal();
    } else {
      dialog.current?.close();
    }
  }, [open]);

  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- a press on the veil; Escape is the browser's
    <dialog
      ref={dialog}
      className={css.dialog}
      data-look={look}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) {
          onClose();
        }
      }}
    >
      {open && (
        <div className={css.body}>
          <header className={css.header}>
            <h2 id={id}>{title}</h2>
            <button type="button" className={css.close} aria-label={t.ui.close} onClick={onClose}>
              ✕
            </button>
          </header>
          <div className={css.content}>{children}</div>
          {footer !== undefined && <footer className={css.footer}>{footer}</footer>}
        </div>
      )}
    </dialog>
  );
}
