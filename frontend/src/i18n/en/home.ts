import type { Messages } from "../messages.ts";

export const home: Messages["home"] = {
  title: "Find funding, meet those who run it",
  lead: "Open and coming calls, the exact hour at which they close, and the stops of the tour near you.",
  closing: "Closing soon",
  opening: "Opening soon",
  stops: "Next stops",
  nothingOpen: "No call is open at the moment.",
  nothingAnnounced: "No opening is announced.",
  noStop: "No stop is announced.",
  allOpen: "All open calls",
  allAnnounced: "All announced calls",
  wholeTour: "See the whole tour",
  fiction: "What is marked “fictitious” does not exist: it is there to show what the service does.",
  what: {
    title: "What this is",
    find: (name) =>
      `${name} brings together the calls that fund digital health, with what they pay, what they do not, and the minute at which they close.`,
    meet: "The tour goes from region to region to present these calls: one registers without an account, on site or online.",
    trust:
      "Each figure carries its source; when two sources disagree both are shown, and what nobody states stays “not stated”.",
  },
};
