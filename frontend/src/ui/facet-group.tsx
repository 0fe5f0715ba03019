import css from "./facet-group.module.css";

export type FacetOption = { value: string; label: string; count: number };

/** A facet longer than MANY shows its FIRST options; the rest folds, unless one of it is chosen. */
const [MANY, FIRST] = [8, 5];

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
  const option = ({ value, label, count }: FacetOption) => (
    <label key={value} className={css.option}>
      <input
        type="checkbox"
        name={name}
        value={value}
        checked={selected.includes(value)}
        onChange={(event) => toggle(value, event.target.checked)}
      />
      <span>
        {label}
        {"\u00A0"}
        <span className="soft num">{count}</span>
      </span>
    </label>
  );
  const rest = options.slice(options.length > MANY ? FIRST : MANY);
  return (
    <details open={open} className={css.group}>
      <summary className={css.title}>{title}</summary>
      <fieldset className={css.options}>
        <legend className="hidden">{title}</legend>
        {options.slice(0, options.length - rest.length).map(option)}
        {rest.length > 0 && (
          <details open={rest.some(({ value }) => selected.includes(value))} className={css.rest}>
            <summary>+ {rest.length}</summary>
            {rest.map(option)}
          </details>
        )}
      </fieldset>
    </details>
  );
}
