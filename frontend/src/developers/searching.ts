import type { Operation } from "./contract.ts";

function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** The operations that have every word, in their name, their address, their prose or their parameters. */
export function operationsWith(words: string, operations: readonly Operation[]): Operation[] {
  const wanted = fold(words).split(/\s+/u);
  return operations.filter((operation) => {
    const { id, method, path, tag, summary, description, parameters, allowed } = operation;
    const names = parameters.map(({ name }) => name);
    const text = fold(
      [id, method, path, tag, summary, description, allowed.scope, ...allowed.roles, ...names].join(
        " ",
      ),
    );
    return wanted.every((word) => text.includes(word));
  });
}
