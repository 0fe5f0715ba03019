import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Card } from "#ui/card.tsx";
import { type Fact, Facts } from "#ui/facts.tsx";
import { When } from "#ui/moment.tsx";
import { Section } from "#ui/page.tsx";
import { CallRoute } from "./call-route.tsx";
import css from "./call-page.module.css";
import { RivalDates, rivalsOf } from "./rival-dates.tsx";
import { SourceRef } from "./sources.tsx";
import { WaveName } from "./wave-name.tsx";
import { dayOf } from "./waves.ts";

type Wave = Schema<"WaveRead">;

/** The road of a call beside its page, on a laptop. */
export function WavesCard({ call }: { call: Schema<"CallRead"> }) {
  const { t } = useI18n();
  const words = t.call.route;
  return (
    call.waves.length > 0 && (
      <Card as="section">
        <h2>{call.waves.length > 1 ? words.title : words.titleOne}</h2>
        <CallRoute call={call} />
      </Card>
    )
  );
}

/** The road of the call where no rail has it, and every date of every wave beneath it. */
export function CallWaves({ call }: { call: Schema<"CallRead"> }) {
  const { t } = useI18n();
  const words = t.call.route;
  return (
    call.waves.length > 0 && (
      <Section title={call.waves.length > 1 ? words.title : words.titleOne}>
        <div className="phone-only">
          <CallRoute call={call} />
        </div>
        <details className={`${css.more} unfolded`}>
          <summary>{words.detail}</summary>
          <div className="stack">
            {call.waves.map((wave) => (
              <WaveDetail key={wave.rank} call={call} wave={wave} />
            ))}
          </div>
        </details>
      </Section>
    )
  );
}

function WaveDetail({ call, wave }: { call: Schema<"CallRead">; wave: Wave }) {
  const { t } = useI18n();
  const words = t.call.route;
  const { opens, closes, results, grace_minutes: grace, rolling, note, source } = wave;
  const rivals = rivalsOf(call, wave.rank);
  const facts: Fact[] = [
    { term: words.opens, value: opens === null ? t.ui.notStated : <When moment={opens} /> },
    {
      term: words.closes,
      value: closes !== null ? <When moment={closes} /> : rolling ? words.noEnd : t.ui.notStated,
    },
    ...(rivals.length > 0 ? [{ term: words.rivals, value: <RivalDates rivals={rivals} /> }] : []),
    ...(grace > 0 ? [{ term: words.grace, value: words.minutes(grace) }] : []),
    ...(results === null ? [] : [{ term: words.results, value: <When moment={dayOf(results)} /> }]),
    ...(note === null ? [] : [{ term: words.note, value: <Text of={note} /> }]),
    ...(source === null ? [] : [{ term: words.source, value: <SourceRef slug={source.slug} /> }]),
  ];
  return (
    <section>
      <h3>
        <WaveName wave={wave} /> <span className="soft">· {t.codes.waveState[wave.state]}</span>
      </h3>
      <Facts look="list" facts={facts} />
    </section>
  );
}
