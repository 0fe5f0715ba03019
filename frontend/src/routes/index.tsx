import { createFileRoute, Link, useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { $api } from "#api/client.ts";
import { FindBox } from "#find/find-box.tsx";
import { CallLine } from "#funding/call-line.tsx";
import { useI18n } from "#i18n/context.tsx";
import { StopCard } from "#tour/stop-card.tsx";
import { upcoming } from "#tour/upcoming.ts";
import { Card } from "#ui/card.tsx";
import { Hero } from "#ui/hero.tsx";
import { Page } from "#ui/page.tsx";
import css from "./-home.module.css";

/** Words and fields that the first load does without. */
const MyStructure = lazy(async () => ({
  default: (await import("#funding/my-structure.tsx")).MyStructure,
}));

const CALLS = 3;
const STOPS = 3;

const closing = {
  params: { query: { status: ["open" as const], sort: "closes" as const, limit: CALLS } },
};
const opening = {
  params: {
    query: {
      status: ["announced" as const, "between_waves" as const],
      sort: "opens" as const,
      limit: CALLS,
    },
  },
};
const everyStop = { params: { query: { limit: 100 } } };

export const Route = createFileRoute("/")({
  loader: ({ context: { queryClient, learn } }) =>
    Promise.all([
      learn("home"),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/calls", closing)),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/calls", opening)),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/stops", everyStop)),
    ]),
  component: Home,
});

function Home() {
  const { t, now } = useI18n();
  const navigate = useNavigate();
  const [q, setQ] = useState("");
  const { data: open } = $api.useSuspenseQuery("get", "/api/v1/calls", closing);
  const { data: announced } = $api.useSuspenseQuery("get", "/api/v1/calls", opening);
  const { data: stops } = $api.useSuspenseQuery("get", "/api/v1/stops", everyStop);
  const next = upcoming(stops.items, now).slice(0, STOPS);
  const isInvented = [...open.items, ...announced.items, ...next].some((each) => each.fictitious);
  return (
    <Page title={t.shell.name}>
      <Hero title={t.home.title} lead={t.home.lead}>
        <FindBox
          value={q}
          onChange={setQ}
          onSubmit={() =>
            void navigate({ to: "/appels", search: q.trim() === "" ? {} : { q: q.trim() } })
          }
        />
        <div id="ma-structure" className={css.mine}>
          <Suspense>
            <MyStructure
              search={{}}
              onSearch={(search) => void navigate({ to: "/appels", search })}
            />
          </Suspense>
        </div>
      </Hero>
      <div className={css.home}>
        <Part
          title={t.home.closing}
          none={t.home.nothingOpen}
          more={
            <Link to="/appels" search={{ status: ["open"], sort: "closes" }}>
              {t.home.allOpen}
            </Link>
          }
        >
          {open.items.map((call) => (
            <li key={call.slug}>
              <CallLine call={call} />
            </li>
          ))}
        </Part>
        <Part
          title={t.home.opening}
          none={t.home.nothingAnnounced}
          more={
            <Link to="/appels" search={{ status: ["announced", "between_waves"], sort: "opens" }}>
              {t.home.allAnnounced}
            </Link>
          }
        >
          {announced.items.map((call) => (
            <li key={call.slug}>
              <CallLine call={call} />
            </li>
          ))}
        </Part>
        <Part
          title={t.home.stops}
          none={t.home.noStop}
          look={css.stops}
          more={<Link to="/tour">{t.home.wholeTour}</Link>}
        >
          {next.map((stop) => (
            <Card key={stop.slug} as="li">
              <StopCard stop={stop} />
            </Card>
          ))}
        </Part>
      </div>
      {isInvented && <p className="soft small">{t.home.fiction}</p>}
      <section className={css.what}>
        <h2>{t.home.what.title}</h2>
        <p>{t.home.what.find(t.shell.name)}</p>
        <p>{t.home.what.meet}</p>
        <p>{t.home.what.trust}</p>
      </section>
    </Page>
  );
}

/** A few of something, with the way to all of them; or that there is none. */
function Part({
  title,
  none,
  more,
  look = "",
  children,
}: {
  title: string;
  none: string;
  more: ReactNode;
  look?: string | undefined;
  children: readonly ReactNode[];
}) {
  return (
    <section className={`${css.part} ${look}`}>
      <h2>{title}</h2>
      {children.length === 0 ? (
        <p className="soft">{none}</p>
      ) : (
        <>
          <ul className={css.list}>{children}</ul>
          <p>{more}</p>
        </>
      )}
    </section>
  );
}
