import type { Messages } from "../messages.ts";

export const tour: Messages["tour"] = {
  title: "The tour",
  map: {
    label: "Map of the stops by region",
    hint: "Choose a region to keep only its stops.",
    everywhere: "All regions",
  },
};
