/**
 * The team and its door, in memory. Nobody is signed in at first. Sentinels: the mailed code `7K3M-9QZD`, the link
 * `mock…`, the app's code `492039`; a proof is old as soon as one is in, so that the first grave act asks for another.
 */
import type { components } from "../api/generated/schema.ts";
import { http, page } from "./http.ts";
import { at } from "./parts.ts";
import { problem } from "./problems.ts";

type Schemas = components["schemas"];

/** What opens the mocked door. */
export const MAILED_CODE = "7K3M-9QZD";
export const MAILED_LINK = "mock-link";
export const APP_CODE = "492039";
export const INVITATION = "mock-invitation";

const nobody = problem(401, "unauthenticated", "Connexion nécessaire", "Connectez-vous.");
const stale = problem(403, "fresh-proof-needed", "Confirmation nécessaire", "Rien n’a été fait.");
const refused = problem(403, "code-refused", "Code refusé", "Ce code n’ouvre rien.");
const unknown = problem(404, "invitation-unknown", "Invitation inconnue", "Ce lien n’ouvre rien.");

const member: Schemas["MemberRef"] = {
  id: "0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b11",
  name: "Odile Martin",
  email: "odile@etape.example",
  language: "fr",
};

/** Handlers over a team of their own, as it stands at `now`. */
export function createTeamHandlers(now: Date, stops: readonly Schemas["StopRead"][]) {
  let level: Schemas["Me"]["level"] | null = null;
  const roles: Schemas["GrantContent"][] = [{ role: "coordinator", stop: null }];
  const second_factors = { passkeys: 0, authenticator: true, recovery_codes: 9 };
  const invitations: Schemas["InvitationRead"][] = [];
  const members: Schemas["MemberRead"][] = [
    {
      ...member,
      roles,
      second_factors: 1,
      created_at: at(now, -90, "09:00"),
      disabled_at: null,
    },
  ];
  const changed = { changed_at: at(now, -1, "09:00"), version: 1 };

  return [
    http.get("/api/v1/sign-in/methods", ({ response }) =>
      response(200).json({ mail: true, provider: "Fournisseur d’essai" }),
    ),
    http.post("/api/v1/sign-in", ({ response }) =>
      response(202).json({ expires_at: new Date(now.getTime() + 600_000).toISOString() }),
    ),
    http.post("/api/v1/sign-in/proof", async ({ request, response }) => {
      const { code, token } = await request.json();
      if (code !== MAILED_CODE && token !== MAILED_LINK) {
        return response(403).json(refused);
      }
      level = "mailed";
      return response(204).empty();
    }),
    http.post("/api/v1/sign-in/passkey/options", ({ response }) =>
      response(200).json({ options: { challenge: "bW9jaw", rpId: "localhost" } }),
    ),
    http.get("/api/v1/me", ({ response }) =>
      level === null
        ? response(401).json(nobody)
        : response(200).json({ member, level, fresh_until: null, roles, second_factors }),
    ),
    http.post("/api/v1/me/proofs", async ({ request, response }) => {
      const proof = await request.json();
      if (proof.kind !== "authenticator" || proof.code !== APP_CODE) {
        return response(403).json(refused);
      }
      level = level === "mailed" ? "signed_in" : "fresh";
      return response(204).empty();
    }),
    http.post("/api/v1/invitations/open", async ({ request, response }) => {
      const { token } = await request.json();
      return token === INVITATION
        ? response(200).json({
            kind: "invitation",
            name: member.name,
            email: member.email,
            roles,
            expires_at: at(now, 7, "09:00"),
          })
        : response(404).json(unknown);
    }),
    http.post("/api/v1/invitations/accept", ({ response }) => {
      second_factors.authenticator = false;
      level = "mailed";
      return response(204).empty();
    }),
    http.get("/api/v1/manage/calls", ({ response }) =>
      response(200).json(
        page([
          {
            ...changed,
            slug: "terrains",
            title: "Terrains d’essai",
            is_published: true,
            has_draft: true,
            changed_by: `member:${member.id}`,
          },
        ]),
      ),
    ),
    http.get("/api/v1/manage/stops", ({ response }) =>
      response(200).json(
        page(
          stops.map(({ slug, name }) => ({
            ...changed,
            slug,
            title: name.fr,
            is_published: true,
            has_draft: false,
            changed_by: "demo",
          })),
        ),
      ),
    ),
    http.get("/api/v1/manage/members", ({ response }) => response(200).json(page(members))),
    http.get("/api/v1/manage/invitations", ({ response }) => response(200).json(page(invitations))),
    http.post("/api/v1/manage/invitations", async ({ request, response }) => {
      if (level !== "fresh") {
        return response(403).json(stale);
      }
      const { name, email, roles: wanted, language } = await request.json();
      const invitation: Schemas["InvitationRead"] = {
        id: `00000000-0000-4000-8000-${String(invitations.length + 1).padStart(12, "0")}`,
        name,
        email,
        roles: wanted.map(({ role, stop }) => ({ role, stop: stop ?? null })),
        language,
        created_at: now.toISOString(),
        expires_at: at(now, 7, "09:00"),
      };
      invitations.push(invitation);
      return response(201).json(invitation);
    }),
    http.get("/api/v1/manage/journal", ({ query, response }) => {
      const entry: Schemas["JournalEntry"] = {
        position: 1,
        recorded_at: at(now, 0, "07:00"),
        actor: `member:${member.id}`,
        actor_name: member.name,
        noun: "member",
        slug: null,
        act: "signed_in",
        sentence: `${member.name} s’est connecté.`,
        changes: [],
      };
      return response(200).json(
        page([entry].filter(({ noun }) => (query.get("noun") ?? noun) === noun)),
      );
    }),
  ];
}
