import { notifyManager, type QueryKey, useQueryClient } from "@tanstack/react-query";
import { Suspense, useState, useSyncExternalStore } from "react";
import { useI18n } from "#i18n/context.tsx";
import { stringifySearch } from "#search-params.ts";
import { Copying } from "#ui/copying.tsx";
import css from "./developers.module.css";

type Init = {
  params?: { path?: Record<string, string>; query?: Record<string, unknown> };
};

/** What is somebody's own, or the team's, is nobody else's to ask. */
const OWN = /\{(?:token|code)\}|^\/api\/v1\/(?:manage|me|team|demo)\b/;

/** The address that a query asked; null for what is not a question that anybody may ask. */
export function addressOf([method, path, init]: QueryKey): string | null {
  if (method !== "get" || typeof path !== "string" || OWN.test(path)) {
    return null;
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the third part of every key that `$api` makes
  const { path: places = {}, query = {} } = (init as Init | undefined)?.params ?? {};
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(places[name] ?? ""),
  );
  return `${filled}${stringifySearch(query)}`;
}

/** What the page asks the API now, its subject first: labels, which are asked without a word, come last. */
function useAsked(): string[] {
  const cache = useQueryClient().getQueryCache();
  const asked = useSyncExternalStore(
    (onChange) => cache.subscribe(notifyManager.batchCalls(onChange)),
    () =>
      cache
        .getAll()
        .filter((query) => query.isActive())
        .map(({ queryKey }) => queryKey)
        .toSorted((one, other) => other.length - one.length)
        .map(addressOf)
        .filter((address) => address !== null)
        .join("\n"),
  );
  return asked === "" ? [] : asked.split("\n");
}

/** The same as this page, for a program: what it asked the API with its filters, to be opened or copied as a command. */
export function PageAddresses() {
  const { t } = useI18n();
  const asked = useAsked();
  const [isOpen, setOpen] = useState(false);
  return (
    asked.length > 0 && (
      <details
        className={`${css.asked} small`}
        onToggle={(event) => setOpen(event.currentTarget.open)}
      >
        <summary>{t.shell.json}</summary>
        {isOpen && (
          <Suspense>
            <Asked addresses={asked} />
          </Suspense>
        )}
      </details>
    )
  );
}

function Asked({ addresses }: { addresses: readonly string[] }) {
  const words = useI18n().t.developers;
  return (
    <>
      <p>{words.asked}</p>
      <ul className="plain stack">
        {addresses.map((address) => (
          <li key={address}>
            <a href={address}>{decodeURI(address)}</a>{" "}
            <Copying
              text={`curl '${location.origin}${address}'`}
              words={{ ...words.copying, copy: words.curl }}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
