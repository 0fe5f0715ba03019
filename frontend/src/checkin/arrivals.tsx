import { useQueryClient } from "@tanstack/react-query";
import { $api } from "#api/client.ts";
import { asProblem } from "#api/problem.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { timeText } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";
import { useProblemWords } from "#ui/problem-words.ts";
import css from "./checkin.module.css";
import { useWords } from "./words.ts";

type Stop = Schema<"DoorStop">;
type Told = Schema<"Arrivals">;

const ARRIVALS = "/api/v1/manage/stops/{slug}/arrivals";
const RELEASE = "/api/v1/manage/stops/{slug}/sessions/{session_slug}/door-release";
const EVERY = 5_000;

/** Who came, on every device, followed live; and the chairs of those who did not. */
export function ArrivalsPart({ stop, pending }: { stop: Stop; pending: number }) {
  const words = useWords().arrivals;
  const { data, error } = $api.useQuery(
    "get",
    ARRIVALS,
    { params: { path: { slug: stop.slug } } },
    { networkMode: "always", retry: false, refetchInterval: EVERY },
  );
  return (
    <section className="stack">
      <h2>{words.title}</h2>
      {error !== null && <p className="soft">{words.away}</p>}
      {data !== undefined && (
        <>
          <p className="loud num">{data.people === 0 ? words.none : words.people(data.people)}</p>
          <Sessions told={data} stop={stop} pending={pending} />
          <Flow told={data} stop={stop} />
          <Doubles told={data} stop={stop} />
        </>
      )}
    </section>
  );
}

function Sessions({ told, stop, pending }: { told: Told; stop: Stop; pending: number }) {
  const i18n = useI18n();
  const words = useWords().arrivals;
  const expected = told.sessions.filter(
    (each) => each.expected + each.online_expected + each.waiting_at_door > 0,
  );
  return (
    <ul className={`plain ${css.sessions}`}>
      {expected.map((each) => (
        <li key={each.session} className="stack">
          <p>
            <span className="num soft">{timeText(each.starts_at, stop.zone, i18n)}</span>{" "}
            <b>
              <Text of={each.title} />
            </b>
          </p>
          <p className={`row small num ${css.counts}`}>
            <b>{words.arrived(each.arrived, each.expected)}</b>
            {each.online_expected > 0 && (
              <span>{words.online(each.online_arrived, each.online_expected)}</span>
            )}
            {each.waiting_at_door > 0 && <b>{words.waiting(each.waiting_at_door)}</b>}
          </p>
          {each.releasable && <Release stop={stop} session={each.session} pending={pending} />}
        </li>
      ))}
    </ul>
  );
}

/** What this device has not sent would cost somebody their chair: it is sent first. */
function Release({ stop, session, pending }: { stop: Stop; session: string; pending: number }) {
  const words = useWords().release;
  const queryClient = useQueryClient();
  const release = $api.useMutation("post", RELEASE, {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["get", ARRIVALS] }),
  });
  const { data, error } = release;
  return (
    <div className="stack">
      <div className="row">
        <Button
          look="secondary"
          busy={release.isPending || pending > 0}
          onClick={() =>
            release.mutate({ params: { path: { slug: stop.slug, session_slug: session } } })
          }
        >
          {words.act}
        </Button>
        {pending > 0 && <span className="small soft">{words.hold}</span>}
      </div>
      {error !== null && <Refused error={error} />}
      {data !== undefined && (
        <Notice tone="good" live>
          {data.given.length > 0 ? words.given(data.given.join(", ")) : words.none}{" "}
          {data.left > 0 && words.left(data.left)}
        </Notice>
      )}
    </div>
  );
}

function Refused({ error }: { error: unknown }) {
  const { title, detail } = useProblemWords(asProblem(error));
  return (
    <Notice tone="alarm" title={title} live>
      {detail}
    </Notice>
  );
}

function Flow({ told: { flow }, stop }: { told: Told; stop: Stop }) {
  const i18n = useI18n();
  const words = useWords().arrivals;
  const most = Math.max(...flow.map(({ count }) => count), 1);
  if (flow.length === 0) {
    return null;
  }
  return (
    <table className={css.flow}>
      <caption>{words.flow}</caption>
      <tbody>
        {flow.map(({ at, count }) => (
          <tr key={at}>
            <th scope="row" className="num">
              {timeText(at, stop.zone, i18n)}
            </th>
            <td>
              <meter min={0} max={most} value={count} aria-label={String(count)} />
            </td>
            <td className="num">{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Doubles({ told: { doubles }, stop }: { told: Told; stop: Stop }) {
  const i18n = useI18n();
  const words = useWords().arrivals;
  if (doubles.length === 0) {
    return null;
  }
  const said = ({ at, device }: Schema<"EntryAtDoor">) =>
    words.at(timeText(at, stop.zone, i18n), device);
  return (
    <div className="stack">
      <h3>{words.doubles}</h3>
      <ul className={css.doubles}>
        {doubles.map(({ name, first, again }) => (
          <li key={`${name} ${again.at}`}>
            {words.double(name ?? words.somebody, said(first), said(again))}
          </li>
        ))}
      </ul>
    </div>
  );
}
