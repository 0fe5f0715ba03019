import { keepPreviousData } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { useMedia } from "#ui/media.ts";
import { Page } from "#ui/page.tsx";
import { ErrorState, Skeleton } from "#ui/states.tsx";
import { CallList, walkCalls } from "./call-list.tsx";
import css from "./calls-page.module.css";
import { ChosenFilters } from "./chosen-filters.tsx";
import { filtersOf } from "./deadline-search.ts";
import { type CallSearch, callQuery, withFilter } from "./search.ts";

/** Beside the calls, and on a phone in a sheet of its own. */
const CallFacets = lazy(async () => ({ default: (await import("./call-facets.tsx")).CallFacets }));

/** In what order and how the results are drawn, which nobody waits for. */
const ListTools = lazy(async () => ({ default: (await import("./list-tools.tsx")).ListTools }));

const CallsTimeline = lazy(async () => ({
  default: (await import("./calls-timeline.tsx")).CallsTimeline,
}));

/** Rarely needed. */
const NoCalls = lazy(async () => ({ default: (await import("./no-calls.tsx")).NoCalls }));

/** Only words that were typed are told how they were read, and find questions. */
const FoundBesides = lazy(async () => ({
  default: (await import("./found-besides.tsx")).FoundBesides,
}));

/** Only what is wide enough to show the preview fetches it. */
const CallPreview = lazy(async () => ({
  default: (await import("./call-preview.tsx")).CallPreview,
}));

type Searching = { search: CallSearch; onSearch: (search: CallSearch) => void };

/** The calls that answer a search, with every way to narrow it. `box` is the site's search box. */
export function CallsPage({ search, onSearch, box }: Searching & { box: ReactNode }) {
  const { t } = useI18n();
  const query = callQuery(search);
  const { data, error, isPlaceholderData, refetch } = $api.useQuery(
    "get",
    "/api/v1/calls",
    { params: { query } },
    { placeholderData: keepPreviousData },
  );
  const isWide = useMedia("(width >= 62rem)");
  const asked = JSON.stringify(query);
  const [seen, setSeen] = useState({ asked, slug: "" });
  const current = seen.asked === asked && seen.slug !== "" ? seen.slug : data?.items[0]?.slug;
  const searching = { search, onSearch };
  const isPreviewed = isWide && search.view === undefined && current !== undefined;
  return (
    <Page
      title={search.q === undefined ? t.funding.title : `${search.q} · ${t.funding.title}`}
      aside={
        data !== undefined && (
          <Suspense>
            <CallFacets
              search={search}
              facets={data.facets}
              onChange={(filter, values) => onSearch(withFilter(search, filter, values))}
            />
          </Suspense>
        )
      }
      rail={
        isPreviewed ? (
          <aside className="laptop-only" aria-label={t.funding.preview.label}>
            <Suspense>
              <CallPreview slug={current} />
            </Suspense>
          </aside>
        ) : undefined
      }
    >
      <h1 className="hidden">{t.funding.title}</h1>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- shortcuts between what Tab reaches too */}
      <div className="stack" onKeyDown={walkCalls}>
        {box}
        {error !== null ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : data === undefined ? (
          <Skeleton lines={6} />
        ) : (
          <>
            <div className={css.tools}>
              <p role="status">
                <b className="num">{t.funding.list.count(data.total)}</b>
              </p>
              <ChosenFilters page={data} {...searching} />
              <div className="laptop-only">
                <Suspense>
                  <ListTools {...searching} />
                </Suspense>
              </div>
            </div>
            {search.q !== undefined && (
              <Suspense>
                <FoundBesides page={data} search={search} q={search.q} />
              </Suspense>
            )}
            <div className={css.results} aria-busy={isPlaceholderData}>
              {data.total === 0 ? (
                <Suspense>
                  <NoCalls page={data} search={search} />
                </Suspense>
              ) : search.view === "timeline" ? (
                <Suspense>
                  <CallsTimeline {...searching} />
                </Suspense>
              ) : (
                <CallList
                  page={data}
                  search={search}
                  current={isPreviewed ? current : null}
                  onCurrent={(slug) => setSeen({ asked, slug })}
                  onMore={() => onSearch({ ...search, pages: (search.pages ?? 1) + 1 })}
                />
              )}
            </div>
            <Fiction page={data} {...searching} />
            <p className="row small soft screen-only">
              <Link to="/calendrier" search={filtersOf(search)}>
                {t.funding.list.calendar}
              </Link>
              {isPreviewed && data.total > 1 && <span>{t.funding.list.keys}</span>}
            </p>
          </>
        )}
      </div>
    </Page>
  );
}

/** What the pill of invented calls means, where some are listed, and the way to keep the others only. */
function Fiction({ page, search, onSearch }: Searching & { page: Schema<"CallPage"> }) {
  const { t } = useI18n();
  const counts = page.facets["edition"] ?? [];
  const exist = counts.some(({ value, count }) => value === "fictitious" && count > 0);
  const isListed = exist && (search.edition ?? ["fictitious"]).includes("fictitious");
  return (
    isListed && (
      <p className="soft small">
        {t.funding.list.fiction}{" "}
        {search.edition === undefined && (
          <Button look="plain" onClick={() => onSearch(withFilter(search, "edition", ["real"]))}>
            {t.funding.list.onlyReal}
          </Button>
        )}
      </p>
    )
  );
}
