// @vitest-environment jsdom
/** Where the money is, in the pages themselves, on the mocked API. */
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { fr } from "#i18n/fr.ts";
import { LONG, open, serveMocks } from "./mocks/pages.tsx";

serveMocks();

const words = fr.budget;

/** What an element says; spaces that do not break are read as spaces. */
function said(element: Element | null | undefined): string {
  return (element?.textContent ?? "").replaceAll(/[\u00A0\u202F]/g, " ");
}

async function section(title: string) {
  const heading = await screen.findByRole("heading", { level: 2, name: title }, LONG);
  return within(heading.parentElement ?? document.body);
}

test("from the list of budgets, one sees what is announced, shared out and not broken down", async () => {
  open("/budgets");
  await userEvent.click(await screen.findByRole("link", { name: "Programme d’essai" }, LONG));
  const sums = (await screen.findByText(words.parts, { selector: "li" }, LONG)).closest("ul");
  expect(said(sums)).toBe("10 M€ annoncés7 M€ répartis3 M€ non ventilés");
  const picture = await section(words.picture);
  const lines = picture.getAllByRole("listitem").filter(({ id }) => id !== "");
  expect(lines.map((line) => said(line.querySelector("summary")))).toEqual([
    "Programme d’essai10 M€",
    "Données4 M€",
    "Usages3 M€",
    "Un guichet d’essai2 M€",
    "Non ventilé1 M€",
    "Non ventilé3 M€",
    "Rallonge5 M€",
  ]);
});

test("the table has the same numbers, each with its sources, and what is left with its day", async () => {
  open("/budgets/programme-essai");
  const table = within(await screen.findByRole("table", {}, LONG));
  const row = within(table.getByRole("row", { name: /^Un guichet/ }));
  expect(said(row.getAllByRole("cell").at(-1))).toBe("1 M€ au mar. 3 nov.");
  expect(row.getAllByText("Annonce du tour")).toHaveLength(3);
  const rivals = await section(words.differ);
  expect(said(rivals.getAllByRole("listitem")[0])).toContain("10 M€ / 9 M€");
  expect(rivals.getByText("Les sources se contredisent.")).toBeTruthy();
});

test("any past day is one choice away, and the address tells it", async () => {
  open("/budgets/programme-essai");
  fireEvent.change(await screen.findByLabelText(words.moments, {}, LONG), {
    target: { value: "2026-08-25" },
  });
  await screen.findByRole("button", { name: words.today }, LONG);
  expect(location.search).toBe("?as_of=2026-08-25");
  const typed = screen.getByLabelText<HTMLInputElement>(words.asOf);
  expect(typed.value).toBe("2026-08-25");
  fireEvent.change(typed, { target: { value: "0002-08-25" } });
  expect(location.search).toBe("?as_of=2026-08-25");
  fireEvent.change(typed, { target: { value: "2026-09-30" } });
  await waitFor(() => expect(location.search).toBe("?as_of=2026-09-30"), LONG);
});

test("the ledger keeps what was reversed, and says that it was", async () => {
  open("/budgets/programme-essai");
  const ledger = await section(words.ledger);
  const [reversal, entry] = await ledger.findAllByRole("listitem", {}, LONG);
  expect(said(reversal)).toContain("Engagé -5 M€ (annule une écriture)");
  expect(said(entry)).toContain("Engagé 5 M€ (annulée)");
});
