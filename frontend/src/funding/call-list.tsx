import { Fragment, type KeyboardEvent, Suspense, type SyntheticEvent, useRef } from "react";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Skeleton } from "#ui/states.tsx";
import { CallCard } from "./call-card.tsx";
import css from "./call-list.module.css";
import { type CallSearch, callQuery, isByRelevance } from "./search.ts";

type Shown = {
  search: CallSearch;
  /** The call that the preview shows. */
  current: string | null;
  onMore: () => void;
};

type Listed = Shown & { onCurrent: (slug: string) => void };

type Page = Schema<"CallPage">;

const REST = 120;

/** Moves the focus from the search box to the calls and from call to call, so that a list is read by the arrows alone. */
export function walkCalls(event: KeyboardEvent<HTMLElement>) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (
    by === undefined ||
    event.defaultPrevented ||
    event.altKey ||
    event.ctrlKey ||
    event.metaKey
  ) {
    return;
  }
  const stops = [
    ...event.currentTarget.querySelectorAll<HTMLElement>("input[type=search], article h2 a"),
  ];
  const at = stops.findIndex((stop) =>
    (stop.closest("article") ?? stop).contains(document.activeElement),
  );
  const next = stops[at + by];
  if (at >= 0 && next !== undefined) {
    event.preventDefault();
    next.focus();
  }
}

/** The call that an event happened in. */
function slugAt({ target }: SyntheticEvent): string | undefined {
  const item = target instanceof Element ? target.closest<HTMLElement>("[data-slug]") : null;
  return item?.dataset["slug"];
}

/** The calls found: those that have every word, then, said apart, those that come near. */
export function CallList({ page, onCurrent, ...shown }: Listed & { page: Page }) {
  const { t } = useI18n();
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);

  function look(event: SyntheticEvent, pause: number) {
    const slug = slugAt(event);
    clearTimeout(rest.current);
    if (slug !== undefined) {
      rest.current = setTimeout(() => onCurrent(slug), pause);
    }
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- what is under the pointer, for the preview that Tab opens too
    <div
      onFocus={(event) => look(event, 0)}
      // A pointer on its way to the preview crosses other calls: only one that rests has chosen.
      onPointerMove={(event) => look(event, REST)}
      onPointerLeave={() => clearTimeout(rest.current)}
    >
      <ul
        className={css.list}
        data-view={shown.search.view ?? "list"}
        aria-label={t.funding.list.label}
      >
        <Found page={page} before={0} left={(shown.search.pages ?? 1) - 1} {...shown} />
      </ul>
    </div>
  );
}

/** One page of the list, then the next ones: as many as the address says, then the way to one more. */
function Found({
  page,
  before,
  left,
  ...shown
}: Shown & { page: Page; before: number; left: number }) {
  const { t } = useI18n();
  const { items, next, exact } = page;
  const nearBegins = isByRelevance(shown.search) ? exact - before : -1;
  return (
    <>
      {items.map((call, at) => (
        <Fragment key={call.slug}>
          {at === nearBegins && (
            <li className={css.near}>
              <b>{t.funding.list.near}</b>
              <p className="soft small">{t.funding.list.nearHint}</p>
            </li>
          )}
          <li data-slug={call.slug}>
            <CallCard call={call} as="h2" current={call.slug === shown.current} />
          </li>
        </Fragment>
      ))}
      {next !== null &&
        (left > 0 ? (
          <Suspense
            fallback={
              <li>
                <Skeleton lines={4} />
              </li>
            }
          >
            <FoundNext cursor={next} before={before + items.length} left={left - 1} {...shown} />
          </Suspense>
        ) : (
          <li className={css.more}>
            <Button look="secondary" onClick={shown.onMore}>
              {t.funding.list.more}
            </Button>
            <span className="soft small">
              {t.funding.list.shown(before + items.length, page.total)}
            </span>
          </li>
        ))}
    </>
  );
}

function FoundNext({ cursor, ...rest }: Shown & { cursor: string; before: number; left: number }) {
  const { data } = $api.useSuspenseQuery("get", "/api/v1/calls", {
    params: { query: { ...callQuery(rest.search), cursor } },
  });
  return <Found page={data} {...rest} />;
}
