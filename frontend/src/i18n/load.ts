import { use } from "react";
import type { Locale } from "./locale.ts";
import type { Messages, Room } from "./messages.ts";

type Catalogue = { common: () => Promise<Omit<Messages, Room>> } & {
  [Name in Room]: () => Promise<Messages[Name]>;
};

const CATALOGUES: Record<Locale, Catalogue> = {
  fr: {
    common: async () => (await import("./fr/common.ts")).common,
    budget: async () => (await import("./fr/budget.ts")).budget,
    call: async () => (await import("./fr/call.ts")).call,
    deadlines: async () => (await import("./fr/deadlines.ts")).deadlines,
    developers: async () => (await import("./fr/developers.ts")).developers,
    figures: async () => (await import("./fr/figures.ts")).figures,
    registration: async () => (await import("./fr/registration.ts")).registration,
    structure: async () => (await import("./fr/structure.ts")).structure,
    team: async () => (await import("./fr/team.ts")).team,
    tour: async () => (await import("./fr/tour.ts")).tour,
  },
  en: {
    common: async () => (await import("./en/common.ts")).common,
    budget: async () => (await import("./en/budget.ts")).budget,
    call: async () => (await import("./en/call.ts")).call,
    deadlines: async () => (await import("./en/deadlines.ts")).deadlines,
    developers: async () => (await import("./en/developers.ts")).developers,
    figures: async () => (await import("./en/figures.ts")).figures,
    registration: async () => (await import("./en/registration.ts")).registration,
    structure: async () => (await import("./en/structure.ts")).structure,
    team: async () => (await import("./en/team.ts")).team,
    tour: async () => (await import("./en/tour.ts")).tour,
  },
};

/** A language's sentences, and the way to fetch those of a room before its page is drawn. */
export type Speech = {
  messages: Messages;
  learn: (...rooms: readonly Room[]) => Promise<unknown>;
};

/** Words to come: whoever reads them too early waits, as for any data that a page suspends on. */
function promised<Words>(load: () => Promise<Words>) {
  let words: Words | undefined;
  let coming: Promise<Words> | undefined;
  const fetch = () => (coming ??= load().then((loaded) => (words = loaded)));
  return { fetch, useWords: () => words ?? use(fetch()) };
}

/** Fetches the one language that this document needs; of that, first what every page says. */
export async function loadMessages(locale: Locale): Promise<Speech> {
  const { common, ...rooms } = CATALOGUES[locale];
  const budget = promised(rooms.budget);
  const call = promised(rooms.call);
  const deadlines = promised(rooms.deadlines);
  const developers = promised(rooms.developers);
  const figures = promised(rooms.figures);
  const registration = promised(rooms.registration);
  const structure = promised(rooms.structure);
  const team = promised(rooms.team);
  const tour = promised(rooms.tour);
  return {
    messages: {
      ...(await common()),
      get budget() {
        return budget.useWords();
      },
      get call() {
        return call.useWords();
      },
      get deadlines() {
        return deadlines.useWords();
      },
      get developers() {
        return developers.useWords();
      },
      get figures() {
        return figures.useWords();
      },
      get registration() {
        return registration.useWords();
      },
      get structure() {
        return structure.useWords();
      },
      get team() {
        return team.useWords();
      },
      get tour() {
        return tour.useWords();
      },
    },
    learn: (...names) =>
      Promise.all(
        names.map((name) =>
          ({ budget, call, deadlines, developers, figures, registration, structure, team, tour })[
            name
          ].fetch(),
        ),
      ),
  };
}
