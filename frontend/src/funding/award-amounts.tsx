import { useId, useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import group from "#ui/facet-group.module.css";
import { FieldError } from "#ui/field.tsx";
import css from "./award-amounts.module.css";
import { AMOUNT_ENDS, type AwardSearch, eurosIn, eurosOf, withEuros } from "./award-search.ts";

type Searching = { search: AwardSearch; onSearch: (search: AwardSearch) => void };

/** Between which amounts, themselves included, in whole euros. */
export function AwardAmounts({ search, onSearch }: Searching) {
  const words = useI18n().t.awards.amounts;
  return (
    <details open className={group.group}>
      <summary className={group.title}>{words.title}</summary>
      <fieldset className={css.ends}>
        <legend className="hidden">{words.title}</legend>
        {AMOUNT_ENDS.map((end) => (
          <Euros
            key={end}
            label={words[end]}
            euros={eurosOf(search, end)}
            onEuros={(euros) => onSearch(withEuros(search, end, euros))}
          />
        ))}
      </fieldset>
      <p className="soft small">{words.hint}</p>
    </details>
  );
}

/** One end of the range. What is typed counts by Enter, or once one leaves the field. */
function Euros({
  label,
  euros,
  onEuros,
}: {
  label: string;
  euros: number | null;
  onEuros: (euros: number | null) => void;
}) {
  const { t, locale } = useI18n();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const [known, setKnown] = useState(euros);
  if (known !== euros) {
    setKnown(euros);
    setTyped(null);
    setWrong(false);
  }

  function take() {
    const read = typed === null ? euros : eurosIn(typed);
    setWrong(read === undefined);
    if (read !== undefined && read !== euros) {
      onEuros(read);
    }
  }

  return (
    <div className={css.end}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        inputMode="numeric"
        autoComplete="off"
        value={typed ?? (euros === null ? "" : new Intl.NumberFormat(locale).format(euros))}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? `${id}-error` : undefined}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={take}
        onKeyDown={({ key }) => key === "Enter" && take()}
      />
      <span aria-hidden="true">€</span>
      {wrong && <FieldError id={`${id}-error`}>{t.awards.amounts.wrong}</FieldError>}
    </div>
  );
}
