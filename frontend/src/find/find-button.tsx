import { lazy, Suspense, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { useI18n } from "#i18n/context.tsx";
import { Dialog } from "#ui/dialog.tsx";
import shell from "#ui/shell.module.css";
import css from "./find-button.module.css";
import { askedBy, isApple } from "./keys.ts";
import { ShortcutList } from "./shortcut-list.tsx";

const Palette = lazy(async () => ({ default: (await import("./palette.tsx")).Palette }));

/** The way into the palette for who does not know its key, and the ear of the keys. */
export function FindButton({ pathname }: { pathname: string }) {
  const words = useI18n().t.palette;
  const [shown, setShown] = useState<"palette" | "keys">();

  useEffect(() => {
    function hear(event: KeyboardEvent) {
      const asked = askedBy(event);
      if (asked === undefined) {
        return;
      }
      event.preventDefault();
      const box =
        asked === "box" && document.querySelector<HTMLElement>("main input[type='search']");
      if (box) {
        box.focus();
      } else {
        setShown(asked === "keys" ? "keys" : "palette");
      }
    }
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, []);

  function close() {
    setShown(undefined);
  }

  return (
    <>
      <button
        type="button"
        className={`${shell.tool} ${css.find}`}
        aria-haspopup="dialog"
        aria-keyshortcuts={isApple ? "Meta+K" : "Control+K"}
        onClick={() => setShown("palette")}
      >
        <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
          <path
            d="M13.5 13.5L18 18M2.5 8.5a6 6 0 1 0 12 0a6 6 0 1 0-12 0"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinecap="round"
          />
        </svg>
        {words.open}
        <kbd aria-hidden="true">{isApple ? "⌘ K" : words.ctrlK}</kbd>
      </button>
      {createPortal(
        <>
          <Dialog open={shown === "palette"} onClose={close} title={words.title}>
            <Suspense>
              <Palette pathname={pathname} onDone={close} onKeys={() => setShown("keys")} />
            </Suspense>
          </Dialog>
          <Dialog open={shown === "keys"} onClose={close} title={words.keys.title}>
            <ShortcutList />
          </Dialog>
        </>,
        document.body,
      )}
    </>
  );
}
