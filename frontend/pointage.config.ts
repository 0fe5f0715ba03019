import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const WORKER = new URL("pointage.worker.js", import.meta.url);
/** What the page is made of besides what is built. */
const BESIDE = ["/mark.svg", "/theme.js"];
const PAGES = [
  { lang: "fr", folder: "pointage", name: "Pointage Étape" },
  { lang: "en", folder: "en/pointage", name: "Étape check-in" },
];

/** Writes the service worker, which keeps every file of this build, and the manifest, in each language. */
function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    generateBundle(_, bundle) {
      const built = Object.keys(bundle).filter((name) => name.startsWith("assets/"));
      const files = [...built.map((name) => `/${name}`), ...BESIDE].toSorted();
      const worker = readFileSync(WORKER, "utf8");
      const version = createHash("sha256")
        .update(JSON.stringify(files))
        .update(worker)
        .digest("hex");
      const told = `const FILES = ${JSON.stringify(files)};\nconst VERSION = "${version.slice(0, 12)}";\n`;
      for (const { lang, folder, name } of PAGES) {
        const manifest = {
          lang,
          name,
          short_name: name,
          id: `/${folder}/`,
          start_url: `/${folder}/`,
          scope: `/${folder}/`,
          display: "standalone",
          background_color: "#fbfaf6",
          theme_color: "#0b5d57",
          icons: [{ src: "/mark.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
        };
        this.emitFile({ type: "asset", fileName: `${folder}/worker.js`, source: told + worker });
        this.emitFile({
          type: "asset",
          fileName: `${folder}/manifest.webmanifest`,
          source: JSON.stringify(manifest),
        });
      }
    },
  };
}

/**
 * The document of the door is built apart: nothing of it weighs on the first load of the site, and its service worker keeps
 * what it is made of and no more.
 */
export default defineConfig({
  plugins: [react(), offline()],
  build: {
    target: ["chrome123", "edge123", "firefox128", "safari17.5"],
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: "frontend/pointage.html",
      output: {
        entryFileNames: "assets/[hash:7].js",
        chunkFileNames: "assets/[hash:7].js",
        assetFileNames: "assets/[hash:7][extname]",
      },
    },
  },
});
