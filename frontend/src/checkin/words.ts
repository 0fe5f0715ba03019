import { createContext, useContext } from "react";
import type { CheckinWords } from "#i18n/fr/checkin.ts";

const Words = createContext<CheckinWords | null>(null);

/** Gives the sentences of this document to what is in it. */
export const WordsProvider = Words.Provider;

/** What is said at the door, in the language of the page. */
export function useWords(): CheckinWords {
  const words = useContext(Words);
  if (words === null) {
    throw new Error("useWords is called outside WordsProvider");
  }
  return words;
}
