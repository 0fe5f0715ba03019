import type { Messages } from "../messages.ts";
import { pluralOf } from "../plural.ts";

const plural = pluralOf("en");

export const budget: Messages["budget"] = {
  kicker: "Where is the money?",
  question: (amount) => `Where did ${amount} go?`,
  all: "Budgets",
  allLead: "Programme by programme: what is announced, shared out, awarded, and who says so.",
  asOf: "At the end of",
  moments: "A day on which something was said",
  today: "Today",
  whole: "announced",
  parts: "shared out",
  rest: "not broken down",
  wholeUnknown: "No overall amount had been announced by then.",
  picture: "The money, drawn",
  hint: "Each bar begins where the one before ends. The yellow stroke is what is committed or awarded of it. Open a line for its sources.",
  notBrokenDown: "Not broken down",
  notBrokenDownWhy: "No source says what this share is for.",
  excess: (amount) => `The parts exceed the whole by ${amount}: sources contradict each other.`,
  silent: (count) =>
    plural(count, {
      one: "# part had no known amount by then.",
      other: "# parts had no known amount by then.",
    }),
  inferred: "Place inferred, not counted",
  inferredWhy:
    "No source says in which envelope these amounts belong: they are not added to the others.",
  aside: "This call draws on the same envelope: it is not added to its parts.",
  differ: "Where sources differ",
  otherCalls: "Calls whose envelope is not stated",
  within: "Within",
  undated: (count) =>
    plural(count, {
      one: "# figure without a date is only shown for today.",
      other: "# figures without a date are only shown for today.",
    }),
  noFigure: "No amount had been announced by then.",
  payers: "Who pays",
  kinds: { allocated: "Allocated", committed: "Committed", awarded: "Awarded", paid: "Paid" },
  left: "Left",
  onDay: (day) => `on ${day}`,
  lump: (amount) => `of which ${amount} not broken down`,
  awards: (count) => plural(count, { one: "# award published", other: "# awards published" }),
  withoutAmount: (count) =>
    plural(count, { one: "# without an amount", other: "# without an amount" }),
  whyUnsaid: "why?",
  unsaid: {
    competitive: "A competitive call: what is awarded is told, not what is left.",
    allocated_not_stated: "What is left is not known: the amount allocated is not stated.",
    committed_not_stated: "What is left is not known: what is committed is not stated.",
    over_committed: "Known commitments exceed the amount allocated: sources contradict each other.",
  },
  wave: (rank) => `wave ${rank}`,
  table: "The table",
  thing: "Line",
  stated: "Announced",
  csv: "Download the table (CSV, in cents)",
  file: (slug, day) => `budget-${slug}-${day}.csv`,
  ledger: "The ledger",
  ledgerLead: "Nothing is erased in it: an entry that no longer holds is reversed by another one.",
  ledgerEmpty: "No entry by that day.",
  reverses: "reverses an entry",
  reversed: "reversed",
  more: "Show more",
  dates:
    "A month counts from its last day, a figure without a date from the day on which its source was published.",
  programme: (name) => `The whole budget: ${name}`,
  ofCall: "The money of the call, to date",
};
