import type { Messages } from "../messages.ts";

export const found: Messages["found"] = {
  alsoSearched: (typed, others) => `“${typed}”: also searched ${others}.`,
  readAs: (typed, words) => `“${typed}”: read as ${words}.`,
  nothing: "No call answers all of this",
  otherWords: "Try other words: an acronym, a trade, a place.",
  widen: "What would show more:",
  none: "No call has all these words.",
  withoutFilter: (label, count) => `Without the filter “${label}”: ${count}`,
  withoutWords: (words, count) => `Without “${words}”: ${count}`,
  all: "See all calls",
  why: {
    quoted: (word) => `“${word}”`,
    taken: (typed, taken, place) => `“${typed}” read as “${taken}”, found in ${place}`,
    found: (typed, place) => `“${typed}” found in ${place}`,
    missing: (words) => `lacks ${words}`,
    places: {
      name: "the title",
      promise: "the summary",
      kind: "the kind of call",
      theme: "the themes",
      applicant: "who may apply",
      region: "the region",
      aid: "the form of aid",
      operator: "the operator",
      body: "the details",
    },
  },
};
