import type { Messages } from "../messages.ts";

export const errors: Messages["errors"] = {
  notFound: {
    title: "This page does not exist",
    detail: "The address may be incomplete, or the page has changed its name.",
    home: "Back to the home page",
    calls: "Search for a call",
  },
  unreachable: {
    title: "The service does not answer",
    detail: "Check your connection, then try again. Nothing that you typed is lost.",
  },
  unexpected: {
    title: "Something went wrong",
    detail: "The fault is ours. Try again in a moment.",
  },
};
