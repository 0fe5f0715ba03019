import { Link } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { asProblem } from "#api/problem.ts";
import { PAGING } from "#api/paging.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { useText } from "#i18n/text.tsx";
import { Button } from "#ui/button.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { Notice } from "#ui/notice.tsx";
import { Pill } from "#ui/pill.tsx";
import { At } from "./at.tsx";
import { useAct } from "./grave.tsx";
import { Listed } from "./listed.tsx";
import { Row, Rows } from "./row.tsx";
import css from "./space.module.css";
import { save } from "./saving.ts";

type Stop = Schema<"StopRead">;
type Status = Schema<"SeatStatus">;

/** What the list of people shows; in the address, so that a reload keeps it. */
export type Shown = Status | null;

const SHOWN = ["confirmed", "waiting", "requested", "held"] as const satisfies readonly Status[];

/** Whether a word is a state that the list can be narrowed to. */
export function shownIn(word: unknown): Shown {
  return SHOWN.find((status) => status === word) ?? null;
}

/** Who registered, all or those whose seat is in one state, and the way to take the list away. */
export function StopPeople({ stop, shown }: { stop: Stop; shown: Shown }) {
  const { t } = useI18n();
  const words = t.desk.people;
  const query = { limit: 50, ...(shown !== null && { status: shown }) };
  const list = $api.useInfiniteQuery(
    "get",
    "/api/v1/manage/stops/{slug}/registrations",
    { params: { path: { slug: stop.slug }, query } },
    PAGING,
  );
  return (
    <>
      <nav className={css.nav} aria-label={words.which}>
        {[null, ...SHOWN].map((status) => (
          <Link
            key={status}
            to="/gestion/etapes/$slug"
            params={{ slug: stop.slug }}
            search={status === null ? {} : { statut: status }}
            aria-current={status === shown ? "page" : undefined}
            resetScroll={false}
            preload={false}
          >
            {status === null ? words.all : t.desk.people.those[status]}
          </Link>
        ))}
      </nav>
      <Listed list={list} empty={<p className="soft">{words.none}</p>}>
        {(lines, total) => (
          <>
            <p className="soft">{words.count(total)}</p>
            <Rows label={words.title}>
              {lines.map((line) => (
                <Person key={line.id} stop={stop} line={line} />
              ))}
            </Rows>
          </>
        )}
      </Listed>
      <Export slug={stop.slug} />
    </>
  );
}

function Person({ stop, line }: { stop: Stop; line: Schema<"RegistrationLine"> }) {
  const { t } = useI18n();
  const words = t.desk.people;
  const { name, email, organisation, created_at: at, cancelled_at: ended, seats } = line;
  const { needs_proof, bounce } = line;
  const textOf = useText();
  const titles = new Map(stop.sessions.map(({ slug, title }) => [slug, textOf(title)]));
  return (
    <Row
      title={name}
      detail={
        <>
          {[organisation, email].filter(Boolean).join(" · ")} · {words.since} <At at={at} />
          {seats.length > 0 && (
            <details>
              <summary>{words.seats(seats.length)}</summary>
              <ul>
                {seats.map(({ session, mode, status }) => (
                  <li key={`${session} ${mode}`}>
                    {titles.get(session) ?? session} · {t.codes.mode[mode]} ·{" "}
                    {t.codes.seatStatus[status]}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </>
      }
    >
      {ended !== null && <Pill tone="closed">{words.cancelled}</Pill>}
      {bounce !== null && ended === null && (
        <Pill tone={bounce === "hard" ? "closed" : "soon"}>{words.bounced[bounce]}</Pill>
      )}
      {needs_proof && ended === null && <Pill tone="soon">{words.unproved}</Pill>}
    </Row>
  );
}

/** The list as a file: a grave act, since it leaves the house. */
function Export({ slug }: { slug: string }) {
  const { t } = useI18n();
  const words = t.desk.people;
  const path = "/api/v1/manage/stops/{slug}/registrations.csv";
  const { mutate, isPending, isSuccess, error } = useAct($api.useMutation("get", path), (csv) =>
    save(new Blob([csv], { type: "text/csv" }), `${slug}.csv`),
  );
  return (
    <>
      <Button
        look="secondary"
        busy={isPending}
        onClick={() => mutate({ params: { path: { slug } }, parseAs: "text" })}
      >
        {words.export}
      </Button>
      {isSuccess && (
        <Notice tone="good" live>
          {words.exported}
        </Notice>
      )}
      {error !== null && <FormErrors form="export" problem={asProblem(error)} />}
    </>
  );
}
