import type { Operation } from "./contract.ts";

const JSON_TYPE = "application/json";

/** A JSON value as people read it. */
export function written(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** One command that calls an operation with its examples: what has none stays in braces, to be filled. */
export function curlOf(operation: Operation, origin: string): string {
  const { method, path, parameters, body, allowed } = operation;
  let address = path;
  const query = new URLSearchParams();
  for (const { name, in: place, example } of parameters) {
    if (example !== undefined && place === "path") {
      address = address.replace(`{${name}}`, encodeURIComponent(written(example)));
    } else if (example !== undefined && place === "query") {
      for (const value of Array.isArray(example) ? example : [example]) {
        query.append(name, written(value));
      }
    }
  }
  const url = `${origin}${address}${query.size > 0 ? `?${query}` : ""}`;
  const lines = [`curl ${method === "GET" ? "" : `-X ${method} `}'${url}'`];
  if (allowed.level !== "anybody" && allowed.scope !== null) {
    lines.push(`-H "Authorization: Bearer $ETAPE_KEY"`);
  }
  if (parameters.some(({ name }) => name === "Idempotency-Key")) {
    lines.push(`-H "Idempotency-Key: $(uuidgen)"`);
  }
  if (body !== undefined) {
    lines.push(`-H 'Content-Type: ${body.mediaType}'`);
    const value = body.examples[0]?.value ?? {};
    lines.push(
      body.mediaType === JSON_TYPE
        ? `-d '${JSON.stringify(value, null, 2).replaceAll("'", String.raw`'\''`)}'`
        : "--data-binary @file",
    );
  }
  return lines.join(" \\\n  ");
}
