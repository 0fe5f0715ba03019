import type { Messages } from "../messages.ts";

export const funding: Messages["funding"] = {
  title: "Calls",
  searchLabel: "Search for a call",
  searchHint: "experimental site, telehealth, health data…",
};
