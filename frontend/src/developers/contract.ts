/**
 * The OpenAPI document, read for the reference pages: its operations whole, wherever the document writes their parts.
 * The service writes the document, so that its shape is known; see backend/etape/core/openapi.py.
 */

import { asProblem, type Problem } from "#api/problem.ts";

export type Shape = {
  $ref?: string;
  type?: string;
  title?: string;
  description?: string;
  format?: string;
  const?: unknown;
  default?: unknown;
  enum?: readonly unknown[];
  examples?: readonly unknown[];
  properties?: Record<string, Shape>;
  required?: readonly string[];
  items?: Shape;
  anyOf?: readonly Shape[];
  oneOf?: readonly Shape[];
  additionalProperties?: Shape | boolean;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
};

type Reference = { $ref?: string };
export type Example = { summary?: string; value: unknown };
type Media = { schema?: Shape; examples?: Record<string, Example & Reference> };
export type Parameter = {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  example?: unknown;
  schema: Shape;
};
type Link = { operationId: string; description: string };
type Response = {
  description: string;
  content?: Record<string, Media>;
  links?: Record<string, Link>;
};

/** Who may call an operation, as its route declares it. */
export type Allowed = {
  level: "anybody" | "mailed" | "signed_in" | "fresh";
  roles: readonly string[];
  own: string | null;
  scope: string | null;
  keys_only: boolean;
};

type Told = {
  operationId: string;
  summary: string;
  description: string;
  tags: readonly string[];
  parameters?: readonly (Parameter & Reference)[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, Response & Reference>;
  "x-allowed": Allowed;
};

export type Contract = {
  info: { version: string; description: string };
  tags: readonly { name: string; description: string }[];
  paths: Record<string, Record<string, Told>>;
  components: Record<string, Record<string, unknown>>;
};

export type Answer = {
  status: string;
  description: string;
  mediaType: string | undefined;
  shape: Shape | undefined;
  examples: readonly Example[];
  links: readonly Link[];
};

export type Operation = {
  id: string;
  method: string;
  path: string;
  tag: string;
  summary: string;
  description: string;
  allowed: Allowed;
  parameters: readonly Parameter[];
  body: { mediaType: string; shape: Shape | undefined; examples: readonly Example[] } | undefined;
  answers: readonly Answer[];
  refusals: readonly { code: string; problem: Problem }[];
};

const PROBLEM = "application/problem+json";

/** What a reference leads to. */
export function follow<Part extends object>(contract: Contract, part: Part & Reference): Part {
  if (part.$ref === undefined) {
    return part;
  }
  const [kind = "", name = ""] = part.$ref.split("/").slice(2);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the linters of `make check` hold that it is of that kind
  return contract.components[kind]?.[name] as Part;
}

/** The name of the shape that a reference leads to: `CallRead`. */
export function nameOf({ $ref }: Shape): string | undefined {
  return $ref?.split("/").at(-1);
}

/** Every operation, in the order of the document. */
export function operationsOf(contract: Contract): Operation[] {
  return Object.entries(contract.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, told]) => readOperation(contract, path, method, told)),
  );
}

function readOperation(contract: Contract, path: string, method: string, told: Told): Operation {
  const answers = Object.entries(told.responses).map(([status, part]): Answer => {
    const { description, content = {}, links = {} } = follow(contract, part);
    const [mediaType, media] = Object.entries(content)[0] ?? [];
    return {
      status,
      description,
      mediaType,
      shape: media?.schema,
      examples: examplesOf(contract, media),
      links: Object.values(links),
    };
  });
  const [mediaType, media] = Object.entries(told.requestBody?.content ?? {})[0] ?? [];
  return {
    id: told.operationId,
    method: method.toUpperCase(),
    path,
    tag: told.tags[0] ?? "",
    summary: told.summary,
    description: told.description,
    allowed: told["x-allowed"],
    parameters: (told.parameters ?? []).map((part) => follow(contract, part)),
    body:
      mediaType === undefined
        ? undefined
        : { mediaType, shape: media?.schema, examples: examplesOf(contract, media) },
    answers: answers.filter((answer) => answer.mediaType !== PROBLEM),
    refusals: Object.values(told.responses).flatMap((part) =>
      Object.entries(follow(contract, part).content?.[PROBLEM]?.examples ?? {}).map(
        ([code, example]) => ({ code, problem: asProblem(follow(contract, example).value) }),
      ),
    ),
  };
}

function examplesOf(contract: Contract, media: Media | undefined): Example[] {
  return Object.values(media?.examples ?? {}).map((example) => follow(contract, example));
}
