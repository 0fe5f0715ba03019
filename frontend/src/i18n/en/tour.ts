import type { Messages } from "../messages.ts";
import { pluralOf } from "../plural.ts";

const plural = pluralOf("en");

export const tour: Messages["tour"] = {
  title: "The tour",
  none: { title: "No tour announced", detail: "The next one will be here as soon as it is known." },
  map: {
    label: "Map of the stops by region",
    hint: "Choose a region to keep only its stops.",
    everywhere: "All regions",
  },
  edition: (rank) => (rank === 1 ? "First edition" : `Edition ${rank}`),
  span: (from, to) => `from ${from} to ${to}`,
  purposes: "Why this tour",
  stops: (count) => plural(count, { one: "One stop", other: "The # stops" }),
  figures: "What the sources say of it",
  figuresHint: "Totals as their sources state them; they are not counted again here.",
  road: "The road of the tour",
  today: "Today",
  table: { stop: "Stop", days: "Days", region: "Region", cities: "Places", title: "Theme" },
  otherEditions: "Other editions",
  sources: "Sources",
  rank: (rank, count) => (count === null ? `stop ${rank}` : `stop ${rank} of ${count}`),
  regionInferred: (stops) => `Region inferred from the places, not named by the sources: ${stops}.`,
  hourNotStated: "hour not stated",
  stop: {
    brief: {
      free: (free, all) =>
        free === all
          ? plural(all, { one: "places left", other: "places left in all # sessions" })
          : `places left in ${free} of ${all} sessions`,
      full: (all) => plural(all, { one: "full", other: "full in all # sessions" }),
      next: "Next session",
      presented: (count) =>
        plural(count, { one: "one call presented", other: "# calls presented" }),
      accessSaid: "Getting there, and how accessible it is",
      directions: "Getting there",
    },
    programme: "Programme",
    noProgramme: "The programme is not known yet.",
    hoursNotStated: "The hours are not stated.",
    dayUnknown: "Day not stated",
    parallel: "At the same time",
    themes: "What it is about",
    calls: "Calls presented here",
    venues: "Getting there",
    noDirections: "Directions not stated",
    accessibility: "Accessibility",
    hosts: "Who hosts",
    contact: "A question?",
    counted: {
      title: "Counted here, from registrations",
      registered: "Registered",
      confirmed: "With a place",
      arrived: "Came",
    },
    figures: "Figures",
    followUp: "What follows",
    sessions: (count) => plural(count, { one: "# session", other: "# sessions" }),
    access: {
      open: (count) => `${count} open to all`,
      on_request: (count) => `${count} on request`,
      invited: (count) => `${count} by invitation`,
      delegation: (count) => `${count} for the delegation only`,
    },
    allOpen: "Everything is open to all",
    previous: "Previous stop",
    next: "Next stop",
  },
  session: {
    moderates: "moderator",
    identity: "Identity document required",
    listCloses: "The list closes",
    listClosed: "The list closed",
    replay: "Watch the session again",
    chapters: "Chapters of the replay",
    documents: "Documents of the session",
    replayUnlinked: "Recorded; the source gives no link",
    several: (count) => `${count} sessions under this title`,
    where: "Place not stated",
    calls: "Calls concerned:",
    speakers: "Speakers",
    pick: "Register",
    waitFor: { on_site: "Wait for a seat on site", online: "Wait for a seat online" },
  },
};
