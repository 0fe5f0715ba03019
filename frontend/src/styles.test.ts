/** House rules of the stylesheets, which no type checker holds. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SRC = dirname(fileURLToPath(import.meta.url));

const paths = readdirSync(SRC, { recursive: true, encoding: "utf8" }).map((path) =>
  join(SRC, path),
);
const sheets = paths.filter((path) => path.endsWith(".css"));
const modules = sheets.filter((path) => path.endsWith(".module.css"));
const components = paths.filter((path) => path.endsWith(".tsx"));

function read(path: string) {
  return readFileSync(path, "utf8");
}

function all(text: string, pattern: RegExp) {
  return new Set(Array.from(text.matchAll(pattern), ([, found]) => found));
}

test("there are stylesheets to check", () => {
  expect(modules.length).toBeGreaterThan(10);
});

test("no colour is named outside the tokens", () => {
  const raw = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(/i;
  expect(sheets.filter((path) => !path.endsWith("tokens.css") && raw.test(read(path)))).toEqual([]);
  expect(
    components.filter((path) => raw.test(read(path).replaceAll(/"#[^"]*"|`#[^`]*`/g, ""))),
  ).toEqual([]);
});

test("every token in use is defined", () => {
  const defined = all(sheets.map(read).join("\n"), /(--[\w-]+)\s*:/g);
  const used = all([...sheets, ...components].map(read).join("\n"), /var\((--[\w-]+)/g);
  expect([...used].filter((token) => !defined.has(token) && token !== "--gap")).toEqual([]);
});

test.each(modules.map((path) => [path.slice(SRC.length + 1), path]))(
  "%s: its classes are those that components name",
  (_, path) => {
    const file = path.slice(path.lastIndexOf("/") + 1);
    const users = components.filter(
      (component) => dirname(component) === dirname(path) && read(component).includes(`/${file}`),
    );
    const named = all(users.map(read).join("\n"), /\bcss\.(\w+)/g);
    const local = read(path).replaceAll(/:global\([^)]*\)|\/\*[\s\S]*?\*\//g, "");
    expect(all(local, /\.([a-z]\w*)(?=[\s.:,[)>{+~])/gi)).toEqual(named);
  },
);
