import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { pathIn } from "#i18n/locale.ts";
import { Pill } from "#ui/pill.tsx";
import { At } from "./at.tsx";
import { PAGING } from "#api/paging.ts";
import { Listed } from "./listed.tsx";
import { ME } from "./me.ts";
import { Row, Rows } from "./row.tsx";

type Summary = Schema<"ManagedSummary">;

const QUERY = { params: { query: { limit: 50 } } };

/** The calls that one may edit. */
export function Calls() {
  const { t } = useI18n();
  const { calls, noCalls } = t.team.home;
  const list = $api.useInfiniteQuery("get", "/api/v1/manage/calls", QUERY, PAGING);
  return (
    <Listed list={list} empty={<p className="soft">{noCalls}</p>}>
      {(items) => (
        <Rows label={calls}>
          {items.map((each) => (
            <Content
              key={each.slug}
              summary={each}
              link={
                <Link to="/appels/$slug" params={each}>
                  {titleOf(each)}
                </Link>
              }
            />
          ))}
        </Rows>
      )}
    </Listed>
  );
}

/** The stops that one may edit. */
export function Stops() {
  const { t } = useI18n();
  const { stops, noStops } = t.team.home;
  const list = $api.useInfiniteQuery("get", "/api/v1/manage/stops", QUERY, PAGING);
  return (
    <Listed list={list} empty={<p className="soft">{noStops}</p>}>
      {(items) => (
        <Rows label={stops}>
          {items.map((each) => (
            <Content
              key={each.slug}
              summary={each}
              link={
                <Link to="/gestion/etapes/$slug" params={each} preload={false}>
                  {titleOf(each)}
                </Link>
              }
              door={<DoorLink stop={each.slug} name={titleOf(each)} />}
            />
          ))}
        </Rows>
      )}
    </Listed>
  );
}

/** The check-in page of a stop: another document, which works without a network. */
export function DoorLink({ stop, name }: { stop: string; name: string }) {
  const { t, locale } = useI18n();
  return (
    <a href={pathIn(locale, `/pointage/${stop}`)}>
      {t.team.home.checkIn}
      <span className="hidden"> {name}</span>
    </a>
  );
}

function titleOf({ title, slug }: Summary): string {
  return title ?? slug;
}

/** One thing in its editors' list. What is published has its page: a call the public's, a stop its organisers'. */
function Content({ summary, link, door }: { summary: Summary; link: ReactNode; door?: ReactNode }) {
  const { t } = useI18n();
  const words = t.team.home;
  const { is_published: isPublished, has_draft: hasDraft, changed_at: at } = summary;
  return (
    <Row
      title={isPublished ? link : titleOf(summary)}
      detail={
        <>
          <code>{summary.slug}</code> · {words.changed.toLowerCase()} <At at={at} />{" "}
          <By actor={summary.changed_by} />
        </>
      }
    >
      {isPublished && door}
      {isPublished && <Pill tone="open">{words.published}</Pill>}
      {hasDraft && <Pill tone="coming">{isPublished ? words.pending : words.draft}</Pill>}
      {!isPublished && !hasDraft && <Pill tone="closed">{words.withdrawn}</Pill>}
    </Row>
  );
}

/** Who changed it last; other members are named in the journal, for those who may read it. */
function By({ actor }: { actor: string }) {
  const { t } = useI18n();
  const words = t.team.home;
  const { data: me } = $api.useSuspenseQuery("get", ME);
  switch (actor) {
    case `member:${me.member?.id}`:
      return words.byMe;
    case "demo":
      return words.byDemo;
    case "console":
      return words.byConsole;
    default:
      return words.byOther;
  }
}
