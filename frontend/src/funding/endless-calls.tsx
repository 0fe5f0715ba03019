import { keepPreviousData } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Section } from "#ui/page.tsx";
import { CallPill } from "./call-pill.tsx";
import css from "./deadline-list.module.css";
import { type DeadlineSearch, filtersOf } from "./deadline-search.ts";

const MOST = 100;

/** The open calls that no calendar can hold: those without a closing date, under the filters of the page. */
export function EndlessCalls({ search }: { search: DeadlineSearch }) {
  const { t } = useI18n();
  const words = t.deadlines.endless;
  const isAsked = search.status === undefined || search.status.includes("open");
  const { data } = $api.useQuery(
    "get",
    "/api/v1/calls",
    {
      params: {
        query: { ...filtersOf(search), status: ["open"], dated: false, sort: "opens", limit: MOST },
      },
    },
    { enabled: isAsked, placeholderData: keepPreviousData },
  );
  return (
    isAsked &&
    data !== undefined &&
    data.total > 0 && (
      <Section title={words.title}>
        <p className="soft small">{words.lead}</p>
        <ul className={css.list}>
          {data.items.map((call) => (
            <li key={call.slug} className={css.line}>
              <b>{call.rolling ? words.rolling : words.unstated}</b>
              <span>
                <Link to="/appels/$slug" params={{ slug: call.slug }}>
                  <Text of={call.name} />
                </Link>
                {call.fictitious && <span className="soft small"> · {t.funding.fictitious}</span>}
              </span>
              <CallPill state={call.state} />
            </li>
          ))}
        </ul>
      </Section>
    )
  );
}
