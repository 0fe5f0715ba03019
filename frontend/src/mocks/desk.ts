/** The desk of a stop, in memory: one need to answer, and the groups that are invited. */
import type { components } from "../api/generated/schema.ts";
import { http, page } from "./http.ts";
import { at } from "./parts.ts";
import { notFound } from "./problems.ts";

type Schemas = components["schemas"];

/** Handlers over a desk of its own, as it stands at `now`. */
export function createDeskHandlers(now: Date, stops: readonly Schemas["StopRead"][]) {
  const groups: Schemas["DelegationRead"][] = [];
  const team = [
    { id: "0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b41", name: "Odile Martin" },
    { id: "0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b42", name: "Paul Renard" },
  ] as const;
  const need: Schemas["NeedLine"] = {
    id: "0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b21",
    name: "Ada Lenoir",
    email: "ada@example.org",
    kind: "sign_language",
    words: "Pour la table ronde",
    state: "requested",
    alternative: null,
    owner: null,
    owner_id: null,
    asked_at: at(now, -2, "09:00"),
    changed_at: at(now, -2, "09:00"),
  };
  return [
    http.get("/api/v1/manage/stops/{slug}/registrations", ({ response }) =>
      response(200).json(page<Schemas["RegistrationLine"]>([])),
    ),
    http.get("/api/v1/manage/stops/{slug}/needs", ({ response }) =>
      response(200).json(page([need])),
    ),
    http.get("/api/v1/manage/stops/{slug}/needs/owners", ({ response }) =>
      response(200).json(page([...team])),
    ),
    http.patch("/api/v1/manage/stops/{slug}/needs/{need}", async ({ request, response }) => {
      const { state, alternative = null, owner } = await request.json();
      const { id, name } = team.find((each) => each.id === owner) ?? team[0];
      const answer = state ? { state, alternative } : {};
      Object.assign(need, { ...answer, owner: name, owner_id: id, changed_at: now.toISOString() });
      return response(204).empty();
    }),
    http.get("/api/v1/manage/stops/{slug}/opinions", ({ response }) =>
      response(200).json({
        ...page([
          {
            id: "0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b31",
            useful: 4,
            missing: "Du temps pour les questions",
            next_step: null,
          },
        ]),
        useful: [0, 0, 0, 1, 0],
      }),
    ),
    http.get("/api/v1/manage/stops/{slug}/delegations", ({ response }) =>
      response(200).json(page(groups)),
    ),
    http.post("/api/v1/manage/stops/{slug}/delegations", async ({ params, request, response }) => {
      const stop = stops.find(({ slug }) => slug === params.slug);
      if (stop === undefined) {
        return response(404).json(notFound);
      }
      const { name, size, together, claim_until, seats } = await request.json();
      const made: Schemas["DelegationRead"] = {
        id: `0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b4${groups.length}`,
        name,
        size,
        together,
        claim_until,
        code: "7Q2M-K9ZD-T4XA",
        claimed: [],
        unclaimed: size,
        stop,
        seats: seats.flatMap(({ session, mode }) =>
          stop.sessions
            .filter(({ slug }) => slug === session)
            .map(({ title, starts_at }) => ({
              session,
              title,
              mode,
              starts_at: starts_at ?? claim_until,
              confirmed: size,
              waiting: 0,
              left: null,
            })),
        ),
      };
      groups.push(made);
      return response(201).json(made);
    }),
    http.delete("/api/v1/manage/stops/{slug}/delegations/{group}", ({ params, response }) => {
      for (const group of groups.filter(({ id }) => id === params.group)) {
        group.unclaimed = 0;
      }
      return response(204).empty();
    }),
  ];
}
