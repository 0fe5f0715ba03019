import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { moneyText } from "#i18n/money.ts";
import { useText } from "#i18n/text.tsx";
import { CsvButton } from "#ui/csv-button.tsx";
import { Claims, labelOf, Why } from "#ui/figures.tsx";
import { WideTable } from "#ui/table.tsx";
import { LeftText, MONEY, MoneyCell } from "./budget-facts.tsx";
import { csvOf, type Line, type Lines } from "./budget-lines.ts";
import { countedText, LineName } from "./budget-picture.tsx";
import css from "./budget.module.css";

/** What the picture draws, in numbers; each opens on its sources. */
export function BudgetTable({ lines, budget }: { lines: Lines; budget: Schema<"Budget"> }) {
  const i18n = useI18n();
  const text = useText();
  const words = i18n.t.budget;
  const all = [...lines.main, ...lines.inferred, ...lines.loose];

  function nameOf(line: Line): string {
    if (line.kind === "rest") {
      return words.notBrokenDown;
    }
    const { thing } = line;
    return thing.name === null ? words.wave("rank" in thing ? thing.rank : 0) : text(thing.name);
  }

  return (
    <>
      <WideTable label={words.table} look={css.table}>
        <thead>
          <tr>
            <th scope="col">{words.thing}</th>
            <th scope="col">{words.stated}</th>
            {MONEY.map((kind) => (
              <th key={kind} scope="col">
                {words.kinds[kind]}
              </th>
            ))}
            <th scope="col">{words.left}</th>
          </tr>
        </thead>
        <tbody>
          {all.map((line) => (
            <tr key={line.id}>
              <th scope="row" data-depth={line.depth}>
                <LineName line={line} />
                {line.standing === "inferred" && (
                  <span className="soft small"> ({words.inferred.toLowerCase()})</span>
                )}
              </th>
              <td>
                <Stated line={line} />
              </td>
              {MONEY.map((kind) => (
                <td key={kind}>
                  {line.thing !== null && <MoneyCell kind={kind} of={line.thing} />}
                </td>
              ))}
              <td>
                {line.kind === "call" && line.thing.left.cents !== null && (
                  <LeftText left={line.thing.left} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <p>
        <CsvButton
          file={words.file(budget.slug, budget.as_of)}
          table={() => csvOf(all, budget.as_of, nameOf)}
        >
          {words.csv}
        </CsvButton>
      </p>
    </>
  );
}

function Stated({ line }: { line: Line }) {
  const i18n = useI18n();
  if (line.kind === "rest") {
    return line.cents !== null && moneyText(line.cents, i18n);
  }
  const set =
    line.kind === "wave" ? undefined : line.thing.stated.find(({ key }) => key === "budget");
  return (
    set !== undefined && (
      <details className={css.cited}>
        <summary className="num">{countedText(line, i18n)}</summary>
        <Why set={set} />
        <Claims set={set} label={labelOf(set, i18n)} />
      </details>
    )
  );
}
