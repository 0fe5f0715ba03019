import type { Messages } from "../messages.ts";

export const dates: Messages["dates"] = {
  hourNotStated: "hour not stated",
  after: (day) => `after ${day}`,
  now: "now",
  zones: {
    "America/Cayenne": "French Guiana time",
    "America/Guadeloupe": "Guadeloupe time",
    "America/Martinique": "Martinique time",
    "Indian/Mayotte": "Mayotte time",
    "Indian/Reunion": "Réunion time",
  },
  zone: (city) => `${city} time`,
  duration: (hours, minutes) =>
    [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`].filter(Boolean).join(" "),
  range: (from, to) => `${from} to ${to}`,
  daysNotStated: "date not stated",
};
