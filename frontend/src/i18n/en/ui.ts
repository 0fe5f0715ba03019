import type { Messages } from "../messages.ts";
import { pluralOf } from "../plural.ts";

const plural = pluralOf("en");

export const ui: Messages["ui"] = {
  close: "Close",
  search: "Search",
  retry: "Try again",
  optional: "optional",
  choose: "Choose…",
  sending: "Sending…",
  loading: "Loading…",
  suggestions: "Suggestions",
  suggestionCount: (count) =>
    plural(count, {
      one: "# suggestion, arrow down to reach it",
      other: "# suggestions, arrow down to reach them",
    }),
  removeFilter: (label) => `Remove the filter: ${label}`,
  fictitiousLabel: "Demonstration",
  fictitious: "Fictitious edition, to discover the service: nothing below exists.",
  notStated: "not stated",
  percent: (value) => `${value}%`,
  sources: (count) => plural(count, { one: "# source", other: "# sources" }),
  routeLine: { past: "past", now: "now", next: "to come", coming: "announced" },
  money: {
    between: (min, max) => `${min} to ${max}`,
    from: (min) => `from ${min}`,
    upTo: (max) => `up to ${max}`,
  },
  seats: {
    left: (free, capacity) =>
      `${plural(free, { one: "# seat", other: "# seats" })} left of ${capacity}`,
    full: "full",
    unlimited: "no limit",
    waiting: (count) => `${count} waiting`,
  },
  formErrors: (count) =>
    plural(count, { one: "One thing to correct", other: "# things to correct" }),
  requestId: (id) => `Reference to quote: ${id}`,
};
