/// <reference types="vitest/config" />
import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** What the API answers itself; everything else is a page. */
const backend = "http://127.0.0.1:8000";

/** The policy that the server sends (T30): `vite preview` sends it too, so that a breach is seen early. */
const policy =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export default defineConfig({
  plugins: [
    tanstackRouter({
      target: "react",
      autoCodeSplitting: true,
      routesDirectory: "src/routes",
      generatedRouteTree: "src/route-tree.gen.ts",
      quoteStyle: "double",
      semicolons: true,
    }),
    react(),
  ],
  build: {
    target: ["chrome123", "edge123", "firefox128", "safari17.5"],
    manifest: true,
    // A font inlined as `data:` would need its own exception in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: { "/api": backend, "/calendars": backend, "/feeds": backend, "/health": backend },
  },
  preview: { headers: { "Content-Security-Policy": policy }, proxy: { "/api": backend } },
  test: {
    include: ["src/**/*.test.{ts,tsx}"],
    sequence: { shuffle: true },
    restoreMocks: true,
    // Times are shown in the zone of the place: a zone of nobody's proves it.
    env: { TZ: "Pacific/Kiritimati" },
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
});
