import { type FormEvent, useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import { timeText } from "#i18n/dates.ts";
import { Text, useText } from "#i18n/text.tsx";
import { AnchorButton, Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";
import { Pill } from "#ui/pill.tsx";
import { basepathOf } from "#i18n/locale.ts";
import { ArrivalsPart } from "./arrivals.tsx";
import { Camera } from "./camera.tsx";
import css from "./checkin.module.css";
import { DoorPass } from "./door-pass.tsx";
import { Frame } from "./frame.tsx";
import { People } from "./people.tsx";
import { Result } from "./result.tsx";
import { ticketIn } from "./ticket.ts";
import { type DoorState, useDoor } from "./use-door.ts";
import { useWords } from "./words.ts";

const REFUSED = new Set([401, 403]);

/** The door of a stop: tickets are read, with or without a network, and people welcomed. */
export function DoorPage({ stop }: { stop: string }) {
  const words = useWords();
  const textOf = useText();
  const state = useDoor(stop);
  const { list } = state;
  if (list === null) {
    return <NotReady state={state} />;
  }
  return (
    <Frame title={words.tab(textOf(list.stop.name))} fictitious={list.stop.fictitious}>
      <header className={css.head}>
        <h1>
          <Text of={list.stop.name} />
        </h1>
        <State state={state} />
      </header>
      {REFUSED.has(state.problem?.status ?? 0) && <Refused />}
      <Result shown={state.shown} stop={list.stop} />
      <Reading stop={stop} state={state} />
      <Settings state={state} />
      <ArrivalsPart stop={list.stop} pending={state.pending} />
      <DoorPass stop={list.stop} />
    </Frame>
  );
}

function NotReady({ state }: { state: DoorState }) {
  const words = useWords();
  const status = state.problem?.status;
  const told = status === 404 ? words.unknownStop : words.away;
  return (
    <Frame title={words.name}>
      {state.isLoading ? (
        <>
          <h1>{words.name}</h1>
          <p className="soft">{words.loading}</p>
        </>
      ) : REFUSED.has(status ?? 0) ? (
        <>
          <h1>{words.refused.title}</h1>
          <Refused />
        </>
      ) : (
        <>
          <h1>{told.title}</h1>
          <p>{told.detail}</p>
          <Button onClick={() => void state.retry()}>{words.retry}</Button>
        </>
      )}
    </Frame>
  );
}

function Refused() {
  const { locale } = useI18n();
  const words = useWords().refused;
  const base = basepathOf(locale);
  return (
    <Notice tone="point" live>
      <p>{words.detail}</p>
      <p>
        <AnchorButton href={`${base === "/" ? "" : base}/gestion/connexion`} look="secondary">
          {words.signIn}
        </AnchorButton>
      </p>
    </Notice>
  );
}

/** Whether there is a network, how old the list is, and what waits to be sent. */
function State({ state: { isAway, pending, list } }: { state: DoorState }) {
  const i18n = useI18n();
  const words = useWords();
  return (
    <p className={`row small ${css.state}`} role="status">
      <Pill tone={isAway ? "soon" : "open"}>{isAway ? words.offline : words.online}</Pill>
      <span className="num">{pending > 0 ? <b>{words.pending(pending)}</b> : words.allSent}</span>
      {list !== null && (
        <span className="soft num">
          {words.listed(timeText(list.made_at, list.stop.zone, i18n))}
        </span>
      )}
    </p>
  );
}

/** One box: a ticket that a hand scanner types is checked in, anything else is a name. */
function Reading({ stop, state }: { stop: string; state: DoorState }) {
  const words = useWords();
  const [typed, setTyped] = useState("");
  const [name, setName] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    const asked = typed.trim();
    if (asked === "") {
      return;
    }
    const isTicket = ticketIn(asked) !== null;
    setName(isTicket ? "" : asked);
    if (isTicket) {
      setTyped("");
      void state.read(asked);
    }
  }

  return (
    <section className="stack">
      <Camera onCode={(code) => void state.read(code)} />
      <form onSubmit={submit} className={css.reading}>
        <label htmlFor="code">{words.code}</label>
        <p id="code-hint" className="small soft">
          {words.codeHint}
        </p>
        <div className={css.typed}>
          <input
            id="code"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            aria-describedby="code-hint"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="go"
          />
          <Button type="submit">{words.check}</Button>
        </div>
      </form>
      {name !== "" && (
        <People
          stop={stop}
          name={name}
          onPick={(person) => {
            setName("");
            setTyped("");
            void state.admit(person);
          }}
        />
      )}
    </section>
  );
}

function Settings({ state: { list, door, device, setDoor, rename } }: { state: DoorState }) {
  const i18n = useI18n();
  const textOf = useText();
  const words = useWords();
  if (list === null || device === null) {
    return null;
  }
  const { sessions, zone } = list.stop;
  return (
    <div className={`columns ${css.settings}`}>
      <div className="stack">
        <label htmlFor="door">{words.door}</label>
        <select
          id="door"
          value={door ?? ""}
          onChange={({ target: { value } }) => setDoor(value === "" ? null : value)}
        >
          <option value="">{words.doorOfStop}</option>
          {sessions.map(({ session, title, starts_at: start }) => (
            <option key={session} value={session}>
              {timeText(start, zone, i18n)} {textOf(title)}
            </option>
          ))}
        </select>
      </div>
      <div className="stack">
        <label htmlFor="device">{words.device}</label>
        <input
          id="device"
          value={device.name}
          maxLength={100}
          onChange={({ target }) => rename(target.value)}
          aria-describedby="device-hint"
        />
        <p id="device-hint" className="small soft">
          {words.deviceHint}
        </p>
      </div>
    </div>
  );
}
