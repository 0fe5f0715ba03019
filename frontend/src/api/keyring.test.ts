import { expect, test } from "vitest";
import { createKeyring } from "./keyring.ts";
import { type Problem, UNREACHABLE } from "./problem.ts";

function refused(status: number, type: string): Problem {
  return { type, title: "", detail: "", status, request_id: "", errors: [] };
}

const body = { name: "Ada" };

test("a retry after a silence or a fault of the server is the same act", () => {
  const keyring = createKeyring();
  const key = keyring.keyFor(body);
  keyring.settle(UNREACHABLE);
  expect(keyring.keyFor(body)).toBe(key);
  keyring.settle(refused(503, "/problems/unavailable"));
  expect(keyring.keyFor({ ...body })).toBe(key);
  keyring.settle(refused(409, "/problems/key-in-flight"));
  expect(keyring.keyFor(body)).toBe(key);
});

test("another body is another act", () => {
  const keyring = createKeyring();
  const key = keyring.keyFor(body);
  expect(keyring.keyFor({ name: "Grace" })).not.toBe(key);
});

test("a refusal is not replayed: the same body asks again", () => {
  const keyring = createKeyring();
  const key = keyring.keyFor(body);
  keyring.settle(refused(409, "/problems/session-full"));
  expect(keyring.keyFor(body)).not.toBe(key);
});

test("what was done is done: the same body is a new act", () => {
  const keyring = createKeyring();
  const key = keyring.keyFor(body);
  keyring.settle(null);
  expect(keyring.keyFor(body)).not.toBe(key);
});
