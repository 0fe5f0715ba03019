// @vitest-environment jsdom
/** Who was given money, in the pages themselves, on the mocked API. */
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { fr } from "#i18n/fr.ts";
import { LONG, open, serveMocks } from "./mocks/pages.tsx";

serveMocks();

const COUNTED = { selector: "[role=status] *" };

async function projects(count: string) {
  await screen.findByText(count, COUNTED, LONG);
  return screen.getAllByRole("heading", { level: 3 }).map(({ textContent }) => textContent);
}

test("laureates are found by words, summed, and a region of the map keeps its own", async () => {
  open("/laureats");
  expect(await projects("24 lauréats")).toHaveLength(20);
  expect(screen.getByText("4 sans montant communiqué", { exact: false })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: fr.awards.more }));
  await screen.findByRole("heading", { name: /24$/ }, LONG);
  await userEvent.click(screen.getByRole("button", { name: /^La Réunion : 8 lauréats/ }));
  expect(await projects("8 lauréats")).toHaveLength(8);
  expect(location.search).toBe("?region=04");
  const table = within(screen.getByText(fr.awards.map.table).closest("details") ?? document.body);
  expect(table.getByText("Bretagne").getAttribute("aria-pressed")).toBe("false");
  await userEvent.click(screen.getByLabelText(fr.awards.search));
  await userEvent.paste("carnet");
  expect(await projects("3 lauréats")).toHaveLength(3);
  expect(location.search).toBe("?region=04&q=carnet");
  const csv = screen.getByRole("link", { name: fr.awards.csv });
  expect(csv.getAttribute("href")).toMatch(/^\/exports\/awards\.csv\?.*region=04/);
});

test("amounts are typed as one writes them, and kept in the address in euros", async () => {
  open("/laureats");
  await projects("24 lauréats");
  const words = fr.awards.amounts;
  await userEvent.type(screen.getByLabelText(words.euros_from), "100 000 €{Enter}");
  expect(await projects("12 lauréats")).toHaveLength(12);
  await userEvent.type(screen.getByLabelText(words.euros_to), "200000");
  await userEvent.tab();
  expect(await projects("8 lauréats")).toHaveLength(8);
  expect(location.search).toBe("?euros_from=100000&euros_to=200000");
  await userEvent.type(screen.getByLabelText(words.euros_to), "cher{Enter}");
  expect(screen.getByText(words.wrong)).toBeTruthy();
  const chosen = within(screen.getByRole("group", { name: fr.awards.chosen }));
  await userEvent.click(chosen.getByRole("button", { name: /100.000.€ à 200.000.€/u }));
  await projects("24 lauréats");
  expect(location.search).toBe("");
});

test("the page of a call lists its laureates and leads to all of them", async () => {
  open("/appels/terrains");
  const all = await screen.findByRole("link", { name: fr.awards.ofCall.all(24) }, LONG);
  expect(all.getAttribute("href")).toBe("/laureats?call=terrains");
});
