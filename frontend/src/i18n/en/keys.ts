import type { Messages } from "../messages.ts";
import { pluralOf } from "../plural.ts";

const plural = pluralOf("en");

export const keys: Messages["team"]["keys"] = {
  title: "My API keys",
  lead: "A key acts for you: it does what its rights say, and never more than your roles.",
  label: "API keys",
  none: "No key.",
  make: "Make a key",
  name: "What this key is for",
  nameHint: "To tell it from others: “Import of calls”.",
  scopes: "Rights",
  days: "Duration",
  dayCount: (count) => plural(count, { one: "# day", other: "# days" }),
  ends: "until",
  created: "made",
  used: "used",
  neverUsed: "never used",
  states: { works: "In service", rotated: "Replaced", expired: "Expired", revoked: "Revoked" },
  scopeNames: {
    read: "Read what is published, with a quota of one’s own",
    "manage:directory": "Write sources and the directory",
    "manage:funding": "Write calls, programmes and their budgets",
    "manage:tour": "Write tours and stops",
  },
  revoke: "Revoke",
  revokeOne: (name) => `Revoke ${name}`,
  revokeTitle: "Revoke this key?",
  revokeDetail: (name) => `“${name}” will open nothing any more, in less than a second.`,
  shown: {
    title: "Your key",
    lead: "It will never be shown again: keep it now, in a safe place.",
    use: "To be sent in the header of each request:",
    gone: "This key was shown already. Revoke it, and make another.",
    copy: "Copy the key",
    copied: "Copied.",
    byHand: "The key, to be copied",
    done: "It is safe",
  },
};
