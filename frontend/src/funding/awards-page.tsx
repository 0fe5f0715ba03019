import { keepPreviousData } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { $api } from "#api/client.ts";
import { PAGING } from "#api/paging.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { stringifySearch } from "#search-params.ts";
import { Button } from "#ui/button.tsx";
import { Page, Section } from "#ui/page.tsx";
import { EmptyState, ErrorState, Skeleton } from "#ui/states.tsx";
import { AwardFacets, ChosenAwardFilters } from "./award-facets.tsx";
import { AwardList } from "./award-list.tsx";
import { AwardMap } from "./award-map.tsx";
import { AwardOrder } from "./award-order.tsx";
import { type AwardSearch, awardQuery, chosenOf, filtering } from "./award-search.ts";
import { AwardSums } from "./award-sums.tsx";
import css from "./calls-page.module.css";

type Searching = { search: AwardSearch; onSearch: (search: AwardSearch) => void };

/** Who was given money: found, narrowed, drawn by region, summed, listed and taken away. `box` is where one types. */
export function AwardsPage({ search, onSearch, box }: Searching & { box: ReactNode }) {
  const { t } = useI18n();
  const words = t.awards;
  const query = awardQuery(search);
  const { data, error, refetch, isPlaceholderData, ...more } = $api.useInfiniteQuery(
    "get",
    "/api/v1/awards",
    { params: { query } },
    { ...PAGING, placeholderData: keepPreviousData },
  );
  const page = data?.pages[0];
  const searching = { search, onSearch };
  return (
    <Page
      title={words.title}
      fictitious={page !== undefined && isInvented(page)}
      aside={page !== undefined && <AwardFacets page={page} {...searching} />}
      head={
        <div className="stack">
          <h1>{words.title}</h1>
          <p className="lead">{words.lead}</p>
          {box}
        </div>
      }
    >
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : page === undefined ? (
        <Skeleton lines={8} />
      ) : (
        <div className="stack" aria-busy={isPlaceholderData}>
          <div className={css.heading}>
            <p role="status">
              <AwardSums sums={page.sums} />
            </p>
            <AwardOrder {...searching} />
            <ChosenAwardFilters page={page} {...searching} />
          </div>
          {Object.entries(page.corrections).map(([typed, near]) => (
            <p key={typed} className="soft small">
              {words.readAs(typed, near.join(", "))}
            </p>
          ))}
          {page.total === 0 ? (
            <EmptyState
              title={words.empty.title}
              actions={<Button onClick={() => onSearch({})}>{words.empty.all}</Button>}
            >
              {words.empty.detail}
            </EmptyState>
          ) : (
            <Found page={page} {...searching}>
              <AwardList awards={data?.pages.flatMap(({ items }) => items) ?? []} as="h3" />
              {more.hasNextPage && (
                <Button
                  look="secondary"
                  busy={more.isFetchingNextPage}
                  onClick={() => void more.fetchNextPage()}
                >
                  {words.more}
                </Button>
              )}
            </Found>
          )}
          <p className="row small">
            <a
              href={`/exports/awards.csv${stringifySearch({ ...query, sort: undefined })}`}
              download
            >
              {words.csv}
            </a>
          </p>
        </div>
      )}
    </Page>
  );
}

/** Whether all that the filters keep was invented, and there is something. */
function isInvented({ total, facets }: Schema<"AwardPage">): boolean {
  const editions = facets["edition"] ?? [];
  return total > 0 && editions.every(({ value }) => value === "fictitious");
}

function Found({
  page,
  search,
  onSearch,
  children,
}: Searching & { page: Schema<"AwardPage">; children: ReactNode }) {
  const { t } = useI18n();
  const chosen = chosenOf(search, "region");
  const { by: _, ...rest } = search;
  return (
    <>
      <Section title={t.awards.map.title}>
        <AwardMap
          regions={page.facets["region"] ?? []}
          measure={search.by === "amount" ? "amount_cents" : "count"}
          chosen={chosen}
          onMeasure={(measure) => onSearch(measure === "count" ? rest : { ...rest, by: "amount" })}
          onChoose={(region) => {
            const others = chosen.filter((code) => code !== region);
            const values = chosen.includes(region) ? others : [...chosen, region];
            onSearch(filtering(search, "region", values));
          }}
        />
      </Section>
      <Section title={t.awards.list}>{children}</Section>
    </>
  );
}
