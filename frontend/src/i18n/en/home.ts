import type { Messages } from "../messages.ts";

export const home: Messages["home"] = {
  title: "Find funding, meet those who run it",
  lead: "Open and coming calls, the exact hour at which they close, and the stops of the tour near you.",
};
