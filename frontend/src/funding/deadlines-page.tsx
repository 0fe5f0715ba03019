import { keepPreviousData } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { PAGING } from "#api/paging.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Card, CardTitle } from "#ui/card.tsx";
import { Page, Section } from "#ui/page.tsx";
import { EmptyState, ErrorState, Skeleton } from "#ui/states.tsx";
import { Subscribe } from "#ui/subscribe.tsx";
import { CallFacets } from "./call-facets.tsx";
import { ChosenFilters } from "./chosen-filters.tsx";
import { DeadlineList } from "./deadline-list.tsx";
import { DeadlineTimeline } from "./deadline-timeline.tsx";
import { type DeadlineSearch, filtersOf } from "./deadline-search.ts";
import { deadlineQuery, lineOf } from "./deadlines.ts";
import { EndlessCalls } from "./endless-calls.tsx";
import { withFilter } from "./search.ts";

/** Every deadline of the calls that some filters keep: drawn, listed, and to be subscribed to. */
export function DeadlinesPage({
  search,
  onSearch,
  calls,
}: {
  search: DeadlineSearch;
  onSearch: (search: DeadlineSearch) => void;
  calls: Schema<"CallPage">;
}) {
  const { t, now, locale } = useI18n();
  const words = t.deadlines;
  const query = deadlineQuery(search, now);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    $api.useInfiniteQuery(
      "get",
      "/api/v1/deadlines",
      { params: { query } },
      { ...PAGING, placeholderData: keepPreviousData },
    );
  const deadlines = data?.pages.flatMap(({ items }) => items) ?? [];
  const kept = search.past === undefined ? {} : { past: search.past };
  const filtering = (filters: DeadlineSearch) => onSearch({ ...filters, ...kept });
  const line = lineOf(deadlines, now);
  return (
    <Page
      title={words.title}
      aside={
        <CallFacets
          search={search}
          facets={calls.facets}
          onChange={(filter, values) => filtering(withFilter(search, filter, values))}
        />
      }
      head={
        <div className="stack">
          <h1>{words.title}</h1>
          <p className="lead">{words.lead}</p>
        </div>
      }
    >
      <div className="row">
        <p role="status">
          <b className="num">{data !== undefined && words.count(data.pages[0]?.total ?? 0)}</b>
        </p>
        <ChosenFilters page={calls} search={search} onSearch={filtering} />
        <Button
          look="plain"
          onClick={() =>
            onSearch(search.past === undefined ? { ...search, past: "1" } : filtersOf(search))
          }
        >
          {search.past === undefined ? words.past : words.onlyComing}
        </Button>
      </div>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton lines={6} />
      ) : line === null ? (
        <EmptyState
          title={words.none.title}
          actions={<Button onClick={() => onSearch({})}>{words.none.all}</Button>}
        >
          {words.none.detail}
        </EmptyState>
      ) : (
        <>
          <Section title={words.timeline.title}>
            <p className="soft small">{words.timeline.hint}</p>
            <DeadlineTimeline line={line} />
          </Section>
          <Section title={words.list}>
            <DeadlineList deadlines={deadlines} />
            {hasNextPage && (
              <Button
                look="secondary"
                busy={isFetchingNextPage}
                onClick={() => void fetchNextPage()}
              >
                {words.more}
              </Button>
            )}
          </Section>
        </>
      )}
      <EndlessCalls search={search} />
      <div className="screen-only">
        <Card as="section">
          <CardTitle as="h2">{words.subscribe.title}</CardTitle>
          <Subscribe
            path="/calendars/calls.ics"
            search={filtersOf(search)}
            lead={words.subscribe.lead}
          />
        </Card>
      </div>
      <p className="row small screen-only">
        <Link to="/appels" search={filtersOf(search)}>
          {words.calls}
        </Link>
        <a href={`/feeds/calls.atom${locale === "en" ? "?lang=en" : ""}`}>{words.feed}</a>
      </p>
    </Page>
  );
}
