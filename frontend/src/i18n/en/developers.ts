import type { Messages } from "../messages.ts";
import { pluralOf } from "../plural.ts";

const plural = pluralOf("en");

export const developers: Messages["developers"] = {
  title: "For developers",
  lead: "Everything that these pages show comes from one open, documented API. Reuse it; no account is needed.",
  begin: "Begin",
  beginLabel: "A first command",
  document: "The document that your tools read:",
  all: "Every operation",
  pick: "Search the operations",
  count: (count) => plural(count, { one: "# operation", other: "# operations" }),
  none: "No operation has all these words.",
  unknown: "No operation has that name",
  back: "Every operation",
  call: "How to call it",
  who: "Who may call it",
  parameters: "Parameters",
  places: { path: "path", query: "query", header: "header" },
  body: "Request body",
  answers: "Answers",
  refusals: "Refusals",
  refusalsLead: "Every refusal is a problem (RFC 9457): rely on its type, never on its words.",
  required: "required",
  example: "Example:",
  seeExample: "See a real example",
  leadsTo: "Leads to:",
  copy: "Copy",
  copied: "Copied.",
  policy: {
    anybody: "Open to all",
    team: "Team",
    teamOrKey: "Team or key",
    levels: {
      anybody: "Anybody, without an account or a key.",
      mailed: "A member of the team whose address is proved.",
      signed_in: "A member of the team, signed in with their second factor.",
      fresh: "A member of the team who has just confirmed that it is them.",
    },
    roles: "One of these roles:",
    own: "for what is theirs",
    key: "Or an API key with the scope",
    keyForMore: "An API key allows more calls, with the scope",
  },
};
