import { useI18n } from "#i18n/context.tsx";
import { AnchorButton } from "#ui/button.tsx";
import { feedOf } from "./deadlines.ts";

/** The way to have the deadlines of a call in one's own calendar, as they are today. */
export function ToCalendar({ slug }: { slug: string }) {
  const { t, locale } = useI18n();
  const query = new URLSearchParams(locale === "en" ? { lang: "en" } : {});
  return (
    <p className="small">
      <a href={feedOf(`/calendars/calls/${slug}.ics`, query)} download>
        {t.deadlines.subscribe.add}
      </a>
    </p>
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
