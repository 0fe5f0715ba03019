import css from "./facet-group.module.css";

export type FacetOption = { value: string; label: string; count: number };

/** One facet: real checkboxes, each with how many results it would keep. Folds like any disclosure. */
export function FacetGroup({
  title,
  name,
  options,
  selected,
  onChange,
  open = true,
}: {
  title: string;
  name: string;
  options: readonly FacetOption[];
  selected: readonly string[];
  onChange: (selected: string[]) => void;
  open?: boolean;
}) {
  function toggle(value: string, checked: boolean) {
    onChange(checked ? [...selected, value] : selected.filter((other) => other !== value));
  }
  return (
    <details open={open} className={css.group}>
      <summary className={css.title}>{title}</summary>
      <fieldset className={css.options}>
        <legend className="hidden">{title}</legend>
        {options.map(({ value, label, count }) => (
          <label key={value} className={css.option}>
            <input
              type="checkbox"
              name={name}
              value={value}
              checked={selected.includes(value)}
              onChange={(event) => toggle(value, event.target.checked)}
            />
            <span>
              {label} <span className="soft num">{count}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
