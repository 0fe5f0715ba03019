import { expect, test } from "vitest";
import type { Problem } from "#api/problem.ts";
import { fr } from "#i18n/fr.ts";
import { inForm, isClash, wishesOf } from "./wish.ts";

const seats = [
  { session: "table", mode: "online" },
  { session: "visite", mode: "on_site" },
] as const;

function refused(own: Partial<Problem>): Problem {
  const words = { title: "Non", detail: "Parce que (if_full: wait).", request_id: "r" };
  return { ...words, type: "/problems/x", status: 409, errors: [], ...own };
}

test("what the API says of the nth seat is said of its session", () => {
  const errors = [
    { pointer: "/seats/1/session", detail: "La liste est close." },
    { pointer: "/email", detail: "Adresse à vérifier." },
  ];
  expect(inForm(refused({ errors }), [...seats], fr.registration)?.errors).toEqual([
    { pointer: "/seats/visite", detail: "La liste est close." },
    { pointer: "/email", detail: "Adresse à vérifier." },
  ]);
});

test("no seat at all is asked for in words, not counted", () => {
  const errors = [{ pointer: "/seats", detail: "Il en faut au moins 1." }];
  expect(inForm(refused({ errors }), [], fr.registration)?.errors).toEqual([
    { pointer: "/seats", detail: "Choisissez au moins une séance." },
  ]);
});

test("a full session is named on itself, with what to do next", () => {
  const problem = inForm(refused({ sessions: ["table"] }), [...seats], fr.registration);
  expect(problem?.errors).toEqual([
    { pointer: "/seats/table", detail: fr.registration.fullDetail },
  ]);
});

test("an overlap is told to people, not to programs", () => {
  const problem = inForm(
    refused({ type: "/problems/sessions-overlap" }),
    [...seats],
    fr.registration,
  );
  expect(isClash(problem)).toBe(true);
  expect(problem?.detail).not.toContain("if_full");
});

test("an unticked box is a no, and knowing of an overlap is said once or ticked", () => {
  const data = new FormData();
  data.set("promote_until_hours", "24");
  expect(wishesOf({ table: "online" }, data, false)).toEqual({
    seats: [{ session: "table", mode: "online" }],
    if_full: "refuse",
    online_meanwhile: false,
    promote_until_hours: 24,
    together: false,
    overlaps_accepted: false,
  });
  expect(wishesOf({}, data, true).overlaps_accepted).toBe(true);
  data.set("overlaps_accepted", "on");
  expect(wishesOf({}, data, false).overlaps_accepted).toBe(true);
});
