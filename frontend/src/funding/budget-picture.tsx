import type { ReactNode } from "react";
import { type I18n, useI18n } from "#i18n/context.tsx";
import { moneyText } from "#i18n/money.ts";
import { Text } from "#i18n/text.tsx";
import { figureText } from "#ui/figure-text.ts";
import { BudgetFacts } from "./budget-facts.tsx";
import type { Line, Lines } from "./budget-lines.ts";
import css from "./budget.module.css";

/** What a line is counted for, as exactly as its source gives it. */
export function countedText(line: Line, i18n: I18n): string {
  const { cents, thing } = line;
  if (cents === null) {
    return i18n.t.ui.notStated;
  }
  const set = thing !== null && "stated" in thing && thing.basis === "stated" ? thing.stated : [];
  const budget = set.find(({ key }) => key === "budget");
  return budget === undefined ? moneyText(cents, i18n) : figureText(budget.headline, i18n);
}

/** How a line is called. */
export function LineName({ line }: { line: Line }): ReactNode {
  const { t } = useI18n();
  if (line.kind === "rest") {
    return t.budget.notBrokenDown;
  }
  if (line.kind === "wave") {
    return line.thing.name === null ? (
      t.budget.wave(line.thing.rank)
    ) : (
      <Text of={line.thing.name} />
    );
  }
  return <Text of={line.thing.name} />;
}

/**
 * The money drawn: each line a bar of its length, which begins where the one before ends, under what it is a part of.
 * A line opens on its sources. What no source breaks down is hatched, what none places is only outlined.
 */
export function BudgetPicture({ lines }: { lines: Lines }) {
  const words = useI18n().t.budget;
  return (
    <div className="stack">
      <DrawnLines lines={lines.main} scale={lines.scale} />
      {lines.inferred.length > 0 && (
        <>
          <h3>{words.inferred}</h3>
          <p className="soft small">{words.inferredWhy}</p>
          <DrawnLines lines={lines.inferred} scale={lines.scale} />
        </>
      )}
      {lines.loose.length > 0 && (
        <>
          <h3>{words.otherCalls}</h3>
          <DrawnLines lines={lines.loose} scale={lines.scale} />
        </>
      )}
    </div>
  );
}

function DrawnLines({ lines, scale }: { lines: readonly Line[]; scale: number }) {
  const i18n = useI18n();
  return (
    <ul className={css.lines}>
      {lines
        .filter(({ kind }) => kind !== "wave")
        .map((line) => (
          <li key={line.id} id={line.id} data-depth={line.depth}>
            <details className={css.line}>
              <summary>
                <span className={css.name}>
                  <LineName line={line} />
                </span>
                <span className="num">{countedText(line, i18n)}</span>
                <Bar line={line} scale={scale} />
              </summary>
              <div className={css.opened}>
                <Opened line={line} />
              </div>
            </details>
          </li>
        ))}
    </ul>
  );
}

function Bar({ line, scale }: { line: Line; scale: number }) {
  const { from, cents, kind, standing } = line;
  const used = cents === null ? 0 : usedOf(line) / cents;
  const percent = (part: number) => `${scale === 0 ? 0 : (100 * part) / scale}%`;
  return (
    <span className={css.track}>
      {cents !== null && (
        <span
          className={css.bar}
          style={{ insetInlineStart: percent(from), inlineSize: percent(cents) }}
          data-kind={kind}
          data-standing={standing}
        >
          {used > 0 && (
            <span className={css.used} style={{ inlineSize: `${Math.min(100, 100 * used)}%` }} />
          )}
        </span>
      )}
    </span>
  );
}

/** What is committed of a line, or awarded where that is more. */
function usedOf({ thing }: Line): number {
  return Math.max(thing?.committed?.cents ?? 0, thing?.awarded?.cents ?? 0);
}

function Opened({ line }: { line: Line }) {
  const { t } = useI18n();
  switch (line.kind) {
    case "rest":
      return <p>{t.budget.notBrokenDownWhy}</p>;
    case "call":
      return (
        <>
          {line.standing === "aside" && line.depth > 0 && <p>{t.budget.aside}</p>}
          <BudgetFacts node={line.thing} call={line.thing} />
        </>
      );
    case "programme":
    case "envelope":
      return <BudgetFacts node={line.thing} />;
    case "wave":
      return null;
  }
}
