import type { Messages } from "../messages.ts";
import { pluralOf } from "../plural.ts";

const plural = pluralOf("en");

export const deadlines: Messages["deadlines"] = {
  title: "Calendar of deadlines",
  lead: "Every closing date, with its hour where it is known.",
  count: (count) => plural(count, { one: "# deadline", other: "# deadlines" }),
  coming: "To come",
  past: "Show past deadlines too",
  onlyComing: "Keep the coming ones only",
  more: "Show more",
  feed: "Follow the calls by Atom",
  none: {
    title: "No coming deadline answers all of that",
    detail: "Widen the filters, or look at the past ones too.",
    all: "All coming deadlines",
  },
  timeline: {
    title: "The timeline",
    hint: "From the opening to the closing of each wave. Each row leads to its call.",
    span: (from, to) => `from ${from} to ${to}`,
    today: "Today",
  },
  table: {
    file: "closings",
    call: "Call",
    wave: "Wave",
    opens: "Opening",
    closes: "Closing",
    state: "State",
  },
  list: "The list",
  endless: {
    title: "Without a closing date",
    lead: "Taking applications as they come, permanent, or open without a stated closing.",
    rolling: "As they come",
    unstated: "Closing not stated",
  },
  calls: "These calls as a list",
  opened: "opens",
  subscribe: {
    title: "In your calendar",
    lead: "Subscribe once: when a date moves here, it moves there. The subscription follows the filters of this page.",
    one: "Subscribe once: when a date of this call moves here, it moves there.",
    add: "Add to my calendar",
    short: "Calendar",
    open: "Subscribe",
    file: "Download the file",
  },
};
