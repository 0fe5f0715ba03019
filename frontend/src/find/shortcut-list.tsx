import { useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import { hearsSingleKeys, hearSingleKeys, isApple } from "./keys.ts";
import css from "./shortcut-list.module.css";

/** The keys of the site, and the way not to be heard by the single ones. */
export function ShortcutList() {
  const words = useI18n().t.palette;
  const [hears, setHears] = useState(hearsSingleKeys);
  const keys = [
    [isApple ? "⌘ K" : words.ctrlK, words.keys.palette],
    ["/", words.keys.box],
    ["?", words.keys.title],
    ["↑ ↓", words.keys.arrows],
    [words.keys.enterKey, words.keys.enter],
    [words.keys.escapeKey, words.keys.escape],
  ] as const;
  return (
    <>
      <dl className={css.keys}>
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className={css.single}>
        <input
          type="checkbox"
          checked={hears}
          onChange={({ target }) => {
            hearSingleKeys(target.checked);
            setHears(target.checked);
          }}
        />
        {words.keys.single}
      </label>
    </>
  );
}
