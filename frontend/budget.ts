import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

/** What a first load may weigh, gzipped, in bytes. */
const MOST = { js: 130_000, css: 25_000 };

/** What a first visit loads besides the entry: the code of its page, and the longer of the two languages. */
const WORDS = "src/i18n/fr/common.ts";
const PAGES = {
  "/": "src/routes/index.tsx?tsr-split=component",
  "/appels": "src/routes/appels/index.tsx?tsr-split=component",
};

type Chunk = Rolldown.OutputChunk;

/** The files that come with some: what they import, and the styles of all. */
function filesOf(roots: readonly Chunk[], chunks: readonly Chunk[]): Set<string> {
  const files = new Set<string>();
  const add = (chunk: Chunk) => {
    if (!files.has(chunk.fileName)) {
      files.add(chunk.fileName);
      chunk.viteMetadata?.importedCss.forEach((name) => files.add(name));
      chunks.filter(({ fileName }) => chunk.imports.includes(fileName)).forEach(add);
    }
  };
  roots.forEach(add);
  return files;
}

/** Fails the build when a first load outgrows its budget. */
export function budget(): Plugin {
  return {
    name: "budget",
    apply: "build",
    writeBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file): file is Chunk => file.type === "chunk");
      for (const [page, code] of Object.entries(PAGES)) {
        const roots = chunks.filter(
          ({ isEntry, moduleIds }) =>
            isEntry || moduleIds.some((id) => id.endsWith(code) || id.endsWith(WORDS)),
        );
        const weight = { js: 0, css: 0 };
        for (const name of filesOf(roots, chunks)) {
          const file = bundle[name];
          const content = file?.type === "chunk" ? file.code : (file?.source ?? "");
          weight[name.endsWith(".css") ? "css" : "js"] += gzipSync(content).length;
        }
        const told = `${page} first loads ${weight.js} B of JS and ${weight.css} B of CSS, gzipped`;
        if (roots.length < 3 || weight.js > MOST.js || weight.css > MOST.css) {
          this.error(
            `${told} (${roots.length} files asked for); at most ${MOST.js} and ${MOST.css}`,
          );
        }
        this.info(told);
      }
    },
  };
}
