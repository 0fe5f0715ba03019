import type { Locale } from "./locale.ts";
import type { Messages } from "./messages.ts";

/** Fetches the one catalogue that this document needs. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  return locale === "en" ? (await import("./en.ts")).en : (await import("./fr.ts")).fr;
}
