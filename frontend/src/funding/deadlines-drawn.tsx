import { keepPreviousData } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { $api } from "#api/client.ts";
import { PAGING } from "#api/paging.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Section } from "#ui/page.tsx";
import { EmptyState, ErrorState, Skeleton } from "#ui/states.tsx";
import { DeadlineList } from "./deadline-list.tsx";
import { DeadlineTable } from "./deadline-table.tsx";
import { DeadlineTimeline } from "./deadline-timeline.tsx";
import type { DeadlineSearch } from "./deadline-search.ts";
import { deadlineQuery, lineOf } from "./deadlines.ts";
import { EndlessCalls } from "./endless-calls.tsx";

/** The deadlines of the calls that a search keeps: how many, on a line of time, in a table, in words; then those without an end. */
export function DeadlinesDrawn({
  search,
  tools,
  onAll,
}: {
  search: DeadlineSearch;
  tools?: ReactNode;
  onAll: () => void;
}) {
  const { t, now } = useI18n();
  const words = t.deadlines;
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    $api.useInfiniteQuery(
      "get",
      "/api/v1/deadlines",
      { params: { query: deadlineQuery(search, now) } },
      { ...PAGING, placeholderData: keepPreviousData },
    );
  const deadlines = data?.pages.flatMap(({ items }) => items) ?? [];
  const line = lineOf(deadlines, now);
  return (
    <>
      <div className="row">
        <p role="status">
          <b className="num">{data !== undefined && words.count(data.pages[0]?.total ?? 0)}</b>
        </p>
        {tools}
      </div>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton lines={6} />
      ) : line === null ? (
        <EmptyState
          title={words.none.title}
          actions={<Button onClick={onAll}>{words.none.all}</Button>}
        >
          {words.none.detail}
        </EmptyState>
      ) : (
        <>
          <Section title={words.timeline.title}>
            <p className="soft small">{words.timeline.hint}</p>
            <DeadlineTimeline line={line} />
            <DeadlineTable deadlines={deadlines} />
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
    </>
  );
}
