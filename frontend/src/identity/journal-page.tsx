import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay } from "#i18n/dates.ts";
import { Section } from "#ui/page.tsx";
import { EmptyState } from "#ui/states.tsx";
import { HOME } from "./at.tsx";
import { type Entry, JournalEntry } from "./journal-entry.tsx";
import { JournalFilters } from "./journal-filters.tsx";
import { journalQuery, type JournalSearch } from "./journal-search.ts";
import css from "./journal.module.css";
import { PAGING } from "#api/paging.ts";
import { Listed } from "./listed.tsx";
import { Space } from "./space.tsx";

type Props = { search: JournalSearch; onSearch: (search: JournalSearch) => void };

/** The journal in words, the newest first, day by day. */
export function JournalPage(props: Props) {
  const { t } = useI18n();
  return (
    <Space title={t.team.journal.title} lead={t.team.journal.lead}>
      <Journal {...props} />
    </Space>
  );
}

function Journal({ search, onSearch }: Props) {
  const i18n = useI18n();
  const { none } = i18n.t.team.journal;
  const list = $api.useInfiniteQuery(
    "get",
    "/api/v1/manage/journal",
    { params: { query: journalQuery(search) } },
    PAGING,
  );
  return (
    <>
      <JournalFilters key={JSON.stringify(search)} search={search} onSearch={onSearch} />
      <Listed list={list} empty={<EmptyState title={none.title}>{none.detail}</EmptyState>}>
        {(entries) =>
          byDay(entries).map(([day, done]) => (
            <Section key={day} title={dayText(day, i18n, "long")}>
              <ol className={css.entries}>
                {done.map((entry, at) => (
                  // oxlint-disable-next-line react/no-array-index-key -- entries have no name of their own before they are settled, and never move
                  <JournalEntry key={`${entry.recorded_at}-${at}`} entry={entry} />
                ))}
              </ol>
            </Section>
          ))
        }
      </Listed>
    </>
  );
}

/** The entries under their days, in the order they came. */
function byDay(entries: readonly Entry[]): [string, Entry[]][] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = isoDay(new Date(entry.recorded_at), HOME);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}
