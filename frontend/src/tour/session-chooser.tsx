import { useId } from "react";
import { useI18n } from "#i18n/context.tsx";
import { dayText, timeText } from "#i18n/dates.ts";
import { useText } from "#i18n/text.tsx";
import { Checkbox, RadioGroup } from "#ui/choice.tsx";
import { FieldError } from "#ui/field.tsx";
import { useFormField } from "#ui/form-context.ts";
import { type Choices, isBookable, type Mode, programmeOf, type Session } from "./programme.ts";
import css from "./session-chooser.module.css";

const MODES: readonly Mode[] = ["on_site", "online"];

/**
 * The sessions that one may ask for, each with how to attend. Those already chosen stay in the list even when it closed:
 * one may always give them up. `kept` is what was asked for before: what is left there is for others.
 */
export function SessionChooser({
  sessions,
  zone,
  choices,
  kept,
  hint: words,
  onPick,
}: {
  sessions: readonly Session[];
  zone: string;
  choices: Choices;
  kept?: Choices;
  hint: string;
  onPick: (session: string, mode: Mode | null) => void;
}) {
  const i18n = useI18n();
  const { t, now } = i18n;
  const hint = useId();
  const { id, error } = useFormField("seats");
  const listed = sessions.filter(
    (session) => isBookable(session, now) || choices[session.slug] !== undefined,
  );
  const days = programmeOf(listed, zone);
  const others = sessions.length - listed.length;
  return (
    <fieldset id={id} tabIndex={-1} className={css.chooser} aria-describedby={hint}>
      <legend className={css.legend}>{t.registration.sessions}</legend>
      <p id={hint} className="soft small">
        {words}
      </p>
      {error !== undefined && <FieldError id={`${id}-error`}>{error}</FieldError>}
      {days.map(({ on, slots }) => (
        <div key={on} className={css.day}>
          {days.length > 1 && on !== null && (
            <p className={css.legend}>{dayText(on, i18n, "long")}</p>
          )}
          {slots.flat().map((session) => (
            <Choice
              key={session.slug}
              session={session}
              zone={zone}
              mode={choices[session.slug] ?? null}
              kept={kept?.[session.slug] ?? null}
              onPick={(mode) => onPick(session.slug, mode)}
            />
          ))}
        </div>
      ))}
      {others > 0 && <p className="soft small">{t.registration.notListed(others)}</p>}
    </fieldset>
  );
}

function Choice({
  session: { slug, title, starts_at: start, seats, access },
  zone,
  mode,
  kept,
  onPick,
}: {
  session: Session;
  zone: string;
  mode: Mode | null;
  kept: Mode | null;
  onPick: (mode: Mode | null) => void;
}) {
  const i18n = useI18n();
  const { t } = i18n;
  const say = useText();

  function state({ mode: way, capacity, left, waiting }: Session["seats"][number]): string {
    if (way === kept) {
      return t.registration.kept;
    }
    if (capacity === null || left === null) {
      return t.ui.seats.unlimited;
    }
    return left === 0 ? t.registration.full(waiting) : t.registration.left(left);
  }

  const offered = MODES.flatMap((each) => seats.filter((pool) => pool.mode === each));
  const [first] = offered;
  const alone = offered.length === 1 && first !== undefined;
  const hints = [
    alone && `${t.codes.mode[first.mode]}, ${state(first)}`,
    access === "on_request" && kept === null && t.registration.onRequest,
  ].filter((hint) => hint !== false);
  return (
    <div className={css.choice}>
      <Checkbox
        name={`seats/${slug}`}
        label={
          <>
            {start !== null && <span className="num soft">{timeText(start, zone, i18n)} </span>}
            {say(title)}
          </>
        }
        hint={hints.length > 0 ? hints.join(" · ") : undefined}
        checked={mode !== null}
        onChange={({ target }) => onPick(target.checked ? (first?.mode ?? null) : null)}
      />
      {mode !== null && !alone && (
        <div className={css.modes}>
          <RadioGroup
            name={`mode/${slug}`}
            legend={<span className="hidden">{t.registration.mode(say(title))}</span>}
            options={offered.map((pool) => ({
              value: pool.mode,
              label: t.codes.mode[pool.mode],
              hint: state(pool),
            }))}
            value={mode}
            onChange={(value) => onPick(value === "online" ? "online" : "on_site")}
          />
        </div>
      )}
    </div>
  );
}
