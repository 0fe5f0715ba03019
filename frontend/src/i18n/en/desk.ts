import type { Messages } from "../messages.ts";
import { pluralOf } from "../plural.ts";

const plural = pluralOf("en");

export const desk: Messages["desk"] = {
  lead: "Seats, requests and people. Whoever looks at the people is noted in the journal.",
  places: "Where to go from here",
  page: "The public page",
  welcome: "Check-in",
  seats: {
    title: "Seats",
    session: "Session",
    mode: "Mode",
    taken: "Taken",
    waiting: "Waiting",
    none: "No session of this stop takes registrations.",
    of: (taken, capacity) => `${taken} of ${capacity}`,
  },
  requests: {
    title: "Requests to answer",
    none: "No request is waiting for an answer.",
    accept: "Accept",
    acceptOne: (name, session) => `Accept ${name} at ${session}`,
    refuse: "Refuse",
    refuseOne: (name, session) => `Refuse ${name} at ${session}`,
    full: "No seat is left. Accept on the waiting list?",
    wait: "Put on the waiting list",
    done: (name) => `The answer to ${name} leaves by e-mail.`,
  },
  day: {
    title: "The day of the stop",
    badges: "Badges (PDF)",
    sheets: "Sheets to sign (PDF)",
    table: "Attendance (CSV)",
  },
  people: {
    title: "People",
    count: (count) => plural(count, { one: "# registration", other: "# registrations" }),
    which: "Show",
    all: "All",
    those: { confirmed: "Confirmed", waiting: "Waiting", requested: "Asking", held: "To confirm" },
    seats: (count) => plural(count, { one: "# session", other: "# sessions" }),
    none: "Nobody, for the moment.",
    cancelled: "Cancelled",
    bounced: { hard: "mail refused", soft: "mail delayed" },
    unproved: "Address to confirm",
    since: "registered",
    export: "Export as CSV",
    exported: "The export is downloaded. It is noted in the journal.",
  },
};
