import type { Messages } from "../messages.ts";

export const shell: Messages["shell"] = {
  name: "Étape",
  promise: "Public money, its stops and its answers",
  skip: "Skip to content",
  menu: "Menu",
  navigation: "Main navigation",
  calls: "Calls",
  deadlines: "Calendar",
  awards: "Laureates",
  tour: "The tour",
  budgets: "Budgets",
  developers: "For developers",
  theme: { toDark: "Switch to dark", toLight: "Switch to light" },
  otherLanguage: { code: "FR", label: "Lire cette page en français" },
  sources: "Every figure carries its source.",
  free: "Free software, without trackers or third-party resources.",
  privacy: "Your data",
  accessibility: "Accessibility",
  legal: "Legal notice",
  contact: "Contact",
  team: "Team space",
};
