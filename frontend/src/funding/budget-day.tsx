import { type ChangeEvent, useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay } from "#i18n/dates.ts";
import { Button } from "#ui/button.tsx";
import css from "./budget.module.css";

const HOME = "Europe/Paris";

/** Which day the page shows: any past one, or one on which something was said. */
export function BudgetDay({
  asOf,
  dates,
  onDay,
}: {
  asOf: string;
  dates: readonly string[];
  onDay: (day: string | undefined) => void;
}) {
  const i18n = useI18n();
  const words = i18n.t.budget;
  const today = isoDay(i18n.now, HOME);
  // While one types, the day is not one yet: what is shown waits for a whole one.
  const [typed, setTyped] = useState({ asOf, day: asOf });
  const choose = (day: string) => onDay(day === "" || day >= today ? undefined : day);

  function type({ target: { value: day, validity } }: ChangeEvent<HTMLInputElement>) {
    const isWhole = validity.valid && day !== "";
    setTyped({ asOf: isWhole ? day : asOf, day });
    if (isWhole) {
      choose(day);
    }
  }

  return (
    <div className={css.days}>
      <label>
        {words.asOf}
        <input
          type="date"
          min="1900-01-01"
          max={today}
          value={typed.asOf === asOf ? typed.day : asOf}
          onChange={type}
        />
      </label>
      <label>
        {words.moments}
        <select
          value={dates.includes(asOf) ? asOf : ""}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">{words.today}</option>
          {dates.toReversed().map((day) => (
            <option key={day} value={day}>
              {dayText(day, i18n)}
            </option>
          ))}
        </select>
      </label>
      {asOf !== today && (
        <Button look="plain" onClick={() => onDay(undefined)}>
          {words.today}
        </Button>
      )}
    </div>
  );
}
