import type { components } from "../api/generated/schema.ts";

type Problem = components["schemas"]["Problem"];

/** A refusal in the API's shape; `type` is its rule. */
export function problem(
  status: number,
  rule: string,
  title: string,
  detail: string,
  errors: Problem["errors"] = [],
): Problem {
  return {
    type: `/problems/${rule}`,
    title,
    status,
    detail,
    request_id: "00000000-0000-4000-8000-000000000000",
    errors,
  };
}

export const notFound = problem(404, "not-found", "Page inconnue", "Rien ne se trouve ici.");
export const linkUnknown = problem(404, "link-unknown", "Lien inconnu", "Ce lien n’ouvre rien.");
export const cancelled = problem(410, "registration-cancelled", "Annulée", "Déjà annulée.");
export const unavailable = problem(503, "unavailable", "Indisponible", "Réessayez.");
