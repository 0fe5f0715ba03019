import { type ComponentProps, type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import { SearchBox } from "./search-box.tsx";
import css from "./suggest-box.module.css";

export type SuggestedOption = { id: string; group: string; label: ReactNode };

/**
 * A search box that suggests while one types: a combobox whose list never takes the focus (ARIA Authoring Practices, list
 * autocomplete with manual selection). Enter searches for the words until an arrow has chosen an option.
 */
export function SuggestBox({
  options,
  onPick,
  onChange,
  onSubmit,
  look = "menu",
  ...box
}: Omit<ComponentProps<typeof SearchBox>, "input" | "children"> & {
  options: readonly SuggestedOption[];
  /**
   * A `row` stays in the page where the page itself answers: a menu would hide the results. A `palette` is always open, its
   * first option chosen.
   */
  look?: "menu" | "row" | "palette";
  onPick: (id: string) => void;
}) {
  const { t } = useI18n();
  const list = useId();
  const first = look === "palette" ? 0 : -1;
  const [asked, setAsked] = useState(false);
  const [chosen, setChosen] = useState(first);
  const open = (asked || first === 0) && options.length > 0;
  const active = open ? chosen : -1;

  function close() {
    setAsked(false);
    setChosen(first);
  }

  function move(by: 1 | -1) {
    // One more place than options: back in the box, with the words as they were typed.
    const places = options.length + 1;
    setChosen(((active + 1 + by + places) % places) - 1);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!open) {
      return;
    }
    if (event.key === "Escape" && look !== "palette") {
      event.preventDefault();
      close();
    } else if (look === "row" && event.key === "ArrowDown" && active === options.length - 1) {
      // Past the last one the arrow is the page's, which goes on to its results.
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    }
  }

  function submit() {
    const option = options[active];
    close();
    if (option === undefined) {
      onSubmit();
    } else {
      onPick(option.id);
    }
  }

  return (
    <SearchBox
      {...box}
      onChange={(words) => {
        setAsked(true);
        setChosen(first);
        onChange(words);
      }}
      onSubmit={submit}
      input={{
        role: "combobox",
        "aria-expanded": open,
        "aria-controls": list,
        "aria-autocomplete": "list",
        "aria-activedescendant": active < 0 ? undefined : `${list}-${active}`,
        onKeyDown,
        onBlur: close,
      }}
    >
      <div
        className={css.list}
        data-look={look}
        id={list}
        role="listbox"
        aria-label={t.ui.suggestions}
        hidden={!open}
      >
        {options.map(({ id, group, label }, at) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the box's, which keeps the focus
          <div
            key={id}
            id={`${list}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            className={css.option}
            ref={at === active ? (option) => option?.scrollIntoView({ block: "nearest" }) : null}
            // Before the box loses the focus, which would close the list under the press.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => {
              close();
              onPick(id);
            }}
          >
            <span>{label}</span> <span className={css.group}>{group}</span>
          </div>
        ))}
      </div>
      <p className="hidden" role="status">
        {open && t.ui.suggestionCount(options.length)}
      </p>
    </SearchBox>
  );
}
