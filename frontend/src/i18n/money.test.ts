import { expect, test } from "vitest";
import type { I18n } from "./context.tsx";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import { moneyRangeText, moneyText } from "./money.ts";

const french: I18n = { locale: "fr", t: fr, now: new Date() };
const english: I18n = { locale: "en", t: en, now: new Date() };

/** Spaces that do not break are read as spaces. */
function bare(words: string | null) {
  return words?.replaceAll(/\s/gu, " ");
}

test("millions are short, thousands are whole", () => {
  expect(bare(moneyText(150_000_000, french))).toBe("1,5 M€");
  expect(bare(moneyText(37_500_000, french))).toBe("375 000 €");
  expect(bare(moneyText(71_840_000_000, french))).toBe("718,4 M€");
  expect(bare(moneyText(750_000_000_000, french))).toBe("7,5 Md€");
  expect(bare(moneyText(150_000_000, english))).toBe("€1.5m");
});

test("an amount is never rounded to look better", () => {
  expect(bare(moneyText(123_456_780, french))).toBe("1 234 567,80 €");
  expect(bare(moneyText(1_050, french))).toBe("10,50 €");
});

test("a range says which end is known", () => {
  expect(bare(moneyRangeText({ min: 37_500_000, max: 150_000_000 }, french))).toBe(
    "375 000 € à 1,5 M€",
  );
  expect(bare(moneyRangeText({ min: null, max: 150_000_000 }, french))).toBe("jusqu’à 1,5 M€");
  expect(bare(moneyRangeText({ min: 100, max: null }, french))).toBe("à partir de 1 €");
  expect(moneyRangeText({ min: null, max: null }, french)).toBeNull();
});
