import { useId } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { moneyText } from "#i18n/money.ts";
import { CsvButton } from "#ui/csv-button.tsx";
import { csvText } from "#ui/csv.ts";
import { FranceMap, REGIONS, Swatch } from "#ui/france-map.tsx";
import { Money } from "#ui/money.tsx";
import { legendOf, levelsOf, type Measure } from "./award-levels.ts";
import css from "./award-map.module.css";

type Facet = Schema<"AwardFacet">;

/** Awards by region: a map, its legend, and a table that says the same. Choosing a region, in either, filters. */
export function AwardMap({
  regions,
  measure,
  chosen,
  onMeasure,
  onChoose,
}: {
  regions: readonly Facet[];
  measure: Measure;
  chosen: readonly string[];
  onMeasure: (measure: Measure) => void;
  onChoose: (region: string) => void;
}) {
  const i18n = useI18n();
  const { t } = i18n;
  const words = t.awards.map;
  const levels = levelsOf(regions, measure);
  const told = new Map(
    regions.flatMap((facet) =>
      facet.value === null
        ? []
        : [[facet.value, { label: said(facet), level: levels.get(facet.value) ?? 0 }] as const],
    ),
  );
  function said({ count, amount_cents: cents, not_stated: untold }: Facet): string {
    const amount = untold < count ? [moneyText(cents, i18n)] : [];
    return [t.awards.count(count), ...amount].join(", ");
  }
  function figure(value: number): string {
    return measure === "count"
      ? new Intl.NumberFormat(i18n.locale).format(value)
      : moneyText(value, i18n);
  }
  return (
    <div className={css.frame}>
      <FranceMap
        label={words.label}
        hint={words.hint}
        told={told}
        pressed={chosen}
        onPress={onChoose}
      />
      <div className="stack">
        <MeasureChoice measure={measure} onMeasure={onMeasure} />
        <div>
          <p className="soft small">{words.legend}</p>
          <ul className={css.legend}>
            {legendOf(regions, measure).map(({ level, least, most }) => (
              <li key={level}>
                <Swatch level={level} />
                {least === most ? figure(least) : `${figure(least)} – ${figure(most)}`}
              </li>
            ))}
            {levels.size < told.size && (
              <li>
                <Swatch level={0} />
                {t.awards.amountNotStated}
              </li>
            )}
            {told.size < REGIONS.length && (
              <li>
                <Swatch />
                {words.none}
              </li>
            )}
          </ul>
        </div>
        <details className={css.fold}>
          <summary>{words.table}</summary>
          <RegionTable regions={regions} chosen={chosen} onChoose={onChoose} />
          <p>
            <CsvButton file={`${words.file}.csv`} table={() => csvOf(regions)}>
              {words.csv}
            </CsvButton>
          </p>
        </details>
      </div>
    </div>
  );
}

/** The table as a file: regions by their INSEE code and name, amounts in cents. */
function csvOf(regions: readonly Facet[]): string {
  return csvText([
    ["region", "name", "count", "amount_cents", "not_stated"],
    ...regions.map(({ value, count, amount_cents: cents, not_stated: untold }) => [
      value,
      REGIONS.find(({ code }) => code === value)?.name ?? null,
      count,
      untold < count ? cents : null,
      untold,
    ]),
  ]);
}

function MeasureChoice({
  measure,
  onMeasure,
}: {
  measure: Measure;
  onMeasure: (measure: Measure) => void;
}) {
  const { t } = useI18n();
  const words = t.awards.map;
  const name = useId();
  return (
    <fieldset className={css.measure}>
      <legend className="soft small">{words.by}</legend>
      {(["count", "amount_cents"] as const).map((each) => (
        <label key={each}>
          <input
            type="radio"
            name={name}
            checked={measure === each}
            onChange={() => onMeasure(each)}
          />{" "}
          {each === "count" ? words.count : words.amount}
        </label>
      ))}
    </fieldset>
  );
}

function RegionTable({
  regions,
  chosen,
  onChoose,
}: {
  regions: readonly Facet[];
  chosen: readonly string[];
  onChoose: (region: string) => void;
}) {
  const { t } = useI18n();
  const words = t.awards.map;
  const sum = (measure: "count" | "amount_cents" | "not_stated") =>
    regions.reduce((total, { [measure]: figure }) => total + figure, 0);
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">{words.region}</th>
          <th scope="col">{words.awards}</th>
          <th scope="col">{words.money}</th>
          <th scope="col">{words.untold}</th>
        </tr>
      </thead>
      <tbody>
        {regions.map(({ value, count, amount_cents: cents, not_stated: untold }) => (
          <tr key={value}>
            <th scope="row">
              {value === null ? (
                words.elsewhere
              ) : (
                <button
                  type="button"
                  aria-pressed={chosen.includes(value)}
                  onClick={() => onChoose(value)}
                >
                  {REGIONS.find(({ code }) => code === value)?.name}
                </button>
              )}
            </th>
            <td>{count}</td>
            <td>{untold < count ? <Money cents={cents} /> : t.ui.notStated}</td>
            <td>{untold}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{words.total}</th>
          <td>{sum("count")}</td>
          <td>
            <Money cents={sum("amount_cents")} />
          </td>
          <td>{sum("not_stated")}</td>
        </tr>
      </tfoot>
    </table>
  );
}
