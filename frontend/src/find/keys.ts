/** What the keyboard asks for, wherever one is. */
export type KeyAsk = "palette" | "box" | "keys";

const SINGLE = "single-keys";

/** On Apple's keyboards Ctrl-K already cuts to the end of the line: there it is ⌘-K. */
export const isApple = /Mac|iP(?:ad|hone)/u.test(navigator.platform);

/** Whether `/` and `?` are listened to: who dictates may not want them (WCAG 2.2, 2.1.4). Kept in the browser. */
export function hearsSingleKeys(): boolean {
  try {
    return localStorage.getItem(SINGLE) !== "off";
  } catch {
    return true;
  }
}

export function hearSingleKeys(hears: boolean): void {
  try {
    localStorage.setItem(SINGLE, hears ? "on" : "off");
  } catch {
    // Storage may be forbidden: they are listened to then.
  }
}

/** The keys of who writes are theirs, and those of a window their window's. */
function isBusy(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest("input, textarea, select") !== null)
  );
}

/**
 * What a press asks for, if anything. The character counts, not the key: `/` and `?` are typed with Shift on a French
 * keyboard. Nothing is taken from an input method, from a page that answered itself, or from an open window.
 */
export function askedBy(event: KeyboardEvent): KeyAsk | undefined {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  if (event.defaultPrevented || event.isComposing || event.repeat || altKey) {
    return undefined;
  }
  if (document.querySelector("dialog:modal") !== null) {
    return undefined;
  }
  if (key.toLowerCase() === "k") {
    const isHeld = isApple ? metaKey && !ctrlKey : ctrlKey && !metaKey;
    return isHeld && !shiftKey ? "palette" : undefined;
  }
  if (ctrlKey || metaKey || isBusy(target) || !hearsSingleKeys()) {
    return undefined;
  }
  return key === "/" ? "box" : key === "?" ? "keys" : undefined;
}
