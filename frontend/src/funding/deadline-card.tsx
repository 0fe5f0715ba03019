import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Schema } from "#api/schemas.ts";
import { type I18n, useI18n } from "#i18n/context.tsx";
import { momentText, timeText, zoneText } from "#i18n/dates.ts";
import { Text, useText } from "#i18n/text.tsx";
import { Card } from "#ui/card.tsx";
import { Facts } from "#ui/facts.tsx";
import { Relative, When } from "#ui/moment.tsx";
import { TONES } from "./call-pill.tsx";
import { countdownText } from "./countdown.ts";
import { dayOf, lastClosed, waveOfDeadline } from "./waves.ts";

type Call = Schema<"CallRead">;
type Moment = Schema<"Moment">;

const HOME = "Europe/Paris";
const OVERSEAS = [
  "Indian/Reunion",
  "Indian/Mayotte",
  "America/Guadeloupe",
  "America/Martinique",
  "America/Cayenne",
];

/** The zone of an hour; and what a clock in Paris says then, where the place has another. */
function clockText({ at, zone }: Moment, i18n: I18n): string | null {
  if (at === null) {
    return null;
  }
  const home = timeText(at, HOME, i18n);
  return timeText(at, zone, i18n) === home
    ? zoneText(zone, i18n)
    : `${zoneText(zone, i18n)} · ${i18n.t.call.when.sameAs(home, zoneText(HOME, i18n))}`;
}

/** A date that one must not miss, as large as it deserves. */
function Loud({ label, moment }: { label: ReactNode; moment: Moment | Schema<"Day"> }) {
  const i18n = useI18n();
  const clock = "at" in moment ? clockText(moment, i18n) : null;
  const left = "at" in moment && moment.at !== null ? countdownText(moment.at, i18n) : null;
  return (
    <>
      <p className="small">{label}</p>
      <p className="loud">
        <When moment={moment} length="long" zone={false} />
      </p>
      <p className="small">
        {clock}
        {clock !== null && " · "}
        <b>{left === null ? <Relative moment={moment} /> : i18n.t.call.when.left(left)}</b>
      </p>
      {"at" in moment && moment.at !== null && <Elsewhere moment={moment} />}
    </>
  );
}

/** What clocks overseas say at an instant: who applies from there reads theirs. */
function Elsewhere({ moment }: { moment: Moment }) {
  const i18n = useI18n();
  const zones = [HOME, ...OVERSEAS].filter((zone) => zone !== moment.zone);
  return (
    <details className="small screen-only">
      <summary>{i18n.t.call.when.elsewhere}</summary>
      <Facts
        look="list"
        facts={zones.map((zone) => ({
          term: zoneText(zone, i18n),
          value: momentText({ ...moment, zone }, i18n),
        }))}
      />
    </details>
  );
}

/** When it matters: the closing of what is open, the opening of what is to come, since when the rest is over. */
export function DeadlineCard({ call }: { call: Call }) {
  return (
    <Card as="section" tone={TONES[call.state]}>
      <Words call={call} />
      <ToTake call={call} />
    </Card>
  );
}

/** What one takes away: the date, for one's own calendar, and the whole on one sheet of paper; lower down on a phone. */
function ToTake({ call: { slug, deadline } }: { call: Call }) {
  const { t, locale } = useI18n();
  const query = locale === "en" ? "?lang=en" : "";
  return (
    <p className="row small laptop-only screen-only">
      {deadline !== null && (
        <a href={`/calendars/calls/${slug}.ics${query}`} download>
          {t.deadlines.subscribe.add}
        </a>
      )}
      <a href={`/sheets/calls/${slug}.pdf${query}`}>{t.call.sheet}</a>
    </p>
  );
}

function Words({ call }: { call: Call }) {
  switch (call.state) {
    case "open":
    case "closing":
      return <Closing call={call} />;
    case "announced":
    case "between_waves":
      return <Opening call={call} />;
    case "suspended":
    case "exhausted":
      return <Halted call={call} />;
    case "closed":
    case "under_review":
    case "not_stated":
      return <Over call={call} />;
  }
}

/** On a phone, what comes after the closing waits among the dates of the waves. */
function Closing({ call }: { call: Call }) {
  const { t } = useI18n();
  const text = useText();
  const { when } = t.call;
  if (call.deadline === null) {
    const isRolling = call.waves.some(({ rolling, state }) => rolling && state === "open");
    return (
      <>
        <p className="loud">{isRolling ? when.rolling : when.closesNot}</p>
        {isRolling && <p className="small">{when.rollingDetail}</p>}
      </>
    );
  }
  const wave = waveOfDeadline(call);
  const isNamed = call.waves.length > 1 && wave !== null;
  const name = wave?.name ? text(wave.name) : t.call.route.wave(wave?.rank ?? 1);
  return (
    <>
      <Loud label={isNamed ? when.closesIn(name) : when.closes} moment={call.deadline} />
      {call.deadline.at === null && <p className="small">{when.wholeDay}</p>}
      {wave !== null && wave.grace_minutes > 0 && (
        <p className="small laptop-only">{when.grace(wave.grace_minutes)}</p>
      )}
      <Results moment={wave?.results ?? null} />
    </>
  );
}

function Opening({ call }: { call: Call }) {
  const { t } = useI18n();
  const { when } = t.call;
  return (
    <>
      {call.next_opening === null ? (
        <p className="loud">{when.opensNot}</p>
      ) : (
        <Loud label={when.opens} moment={call.next_opening} />
      )}
      {call.deadline !== null && (
        <p className="small">
          {when.thenCloses} <When moment={call.deadline} />
        </p>
      )}
    </>
  );
}

function Halted({ call }: { call: Call }) {
  const { t } = useI18n();
  return (
    <>
      <p className="loud">{t.codes.callState[call.state]}</p>
      {call.halt !== null && (
        <>
          <p className="small">
            {t.call.halted} <When moment={call.halt.since} length="long" />
          </p>
          <p className="small">
            <Text of={call.halt.reason} />
          </p>
        </>
      )}
    </>
  );
}

function Over({ call }: { call: Call }) {
  const { t } = useI18n();
  const { when } = t.call;
  const { closes = null, results = null } = lastClosed(call.waves) ?? {};
  if (closes === null) {
    const isUnknown = call.state === "not_stated";
    const seen = call.observations.at(-1);
    return (
      <>
        <p className="loud">{t.codes.callState[call.state]}</p>
        <p className="small">{isUnknown ? when.unknown : when.closedNot}</p>
        {seen !== undefined && (
          <p className="small">
            {when.lastSeen(t.codes.callState[seen.state].toLowerCase())}{" "}
            <When moment={seen.observed} />
          </p>
        )}
        <OpenNow call={call} />
      </>
    );
  }
  return (
    <>
      <Loud label={when.closedOn} moment={dayOf(closes)} />
      <Results moment={results} />
      <OpenNow call={call} />
    </>
  );
}

/** Whoever comes too late is shown what they may still answer. */
function OpenNow({ call: { themes } }: { call: Call }) {
  const { when } = useI18n().t.call;
  return (
    <p className="small">
      <Link to="/appels" search={{ status: ["open", "announced", "between_waves"], theme: themes }}>
        {themes.length > 0 ? when.openThemes : when.openNow}
      </Link>
    </p>
  );
}

function Results({ moment }: { moment: Moment | null }) {
  const { t } = useI18n();
  return (
    moment !== null && (
      <p className="small laptop-only">
        {t.call.when.results} <When moment={dayOf(moment)} />
      </p>
    )
  );
}
