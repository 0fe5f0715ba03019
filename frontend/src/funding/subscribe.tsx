import { useI18n } from "#i18n/context.tsx";
import { AnchorButton } from "#ui/button.tsx";
import { feedOf } from "./deadlines.ts";

/** Where the deadlines of a call are as they are today, for one's own calendar. */
function fileOf(slug: string, locale: string): string {
  const query = new URLSearchParams(locale === "en" ? { lang: "en" } : {});
  return feedOf(`/calendars/calls/${slug}.ics`, query);
}

/** The way to have them, beside the deadline. */
export function ToCalendar({ slug }: { slug: string }) {
  const { t, locale } = useI18n();
  return (
    <p className="small laptop-only">
      <a href={fileOf(slug, locale)} download>
        {t.deadlines.subscribe.add}
      </a>
    </p>
  );
}

/** The same way, under the thumb. */
export function CalendarButton({ slug }: { slug: string }) {
  const { t, locale } = useI18n();
  return (
    <AnchorButton look="secondary" href={fileOf(slug, locale)} download>
      {t.deadlines.subscribe.short}
    </AnchorButton>
  );
}

/** Two ways to have dates in one's own calendar: follow them, or take them as they are today. */
export function Subscribe({
  path,
  search,
  lead,
}: {
  path: string;
  search: Record<string, string | readonly string[]>;
  lead: string;
}) {
  const { t, locale } = useI18n();
  const words = t.deadlines.subscribe;
  const query = new URLSearchParams(
    Object.entries(search).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
  );
  if (locale === "en") {
    query.set("lang", "en");
  }
  return (
    <>
      <p className="small">{lead}</p>
      <p className="row">
        <AnchorButton look="secondary" href={feedOf(path, query, location.host)}>
          {words.open}
        </AnchorButton>
        <a href={feedOf(path, query)} download>
          {words.file}
        </a>
      </p>
    </>
  );
}
