/** Whose site it is, and people’s data: the notice, what they need, what is held about them, and lost links. */
import type { components } from "../api/generated/schema.ts";
import { http } from "./http.ts";
import { linkUnknown, problem } from "./problems.ts";

type Schemas = components["schemas"];

const NOTICE_VERSION = "0123456789ab";

function item(fr: string): Schemas["Localized"] {
  return { fr, en: null };
}

const notice: Schemas["NoticeRead"] = {
  controller: item("Agence Azimut (inventée)."),
  protection_officer: item("dpo@azimut.example"),
  purposes: item("Vous garder une place."),
  legal_basis: item("Une mission d’intérêt public."),
  recipients: item("L’équipe de l’étape."),
  retention: item("90 jours après l’étape."),
  rights: item("Lire, corriger, emporter et effacer."),
  complaint: item("La CNIL."),
  obligation: item("Le nom et l’adresse."),
  transfers: null,
  fictitious: true,
  version: NOTICE_VERSION,
  missing: [],
};

const site: Schemas["SiteRead"] = {
  name: "Étape",
  publisher: item("Agence Azimut (inventée)."),
  director: null,
  host: null,
  contact: { email: "contact@azimut.example", telephone: null },
  accessibility: { conformity: null, audit: null, gaps: null, complaint: null },
  fictitious: true,
  logo: null,
  stylesheet: null,
  missing: ["director", "host"],
};

/** Why nobody is registered who did not read the notice; null for who did. */
export function unread(body: { consent?: string | null }): Schemas["Problem"] | null {
  const detail = "Cochez que vous avez lu la notice.";
  const errors = [{ pointer: "/consent", detail }];
  return body.consent === NOTICE_VERSION
    ? null
    : problem(409, "consent-needed", "Notice à lire", detail, errors);
}

/** Handlers for the people whom `byToken` knows and `forget` erases. */
export function createPeopleHandlers(
  now: Date,
  byToken: (token: string) => Schemas["RegistrationRead"] | undefined,
  forget: (token: string) => void,
) {
  const needs: Schemas["NeedRead"][] = [];
  const at = now.toISOString();
  return [
    http.get("/api/v1/site", ({ response }) => response(200).json(site)),
    http.get("/api/v1/privacy-notice", ({ response }) => response(200).json(notice)),
    http.post("/api/v1/registrations/lost-link", ({ response }) => response(204).empty()),
    http.get("/api/v1/registrations/{token}/needs", ({ params, response }) =>
      byToken(params.token) === undefined
        ? response(404).json(linkUnknown)
        : response(200).json({ needs }),
    ),
    http.post("/api/v1/registrations/{token}/needs", async ({ request, response }) => {
      const { kind, words = null } = await request.json();
      const id = `0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b0${needs.length}`;
      const asked = { state: "requested" as const, alternative: null, owner: null };
      needs.push({ id, kind, words, ...asked, asked_at: at, changed_at: at });
      return response(201).json({ id });
    }),
    http.delete("/api/v1/registrations/{token}/needs/{need}", ({ params, response }) => {
      needs.splice(
        needs.findIndex(({ id }) => id === params.need),
        1,
      );
      return response(204).empty();
    }),
    http.get("/api/v1/registrations/{token}/data", ({ params, response }) => {
      const found = byToken(params.token);
      return found === undefined
        ? response(404).json(linkUnknown)
        : response(200).json({
            stop: found.stop.slug,
            told_at: at,
            erased_after: "2027-03-15",
            held: {},
          });
    }),
    http.delete("/api/v1/registrations/{token}/data", ({ params, response }) => {
      forget(params.token);
      return response(204).empty();
    }),
  ];
}
