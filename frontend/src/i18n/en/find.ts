import type { Messages } from "../messages.ts";

export const find: Messages["find"] = {
  label: "Search for a call, a stop, a session",
  hint: "test site, telehealth…",
  fictitious: "fictitious",
  nouns: {
    call: "Call",
    question: "Question",
    stop: "Stop of the tour",
    session: "Session of a stop",
  },
};
