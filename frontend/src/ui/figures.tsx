import type { Schema } from "#api/schemas.ts";
import { type I18n, useI18n } from "#i18n/context.tsx";
import { Text, useText } from "#i18n/text.tsx";
import { Cite } from "./cite.tsx";
import { countSources, figureText } from "./figure-text.ts";
import css from "./figures.module.css";
import { When } from "./moment.tsx";
import { SourceLine } from "./source-line.tsx";

type FigureSet = Schema<"FigureSet">;

/** Stated figures side by side. Each opens on what every source says, and on why they differ. */
export function Figures({ sets }: { sets: readonly FigureSet[] }) {
  return (
    <ul className={css.figures}>
      {sets.map((set) => (
        <FigureCard key={set.key} set={set} />
      ))}
    </ul>
  );
}

/** What is counted. A key may end in a rank (`laureates-2`), which its scope tells in words. */
export function labelOf({ key, headline: { unit } }: FigureSet, { t }: I18n): string {
  const { keys, units } = t.figures;
  return keys[key] ?? keys[key.replace(/-\d+$/, "")] ?? (unit === null ? key : units[unit]);
}

function FigureCard({ set }: { set: FigureSet }) {
  const { headline } = set;
  const i18n = useI18n();
  const label = labelOf(set, i18n);
  return (
    <li className={css.figure}>
      <p>
        <b className={css.value}>{figureText(headline, i18n)}</b> {label}
        {headline.scope !== null && (
          <span className="soft small">
            {" "}
            (<Text of={headline.scope} />)
          </span>
        )}
      </p>
      <details className="small unfolded">
        <summary>{i18n.t.ui.sources(countSources(set))}</summary>
        <Why set={set} />
        <Claims set={set} label={label} />
      </details>
    </li>
  );
}

/** Why sources differ, where an editor says so. */
export function Why({ set: { relation, sentence } }: { set: FigureSet }) {
  const { t } = useI18n();
  return (
    <>
      {relation !== null && <p className={css.relation}>{t.figures.relation[relation]}</p>}
      {sentence !== null && (
        <p>
          <Text of={sentence} />
        </p>
      )}
    </>
  );
}

/** What each source says, with its citation to be copied. `label` is what is counted. */
export function Claims({ set: { headline, others }, label }: { set: FigureSet; label: string }) {
  const i18n = useI18n();
  const say = useText();
  return (
    <ul className={css.sources}>
      {[headline, ...others].map((figure, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- two sources may state the same value, a source two values
        <li key={at}>
          <b className="num">{figureText(figure, i18n)}</b>
          {figure.scope !== null && (
            <>
              {" "}
              <Text of={figure.scope} />
            </>
          )}
          {figure.stated !== null && (
            <>
              {" · "}
              <When moment={figure.stated} />
            </>
          )}
          <br />
          <SourceLine source={figure.source} />{" "}
          <Cite
            words={`${figureText(figure, i18n)} ${label}`}
            scope={figure.scope && say(figure.scope)}
            on={figure.stated}
            source={figure.source}
          />
        </li>
      ))}
    </ul>
  );
}
