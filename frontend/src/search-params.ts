/**
 * How a page's state is written in its address: plain words, a repeated name for a list (`?status=open&status=closed`), as
 * the API reads it. Never JSON: `?q=2022` is a word and not a number.
 */
export function parseSearch(text: string): Record<string, string | string[]> {
  const search: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = search[name];
    search[name] = before === undefined ? value : [before, value].flat();
  }
  return search;
}

/** The address of a state, with its question mark; what is empty is left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const each of [value].flat()) {
      if (typeof each === "number" || (typeof each === "string" && each !== "")) {
        params.append(name, `${each}`);
      }
    }
  }
  return params.size === 0 ? "" : `?${params.toString()}`;
}
