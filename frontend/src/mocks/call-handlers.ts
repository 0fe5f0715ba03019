/** Calls, and finding anything by its name, over HTTP in memory. */
import type { components } from "../api/generated/schema.ts";
import { createCalls } from "./calls.ts";
import { judge } from "./eligibility.ts";
import { findCalls, named } from "./finding.ts";
import { http, page } from "./http.ts";
import { regions, terms, themes } from "./parts.ts";
import { notFound } from "./problems.ts";

type Schemas = components["schemas"];

/** How many are suggested. */
const CALLS = 5;
const OTHERS = 3;
/** How many of each noun are found, unless told otherwise. */
const OF_EACH = 5;

function group<Item>(items: Item[], limit: number): { items: Item[]; total: number } {
  return { items: items.slice(0, limit), total: items.length };
}

/** A session is found at its stop. */
function suggestion(
  noun: Schemas["Noun"],
  name: Schemas["Localized"],
  { slug, fictitious }: { slug: string; fictitious: boolean },
  question: string | null = null,
): Schemas["Suggestion"] {
  return { noun, name, slug, question, fictitious };
}

/** Handlers over calls of their own, as they stand at `now`; `stops` are found beside them. */
export function createCallHandlers(now: Date, stops: readonly Schemas["StopRead"][]) {
  const calls = createCalls(now);
  const sessions = stops.flatMap((stop) =>
    stop.sessions.map((session) => ({ ...session, stop, name: session.title })),
  );

  const questions = calls.flatMap((call) =>
    call.questions.map((asked) => ({
      ...asked,
      call: { slug: call.slug, kind: call.kind, name: call.name, fictitious: call.fictitious },
      name: asked.question,
    })),
  );

  function find(q: string) {
    return {
      calls: named(calls, q),
      questions: named(questions, q).filter(({ valid }) => valid),
      stops: named(stops, q),
      sessions: named(sessions, q),
    };
  }

  return [
    http.get("/api/v1/calls", ({ request, response }) =>
      response(200).json(findCalls(calls, new URL(request.url).searchParams)),
    ),
    http.get("/api/v1/calls/{slug}", ({ params, response }) => {
      const call = calls.find(({ slug }) => slug === params.slug);
      return call === undefined ? response(404).json(notFound) : response(200).json(call);
    }),
    http.post("/api/v1/calls/{slug}/eligibility", async ({ params, request, response }) => {
      const call = calls.find(({ slug }) => slug === params.slug);
      const { structure } = await request.json();
      return call === undefined
        ? response(404).json(notFound)
        : response(200).json(judge(call, structure.kind));
    }),
    http.get("/api/v1/calls/{slug}/changes", ({ response }) =>
      response(200).json(
        page([
          {
            version: 1,
            published_at: now.toISOString(),
            sentences: [{ fr: "L’appel est publié ici.", en: "The call is published here." }],
          },
        ]),
      ),
    ),
    http.get("/api/v1/calls/{slug}/faq", ({ params, query, response }) => {
      const q = query.get("q") ?? "";
      const asked = questions.filter(({ call }) => call.slug === params.slug);
      return response(200).json(page(q === "" ? asked : named(asked, q)));
    }),
    http.get("/api/v1/deadlines", ({ request, response }) => {
      const wanted = new URL(request.url).searchParams;
      const since = wanted.get("since") ?? "";
      wanted.delete("since");
      wanted.set("limit", "100");
      const kept = new Set(findCalls(calls, wanted).items.map(({ slug }) => slug));
      const items = calls
        .filter(({ slug }) => kept.has(slug))
        .flatMap((call) =>
          call.waves.map((wave) => ({ call, wave, wave_count: call.waves.length })),
        )
        .filter(({ wave: { closes } }) => closes !== null && closes.on >= since)
        .toSorted((a, b) => (a.wave.closes?.on ?? "").localeCompare(b.wave.closes?.on ?? ""));
      return response(200).json(page(items));
    }),
    http.get("/api/v1/search", ({ query, response }) => {
      const limit = Number(query.get("limit") ?? OF_EACH);
      const found = find(query.get("q"));
      return response(200).json({
        calls: group(found.calls, limit),
        questions: group(found.questions, limit),
        stops: group(found.stops, limit),
        sessions: group(found.sessions, limit),
      });
    }),
    http.get("/api/v1/suggest", ({ query, response }) => {
      const found = find(query.get("q"));
      const items = [
        ...found.calls.slice(0, CALLS).map((call) => suggestion("call", call.name, call)),
        ...found.questions
          .slice(0, OTHERS)
          .map(({ name, slug, call }) => suggestion("question", name, call, slug)),
        ...found.stops.slice(0, OTHERS).map((stop) => suggestion("stop", stop.name, stop)),
        ...found.sessions
          .slice(0, OTHERS)
          .map(({ name, stop }) => suggestion("session", name, stop)),
      ];
      return response(200).json({ items });
    }),
    http.get("/api/v1/themes", ({ response }) => response(200).json(page(themes))),
    http.get("/api/v1/regions", ({ response }) => response(200).json(page(regions))),
    http.get("/api/v1/terms", ({ response }) => response(200).json(page(terms))),
  ];
}
