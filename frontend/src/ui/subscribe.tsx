import { useI18n } from "#i18n/context.tsx";
import { AnchorButton } from "./button.tsx";

/** Where a calendar is: on a `host`, an address with which the calendar of a device follows it; else its file. */
export function feedOf(path: string, search: URLSearchParams, host?: string): string {
  const query = search.size === 0 ? "" : `?${search.toString()}`;
  return `${host === undefined ? "" : `webcal://${host}`}${path}${query}`;
}

/** Two ways to have dates in one's own calendar: follow them, or take them as they are today. */
export function Subscribe({
  path,
  search,
  lead,
}: {
  path: string;
  search?: Record<string, string | readonly string[]>;
  lead: string;
}) {
  const { t, locale } = useI18n();
  const words = t.deadlines.subscribe;
  const query = new URLSearchParams(
    Object.entries(search ?? {}).flatMap(([name, value]) =>
      [value].flat().map((each) => [name, each]),
    ),
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
