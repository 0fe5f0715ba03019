import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Card, CardTitle } from "#ui/card.tsx";
import { Page } from "#ui/page.tsx";
import { Subscribe } from "#ui/subscribe.tsx";
import { CallFacets } from "./call-facets.tsx";
import { ChosenFilters } from "./chosen-filters.tsx";
import { type DeadlineSearch, filtersOf } from "./deadline-search.ts";
import { DeadlinesDrawn } from "./deadlines-drawn.tsx";
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
  const { t, locale } = useI18n();
  const words = t.deadlines;
  const kept = search.past === undefined ? {} : { past: search.past };
  const filtering = (filters: DeadlineSearch) => onSearch({ ...filters, ...kept });
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
      <DeadlinesDrawn
        search={search}
        onAll={() => onSearch({})}
        tools={
          <>
            <ChosenFilters page={calls} search={search} onSearch={filtering} />
            <Button
              look="plain"
              onClick={() =>
                onSearch(search.past === undefined ? { ...search, past: "1" } : filtersOf(search))
              }
            >
              {search.past === undefined ? words.past : words.onlyComing}
            </Button>
          </>
        }
      />
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
