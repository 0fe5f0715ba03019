import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";
import css from "./checkin.module.css";
import { useWords } from "./words.ts";

/** Those whose name was typed, each a press away from being checked in. */
export function People({
  stop,
  name,
  onPick,
}: {
  stop: string;
  name: string;
  onPick: (person: Schema<"PersonFound">) => void;
}) {
  const words = useWords();
  const { data, error } = $api.useQuery(
    "get",
    "/api/v1/manage/stops/{slug}/people",
    { params: { path: { slug: stop }, query: { name } } },
    { networkMode: "always", retry: false, staleTime: 0 },
  );
  if (error !== null) {
    return (
      <Notice tone="point" live>
        {words.search.away}
      </Notice>
    );
  }
  if (data === undefined) {
    return <p className="soft">{words.loading}</p>;
  }
  if (data.people.length === 0) {
    return (
      <Notice tone="info" live>
        {words.search.none}
      </Notice>
    );
  }
  return (
    <section className="stack">
      <h2>{words.search.title}</h2>
      <ul className={`plain ${css.people}`}>
        {data.people.map((person) => (
          <li key={person.registration}>
            <span>
              <b>{person.name}</b>
              {person.organisation !== null && (
                <span className="soft small"> {person.organisation}</span>
              )}
              {person.cancelled && <span className="small"> ({words.search.cancelled})</span>}
            </span>
            <Button look="secondary" onClick={() => onPick(person)}>
              {words.check}
              <span className="hidden"> {person.name}</span>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
