import { Link } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { type I18n, useI18n } from "#i18n/context.tsx";
import { dayText } from "#i18n/dates.ts";
import { figureText } from "#ui/figure-text.ts";
import { Section } from "#ui/page.tsx";
import { WideTable } from "#ui/table.tsx";
import { AwardList } from "./award-list.tsx";
import { AwardSums } from "./award-sums.tsx";
import css from "./call-past.module.css";
import { rivalsOf } from "./rival-dates.tsx";
import { SourceRef } from "./sources.tsx";
import { WaveName } from "./wave-name.tsx";

type Call = Schema<"CallRead">;
type Wave = Schema<"CallWave">;

const FEW = 5;
const DAY = 86_400_000;
const KEYS = ["applications", "laureates", "requested", "awarded"] as const;

/** What became of the waves of a call: what sources count, how long the answer took, and who was selected. */
export function CallPast({ call }: { call: Call }) {
  return (
    <>
      <PastWaves call={call} />
      <CallLaureates slug={call.slug} />
    </>
  );
}

function PastWaves({ call }: { call: Call }) {
  const { t } = useI18n();
  const words = t.awards.waves;
  const past = call.waves.filter(
    ({ figures, answered_in_days: days }) => figures.length > 0 || days !== null,
  );
  const told = KEYS.filter((key) =>
    past.some(({ figures }) => figures.some((set) => set.key === key)),
  );
  return (
    past.length > 0 && (
      <Section title={words.title}>
        <p className="soft small">{words.hint}</p>
        <WideTable label={words.title} look={css.table}>
          <thead>
            <tr>
              <th scope="col">{words.wave}</th>
              {told.map((key) => (
                <th key={key} scope="col">
                  {words[key]}
                </th>
              ))}
              <th scope="col">{words.answer}</th>
            </tr>
          </thead>
          <tbody>
            {past.map((wave) => (
              <tr key={wave.rank}>
                <th scope="row">
                  <WaveName wave={wave} />
                </th>
                {told.map((key) => (
                  <td key={key}>
                    <Counted set={wave.figures.find((set) => set.key === key)} />
                    {key === "laureates" && <Selected wave={wave} />}
                  </td>
                ))}
                <td>
                  <Answer call={call} wave={wave} />
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      </Section>
    )
  );
}

/** Every value that sources state, each with the number of its source; the one retained first. */
function Counted({ set }: { set: Schema<"FigureSet"> | undefined }) {
  const i18n = useI18n();
  if (set === undefined) {
    return <span className="soft">{i18n.t.ui.notStated}</span>;
  }
  return [set.headline, ...set.others].map((figure, at) => (
    // oxlint-disable-next-line react/no-array-index-key -- two sources may state the same value
    <span key={at} className={at === 0 ? css.headline : "soft"}>
      {at > 0 && " · "}
      {figureText(figure, i18n)} <SourceRef slug={figure.source.slug} />
    </span>
  ));
}

function Selected({ wave: { selection } }: { wave: Wave }) {
  const { t } = useI18n();
  if (selection === null) {
    return null;
  }
  const { percent, selected, received, contested } = selection;
  const said = t.awards.waves.selected(percent, selected.value ?? 0, received.value ?? 0);
  return (
    <span className={css.note}>{contested ? `${said}, ${t.awards.waves.contested}` : said}</span>
  );
}

/** How long one waited, and how long by the closings that other sources state. */
function Answer({ call, wave }: { call: Call; wave: Wave }) {
  const i18n = useI18n();
  const words = i18n.t.awards.waves;
  const { answered_in_days: days, closes, results } = wave;
  if (days === null || closes === null || results === null) {
    return <span className="soft">{i18n.t.ui.notStated}</span>;
  }
  return (
    <>
      <span className={css.headline}>{words.days(days)}</span>
      <span className={css.note}>{spanText(closes.on, results.on, i18n)}</span>
      {rivalsOf(call, wave.rank)
        .filter(([on]) => on !== closes.on)
        .map(([on]) => (
          <span key={on} className={css.note}>
            {words.since(
              words.days((Date.parse(results.on) - Date.parse(on)) / DAY),
              dayText(on, i18n),
            )}
          </span>
        ))}
    </>
  );
}

function spanText(from: string, to: string, i18n: I18n): string {
  return `${dayText(from, i18n)} → ${dayText(to, i18n)}`;
}

/** The first few laureates of a call, where it has any. */
function CallLaureates({ slug }: { slug: string }) {
  const { t } = useI18n();
  const { data } = $api.useQuery("get", "/api/v1/awards", {
    params: { query: { call: [slug], limit: FEW } },
  });
  return (
    data !== undefined &&
    data.total > 0 && (
      <Section title={t.awards.ofCall.title}>
        <p>
          <AwardSums sums={data.sums} />
        </p>
        <AwardList awards={data.items} as="h3" ofOneCall />
        <p>
          <Link to="/laureats" search={{ call: [slug] }}>
            {t.awards.ofCall.all(data.total)}
          </Link>
        </p>
      </Section>
    )
  );
}
