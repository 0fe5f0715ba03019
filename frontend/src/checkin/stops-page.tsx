import { useQuery } from "@tanstack/react-query";
import { Text } from "#i18n/text.tsx";
import { Frame } from "./frame.tsx";
import { doorPath } from "./place.ts";
import { readyStops } from "./store.ts";
import { useWords } from "./words.ts";

/** Where the installed page begins: the stops that this device is ready for. */
export function StopsPage() {
  const words = useWords().stops;
  const { data } = useQuery({
    queryKey: ["ready stops"],
    queryFn: () => readyStops(new Date()),
    networkMode: "always",
  });
  return (
    <Frame title={words.title}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      {data !== undefined && data.length > 0 && (
        <section className="stack">
          <h2>{words.kept}</h2>
          <ul>
            {data.map(({ stop }) => (
              <li key={stop.slug}>
                <a href={doorPath(stop.slug)}>
                  <Text of={stop.name} />
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Frame>
  );
}
