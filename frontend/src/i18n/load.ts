import { use } from "react";
import type { Locale } from "./locale.ts";
import type { Messages, Room } from "./messages.ts";

type Catalogue = { common: () => Promise<{ common: Omit<Messages, Room> }> } & {
  [Name in Room]: () => Promise<{ [Same in Name]: Messages[Name] }>;
};

const CATALOGUES: Record<Locale, Catalogue> = {
  fr: {
    common: () => import("./fr/common.ts"),
    awards: () => import("./fr/awards.ts"),
    budget: () => import("./fr/budget.ts"),
    call: () => import("./fr/call.ts"),
    deadlines: () => import("./fr/deadlines.ts"),
    desk: () => import("./fr/desk.ts"),
    developers: () => import("./fr/developers.ts"),
    figures: () => import("./fr/figures.ts"),
    home: () => import("./fr/home.ts"),
    palette: () => import("./fr/palette.ts"),
    registration: () => import("./fr/registration.ts"),
    site: () => import("./fr/site.ts"),
    structure: () => import("./fr/structure.ts"),
    team: () => import("./fr/team.ts"),
    tour: () => import("./fr/tour.ts"),
  },
  en: {
    common: () => import("./en/common.ts"),
    awards: () => import("./en/awards.ts"),
    budget: () => import("./en/budget.ts"),
    call: () => import("./en/call.ts"),
    deadlines: () => import("./en/deadlines.ts"),
    desk: () => import("./en/desk.ts"),
    developers: () => import("./en/developers.ts"),
    figures: () => import("./en/figures.ts"),
    home: () => import("./en/home.ts"),
    palette: () => import("./en/palette.ts"),
    registration: () => import("./en/registration.ts"),
    site: () => import("./en/site.ts"),
    structure: () => import("./en/structure.ts"),
    team: () => import("./en/team.ts"),
    tour: () => import("./en/tour.ts"),
  },
};

/** A language's sentences, and the way to fetch those of a room before its page is drawn. */
export type Speech = {
  messages: Messages;
  learn: (...rooms: readonly Room[]) => Promise<unknown>;
};

/**
 * Words to come: whoever reads them too early waits, as for any data that a page suspends on. Once there they say so in
 * React's way, and are read at once by the same `use`: a component that waited must call the hooks that it called before.
 */
function promised<Words>(load: () => Promise<Words>) {
  let coming: Promise<Words> | undefined;
  function fetch() {
    if (coming === undefined) {
      const started = load();
      void started.then((value) => Object.assign(started, { status: "fulfilled", value }));
      coming = started;
    }
    return coming;
  }
  return { fetch, useWords: () => use(fetch()) };
}

/** Fetches the one language that this document needs; of that, first what every page says. */
export async function loadMessages(locale: Locale): Promise<Speech> {
  const { common, ...loads } = CATALOGUES[locale];
  const messages = { ...(await common()).common };
  const rooms = new Map(
    Object.entries(loads).map(([name, load]) => {
      const room = promised(async () => Object.values(await load())[0]);
      Object.defineProperty(messages, name, { get: room.useWords });
      return [name, room];
    }),
  );
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the rooms that its type lacks were just defined
    messages: messages as Messages,
    learn: (...names) => Promise.all(names.flatMap((name) => rooms.get(name)?.fetch() ?? [])),
  };
}
