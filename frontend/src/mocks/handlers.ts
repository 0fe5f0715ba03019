/**
 * The API in memory, typed by its contract: for component tests, and for `MOCKS=1 npm run dev` without a server.
 * Sentinels: the address `panne@…` meets a 503, whatever is not known a 404, a full session its refusal or its rank.
 */
import contract from "../../../openapi.json";
import type { components } from "../api/generated/schema.ts";
import { awardHandlers } from "./awards.ts";
import { createBudgetHandlers } from "./budgets.ts";
import { createCallHandlers } from "./call-handlers.ts";
import { createDeskHandlers } from "./desk.ts";
import { http, page } from "./http.ts";
import { source } from "./parts.ts";
import { createPeopleHandlers, unread } from "./people.ts";
import { cancelled, linkUnknown, notFound, unavailable } from "./problems.ts";
import { judge, seatsOf, switched } from "./registrations.ts";
import { createStops, tourOf } from "./samples.ts";
import { createTeamHandlers } from "./team.ts";

type Schemas = components["schemas"];

/** The secret of the nth registration: as long as a real one. */
export function tokenOf(rank: number): string {
  return `mock${String(rank).padStart(39, "0")}`;
}

/** Handlers over tables of their own, as they stand at `now`. */
export function createHandlers(now: Date) {
  const stops = createStops(now);
  const tour = tourOf(stops);
  const registrations: Schemas["RegistrationRead"][] = [];
  const letters: Schemas["LetterRead"][] = [];
  const erased = new Set<string>();
  const kept = new Map<string, Schemas["RegistrationOutcome"]>();

  function byToken(token: string) {
    return registrations.find((_, at) => tokenOf(at + 1) === token && !erased.has(token));
  }

  function send(recipient: string, subject: string, text: string) {
    const id = letters.length + 1;
    const letter = { id, sent_at: now.toISOString(), recipient, subject, has_calendar: true };
    letters.unshift({ ...letter, text });
  }

  return [
    http.get("/api/v1/tours", ({ response }) => response(200).json(page([tour]))),
    http.get("/api/v1/tours/{slug}", ({ params, response }) =>
      params.slug === tour.slug ? response(200).json(tour) : response(404).json(notFound),
    ),
    http.get("/api/v1/stops", ({ response }) => response(200).json(page(stops))),
    http.get("/api/v1/stops/{slug}", ({ params, response }) => {
      const stop = stops.find(({ slug }) => slug === params.slug);
      return stop === undefined ? response(404).json(notFound) : response(200).json(stop);
    }),
    http.get("/api/v1/sources", ({ response }) => response(200).json(page([source]))),
    ...createBudgetHandlers(now),
    ...createCallHandlers(now, stops),
    ...awardHandlers,
    ...createTeamHandlers(now, stops),
    ...createDeskHandlers(now, stops),
    ...createPeopleHandlers(now, byToken, (token) => erased.add(token)),

    http.post(
      "/api/v1/stops/{slug}/registrations",
      async ({ params, query, request, response }) => {
        const stop = stops.find(({ slug }) => slug === params.slug);
        const body = await request.json();
        const key = request.headers.get("Idempotency-Key");
        const before = key === null ? undefined : kept.get(key);
        if (stop === undefined) {
          return response(404).json(notFound);
        }
        if (body.email.startsWith("panne@")) {
          return response(503).json(unavailable);
        }
        if (before !== undefined) {
          return response(201).json(before);
        }
        const simulated = query.get("simulate") === "true";
        const refused = simulated ? null : unread(body);
        if (refused !== null) {
          return response(409).json(refused);
        }
        const judged = judge(stop, body, simulated);
        if ("refusal" in judged) {
          return judged.refusal.status === 422
            ? response(422).json(judged.refusal)
            : response(409).json(judged.refusal);
        }
        if (simulated) {
          return response(200).json(judged.outcome);
        }
        if (key !== null) {
          kept.set(key, judged.outcome);
        }
        registrations.push({
          name: body.name,
          email: body.email,
          organisation: body.organisation ?? null,
          language: body.language,
          online_meanwhile: body.online_meanwhile,
          promote_until_hours: body.promote_until_hours,
          together: body.together,
          needs_proof: false,
          cancelled_at: null,
          changeable: true,
          stop,
          seats: seatsOf(stop, judged.outcome),
        });
        const link = new URL(`/inscription/${tokenOf(registrations.length)}`, request.url).href;
        send(body.email, `Votre inscription : ${stop.name.fr}`, `Changer ou annuler : ${link}.`);
        return response(201).json(judged.outcome);
      },
    ),
    http.get("/api/v1/registrations/{token}", ({ params, response }) => {
      const found = byToken(params.token);
      return found === undefined ? response(404).json(linkUnknown) : response(200).json(found);
    }),
    http.patch("/api/v1/registrations/{token}", async ({ params, request, response }) => {
      const found = byToken(params.token);
      const stop = stops.find(({ slug }) => slug === found?.stop.slug);
      if (found === undefined || stop === undefined) {
        return response(404).json(linkUnknown);
      }
      if (found.cancelled_at !== null) {
        return response(410).json(cancelled);
      }
      const change = await request.json();
      const judged = judge(stop, change, false);
      if ("refusal" in judged) {
        return judged.refusal.status === 422
          ? response(422).json(judged.refusal)
          : response(409).json(judged.refusal);
      }
      found.seats = seatsOf(stop, judged.outcome);
      found.name = change.name ?? found.name;
      found.organisation = change.organisation ?? found.organisation;
      found.language = change.language ?? found.language;
      return response(200).json(judged.outcome);
    }),
    http.post(
      "/api/v1/registrations/{token}/seats/{slug}/switch",
      async ({ params, request, response }) => {
        const found = byToken(params.token);
        const stop = stops.find(({ slug }) => slug === found?.stop.slug);
        if (found === undefined || stop === undefined) {
          return response(404).json(linkUnknown);
        }
        const { mode } = await request.json();
        const judged = judge(stop, switched(found, params.slug, mode), false);
        if ("refusal" in judged) {
          return response(409).json(judged.refusal);
        }
        found.seats = seatsOf(stop, judged.outcome);
        return response(200).json(judged.outcome);
      },
    ),
    http.get("/api/v1/registrations/{token}/delegations", ({ response }) =>
      response(200).json(page<Schemas["DelegationRead"]>([])),
    ),
    http.get("/api/v1/registrations/{token}/transfer", ({ response }) =>
      response(200).json({ offered: null }),
    ),
    http.delete("/api/v1/registrations/{token}", ({ params, response }) => {
      const found = byToken(params.token);
      if (found === undefined) {
        return response(404).json(linkUnknown);
      }
      if (found.cancelled_at !== null) {
        return response(410).json(cancelled);
      }
      found.cancelled_at = now.toISOString();
      return response(204).empty();
    }),
    http.get("/api/v1/openapi.json", ({ response }) => response(200).json(contract)),
    http.get("/api/v1/demo/letters", ({ response }) => response(200).json(page(letters))),
  ];
}
