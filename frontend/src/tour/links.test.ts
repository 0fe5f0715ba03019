import { expect, test } from "vitest";
import { piecesOf } from "./links.ts";

const origin = "http://localhost:8000";

function links(text: string) {
  return piecesOf(text, origin).flatMap(({ to }) => (to === null ? [] : [to]));
}

test("an address of this site becomes a path; the full stop after it is not part of it", () => {
  expect(links("Annuler : http://localhost:8000/en/inscription/a-b_c. Merci.")).toEqual([
    "/en/inscription/a-b_c",
  ]);
});

test("other sites stay words, even those that begin alike", () => {
  expect(links("http://localhost:8000.evil.example/x https://visio.example/y")).toEqual([]);
});

test("nothing of the letter is lost", () => {
  const text = "Voici http://localhost:8000/etapes/lille?x=1#y, puis\nhttps://visio.example/z.";
  expect(
    piecesOf(text, origin)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text);
});
