import { type ReactNode, useEffect, useState } from "react";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { isoDay, knownPart } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import { Button } from "#ui/button.tsx";
import { Day, When } from "#ui/moment.tsx";
import { Notice } from "#ui/notice.tsx";
import { Section } from "#ui/page.tsx";
import css from "./call-changes.module.css";
import { SourceRef } from "./sources.tsx";
import { lastVisit, rememberVisit } from "./visits.ts";

type Call = Schema<"CallRead">;

const HOME = "Europe/Paris";
const MOST = 100;
const CHANGES = "changements";

function useChanges({ slug }: Call) {
  return $api.useQuery("get", "/api/v1/calls/{slug}/changes", {
    params: { path: { slug }, query: { limit: MOST } },
  });
}

/** When the page of the call last changed, and the way to what. */
export function LastChange({ call }: { call: Call }) {
  const words = useI18n().t.call.changes;
  const last = useChanges(call).data?.items[0];
  return (
    last !== undefined && (
      <p className="soft small">
        {words.last} <Day on={isoDay(new Date(last.published_at), HOME)} /> ·{" "}
        <a href={`#${CHANGES}`}>{words.see}</a>
      </p>
    )
  );
}

/** What changed in the call: each publication here, then what sources tell of before; and any two days compared. */
export function CallChanges({ call }: { call: Call }) {
  const words = useI18n().t.call.changes;
  const { data } = useChanges(call);
  return (
    <div id={CHANGES} tabIndex={-1}>
      <Section title={words.title}>
        <ol className={css.changes}>
          {data?.items.map(({ version, published_at: at, sentences }) => (
            <Entry key={version} when={<Day on={isoDay(new Date(at), HOME)} />}>
              {sentences.map((sentence) => (
                <p key={sentence.fr}>
                  <Text of={sentence} />
                </p>
              ))}
            </Entry>
          ))}
          <Told amendments={call.amendments} />
        </ol>
        <details className={`${css.compare} small screen-only`}>
          <summary>{words.compare}</summary>
          <Comparison call={call} />
        </details>
      </Section>
    </div>
  );
}

/** What sources tell of a call's past, newest first. */
function Told({ amendments }: Pick<Call, "amendments">) {
  return amendments
    .toSorted((a, b) => b.effective.on.localeCompare(a.effective.on))
    .map(({ effective, sentence, source }) => (
      <Entry key={sentence.fr} when={<When moment={effective} />}>
        <p>
          <Text of={sentence} /> {source !== null && <SourceRef slug={source} />}
        </p>
      </Entry>
    ));
}

function Entry({ when, children }: { when: ReactNode; children: ReactNode }) {
  return (
    <li className={css.change}>
      <span className="soft">{when}</span>
      <div>{children}</div>
    </li>
  );
}

/** Whether a day may lie between two others, as exactly as it is known. */
function isBetween(day: Schema<"Day">, since: string, until: string): boolean {
  const known = knownPart(day);
  return since.slice(0, known.length) <= known && known <= until.slice(0, known.length);
}

function Comparison({ call: { slug, amendments } }: { call: Call }) {
  const { t, now } = useI18n();
  const words = t.call.changes;
  const today = isoDay(now, HOME);
  const [days, setDays] = useState({ since: "", until: today });
  const { data, error } = $api.useQuery(
    "get",
    "/api/v1/calls/{slug}/difference",
    { params: { path: { slug }, query: days } },
    { enabled: days.since !== "" && days.until !== "" },
  );
  const told = amendments.filter(({ effective }) => isBetween(effective, days.since, days.until));
  const day = (name: "since" | "until", label: string) => (
    <label className={css.day}>
      {label}{" "}
      <input
        type="date"
        max={today}
        value={days[name]}
        onChange={(event) => setDays({ ...days, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <div className="stack">
      <p className="row">
        {day("since", words.since)}
        {day("until", words.until)}
      </p>
      <div role="status" className="stack">
        {error !== null ? (
          <p>{words.failed}</p>
        ) : data === undefined ? null : data.sentences.length === 0 ? (
          <p>{words.same}</p>
        ) : (
          <ul className={css.sentences}>
            {data.sentences.map((sentence) => (
              <li key={sentence.fr}>
                <Text of={sentence} />
              </li>
            ))}
          </ul>
        )}
        {data !== undefined && told.length > 0 && (
          <>
            <p>{words.told}</p>
            <ol className={css.changes}>
              <Told amendments={told} />
            </ol>
          </>
        )}
      </div>
    </div>
  );
}

/** That the call changed since this browser last showed it, if it did. */
export function ChangedSince({ call: { slug, version } }: { call: Call }) {
  const { t } = useI18n();
  const words = t.call.changes;
  const [before] = useState(() => lastVisit(slug));
  useEffect(() => rememberVisit(slug, version, new Date()), [slug, version]);
  return (
    before !== null &&
    before.version < version && (
      <Notice tone="point">
        {words.changed} <Day on={isoDay(new Date(before.at), HOME)} />.{" "}
        <Button look="plain" onClick={() => document.getElementById(CHANGES)?.focus()}>
          {words.see}
        </Button>
      </Notice>
    )
  );
}
