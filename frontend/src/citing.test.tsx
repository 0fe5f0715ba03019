// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { en } from "#i18n/en.ts";
import { fr } from "#i18n/fr.ts";
import { I18nProvider } from "#i18n/context.tsx";
import { addressOf } from "#developers/page-addresses.tsx";
import { Cite } from "#ui/cite.tsx";

const SOURCE = {
  slug: "bilan",
  title: "Bilan du tour",
  publisher: "Équipe du tour",
  kind: "official",
  language: "fr",
  url: "https://example.org/bilan",
  published: { on: "2022-06-01", precision: "month" },
  note: null,
  fictitious: false,
} as const;
const NOW = new Date("2026-11-26T12:00:00Z");

function cite(locale: "fr" | "en", words: string) {
  return render(
    <I18nProvider locale={locale} messages={locale === "fr" ? fr : en} now={NOW}>
      <Cite
        words={words}
        scope="en France"
        on={{ on: "2022-05-12", precision: "day" }}
        source={SOURCE}
      />
    </I18nProvider>,
  );
}

afterEach(cleanup);

test("a press copies a whole citation, and says so", async () => {
  const user = userEvent.setup();
  cite("fr", "plus de 1 700 participants");

  await user.click(screen.getByRole("button", { name: "Citer" }));

  await screen.findByText("Citation copiée.");
  await expect(navigator.clipboard.readText()).resolves.toBe(
    "plus de 1 700 participants (en France), au 12 mai 2022. « Bilan du tour », Équipe du tour, juin 2022, " +
      `https://example.org/bilan. Étape, ${location.origin}/, consulté le 26 novembre 2026.`,
  );
});

test("where the browser refuses the clipboard, the citation is shown, selected", async () => {
  const user = userEvent.setup();
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new DOMException("denied"));
  cite("en", "more than 1,700 participants");

  await user.click(screen.getByRole("button", { name: "Cite" }));

  const field = await screen.findByLabelText<HTMLTextAreaElement>("The citation, to be copied");
  expect(field.value).toContain("(en France), as of 12 May 2022. “Bilan du tour”");
  expect(field.value).toContain("accessed 26 November 2026.");
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, field.value.length]);
});

test("a page tells what it asked with its filters, and nothing of what is somebody's own", () => {
  const query = { status: ["open", "closed"], q: "santé" };
  expect(addressOf(["get", "/api/v1/calls", { params: { query } }])).toBe(
    "/api/v1/calls?status=open&status=closed&q=sant%C3%A9",
  );
  expect(addressOf(["get", "/api/v1/stops/{slug}", { params: { path: { slug: "lille" } } }])).toBe(
    "/api/v1/stops/lille",
  );
  const token = { params: { path: { token: "secret" } } };
  expect(addressOf(["get", "/api/v1/registrations/{token}", token])).toBeNull();
  expect(addressOf(["get", "/api/v1/manage/stops", {}])).toBeNull();
  expect(addressOf(["post", "/api/v1/calls", {}])).toBeNull();
});
