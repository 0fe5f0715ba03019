/// <reference types="vitest/config" />
import type { ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { getResponse, type RequestHandler } from "msw";
import { type Connect, defineConfig, type Plugin } from "vite";
import { budget } from "./budget.ts";

/** What the API answers itself; everything else is a page. */
const backend = "http://127.0.0.1:8000";

/** The policy that the server sends (T30): `vite preview` sends it too, so that a breach is seen early. */
const policy =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/**
 * One file for what every page needs, one for what several do, one for what the first page and the list of calls find
 * with: many small ones compress badly, and each is one more request. Forms, dialogs, the tour's parts, the developers' and
 * the team's, and what single things are told with stay out of it: several pages have them, but none that people land on.
 * What forms are sent with, and lists and hours read with, is one file: each file’s name weighs on every first load.
 */
const groups = [
  { name: "first", tags: ["$initial" as const], test: /node_modules|src[\\/](?!main)/ },
  {
    name: "shared",
    test: /src[\\/](?!api[\\/](?:keyring|paging)|developers|identity|site|tour|funding[\\/](?:call-facets|calendar-button|deadlines|wave-name)|ui[\\/](?:choice|cit|copying|csv|dialog|facet-group|field|figures|form|mark-list|notice|picture-table|route-line|source-line|subscribe|table|unlisted))/,
    minShareCount: 3,
  },
  {
    name: "finding",
    test: /src[\\/](?:find|funding|ui)[\\/](?:call-facts|debounce|find-|money|suggest|typed|words)/,
    minShareCount: 2,
  },
  {
    name: "told",
    test: /src[\\/]ui[\\/](?:cit|copying|figures|mark-list|route-line|source-line)/,
    minShareCount: 2,
  },
  { name: "forms", test: /src[\\/]ui[\\/]/, minShareCount: 3 },
  {
    name: "acts",
    test: /src[\\/](?:api[\\/](?:keyring|paging)|i18n[\\/]instants|tour[\\/]clock)/,
    minShareCount: 2,
  },
  { name: "team", test: /src[\\/]identity[\\/]/, minShareCount: 2 },
];

/** Routes on which few land: what they load by comes with their page, not with every first load. */
const LATER = new Set([
  "/accessibilite",
  "/calendrier",
  "/confidentialite",
  "/contact",
  "/demo/courrier",
  "/developpeurs/",
  "/developpeurs/$operation",
  "/gestion/etapes/$slug",
  "/groupe/$code",
  "/inscription/$token",
  "/mentions-legales",
  "/tour/",
  "/transfert/$token",
]);

async function answerFrom(
  handlers: RequestHandler[],
  incoming: Connect.IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const { method = "GET", originalUrl = "/" } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers.set(name, String(value));
  }
  const body = await text(incoming);
  const url = new URL(originalUrl, `http://${headers.get("host")}`);
  const request = new Request(url, { method, headers, ...(body !== "" && { body }) });
  const response = (await getResponse(handlers, request)) ?? new Response(null, { status: 404 });
  answer.writeHead(response.status, Object.fromEntries(response.headers));
  answer.end(await response.text());
}

/** `MOCKS=1 npm run dev`: the mocked API answers from the development server itself, no page knows it. */
function mocks(): Plugin {
  return {
    name: "mocks",
    apply: (_, { command }) => command === "serve" && process.env["MOCKS"] === "1",
    async configureServer(server) {
      const module = await server.ssrLoadModule("/src/mocks/handlers.ts");
      const handlers: RequestHandler[] = module["createHandlers"](new Date());
      server.middlewares.use("/api", (incoming, answer) => {
        void answerFrom(handlers, incoming, answer);
      });
    },
  };
}

/** While developing, the documents that are built apart (pointage.config.ts) come from the same server. */
function apart(): Plugin {
  return {
    name: "apart",
    apply: "serve",
    configureServer({ middlewares }) {
      middlewares.use((incoming, _, next) => {
        if (/^\/(?:en\/)?(?:pointage|rejoindre)(?:\/|$)/u.test(incoming.url ?? "")) {
          incoming.url = "/pointage.html";
        }
        next();
      });
    },
  };
}

export default defineConfig({
  plugins: [
    tanstackRouter({
      target: "react",
      autoCodeSplitting: true,
      codeSplittingOptions: {
        splitBehavior: ({ routeId }) =>
          LATER.has(routeId) ? [["loader", "component"], ["errorComponent"]] : undefined,
      },
      routesDirectory: "src/routes",
      generatedRouteTree: "src/route-tree.gen.ts",
      quoteStyle: "double",
      semicolons: true,
    }),
    react(),
    mocks(),
    apart(),
    budget(),
  ],
  build: {
    target: ["chrome123", "edge123", "firefox128", "safari17.5"],
    manifest: true,
    // A font inlined as `data:` would need its own exception in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: { groups },
        // Every name is in the first load, which learns where the rest is: a digest alone is short.
        chunkFileNames: "assets/[hash:7].js",
        assetFileNames: "assets/[hash:7][extname]",
      },
    },
  },
  server: {
    proxy: {
      "/api": backend,
      "/calendars": backend,
      "/documents": backend,
      "/exports": backend,
      "/feeds": backend,
      "/health": backend,
      "/sheets": backend,
    },
  },
  preview: {
    headers: { "Content-Security-Policy": policy },
    proxy: { "/api": backend, "/documents": backend, "/exports": backend },
  },
  test: {
    include: ["src/**/*.test.{ts,tsx}"],
    sequence: { shuffle: true },
    restoreMocks: true,
    // Times are shown in the zone of the place: a zone of nobody's proves it.
    env: { TZ: "Pacific/Kiritimati" },
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
});
