import { describe, expect, it } from "vitest";
import document from "../../../openapi.json";
import { type Contract, operationsOf } from "./contract.ts";
import { curlOf } from "./request.ts";
import { operationsWith } from "./searching.ts";

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- TypeScript widens what a JSON file says
const contract = document as unknown as Contract;
const operations = operationsOf(contract);

function one(id: string) {
  const found = operations.find((operation) => operation.id === id);
  if (found === undefined) {
    throw new Error(`The contract has no ${id}`);
  }
  return found;
}

describe("the contract, read for its pages", () => {
  it("has every operation, under a subject that is described", () => {
    const told = Object.values(document.paths).flatMap((item) => Object.keys(item));
    expect(operations).toHaveLength(told.length);
    const tags = contract.tags.map(({ name }) => name);
    for (const operation of operations) {
      expect(tags).toContain(operation.tag);
      expect(operation.answers.length).toBeGreaterThan(0);
    }
  });

  it("shows what the document says once, wherever it is said", () => {
    const register = one("register");
    expect(register.parameters.map(({ name }) => name)).toContain("Idempotency-Key");
    expect(register.answers.map(({ status }) => status)).toEqual(["200", "201"]);
    expect(register.answers[1]?.examples[0]?.value).toHaveProperty("seats");
    expect(register.body?.examples[0]?.value).toHaveProperty("email");
    const full = register.refusals.find(({ code }) => code === "session-full");
    expect(full?.problem).toMatchObject({ status: 409, title: "Séance complète" });
  });

  it("finds an operation by any of its words, without accents", () => {
    const ids = (words: string) => operationsWith(words, operations).map(({ id }) => id);
    expect(ids("ETAPE inscrire")).toContain("register");
    expect(ids("post registrations")).toContain("register");
    expect(ids("post registrations")).not.toContain("read_registration");
    expect(ids("list_calls")).toEqual(["list_calls"]);
    expect(ids("")).toHaveLength(operations.length);
    expect(ids("xyzzy")).toEqual([]);
  });

  it("writes a command that calls an operation with its examples", () => {
    expect(curlOf(one("read_call"), "https://etape.example")).toBe(
      "curl 'https://etape.example/api/v1/calls/competences-metiers-avenir'",
    );
    const command = curlOf(one("register"), "https://etape.example");
    expect(command).toContain("curl -X POST 'https://etape.example/api/v1/stops/azimut-lille/");
    expect(command).toContain("Idempotency-Key");
    expect(command).toContain('"email": "ada.lenoir@example.org"');
    expect(command).not.toContain("Bearer");
  });

  it("asks for a key where one is needed, and quotes what a shell would read", () => {
    const register = one("register");
    const closed = {
      ...register,
      allowed: { ...register.allowed, level: "signed_in" as const, scope: "tour:write" },
      body: {
        mediaType: "application/json",
        shape: undefined,
        examples: [{ value: { name: "l'étape" } }],
      },
    };
    const command = curlOf(closed, "https://etape.example");
    expect(command).toContain('-H "Authorization: Bearer $ETAPE_KEY"');
    expect(command).toContain(String.raw`"name": "l'\''étape"`);
    expect(curlOf(one("upload_document"), "https://etape.example")).toContain("--data-binary");
  });
});
