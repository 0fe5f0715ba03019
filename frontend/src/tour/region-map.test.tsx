// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { I18nProvider } from "#i18n/context.tsx";
import { fr } from "#i18n/fr.ts";
import { type MapStop, RegionMap } from "./region-map.tsx";

const stops: MapStop[] = [
  { id: "lille", rank: 1, region: "32", title: "Lille", state: "past", card: "l’étape de Lille" },
  {
    id: "saint-denis",
    rank: 2,
    region: "04",
    title: "Saint-Denis",
    state: "next",
    card: "l’étape de Saint-Denis",
  },
];

function draw(selected: string | null) {
  const onSelect = vi.fn<(region: string | null) => void>();
  render(
    <I18nProvider locale="fr" messages={fr}>
      <RegionMap stops={stops} selected={selected} onSelect={onSelect} />
    </I18nProvider>,
  );
  return onSelect;
}

afterEach(cleanup);

test("only the regions that have stops can be pressed, overseas ones like the others", () => {
  draw(null);
  expect(screen.getAllByRole("button").map((region) => region.getAttribute("aria-label"))).toEqual([
    "La Réunion : Saint-Denis",
    "Hauts-de-France : Lille",
  ]);
});

test("a region is chosen by keyboard", async () => {
  const onSelect = draw(null);
  screen.getByRole("button", { name: "La Réunion : Saint-Denis" }).focus();
  await userEvent.keyboard("{Enter}");
  expect(onSelect).toHaveBeenCalledWith("04");
});

test("a chosen region keeps its stops only, and is given back by a second press", async () => {
  const onSelect = draw("04");
  expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
    "2l’étape de Saint-Denis",
  ]);
  await userEvent.click(screen.getByRole("button", { name: "La Réunion : Saint-Denis" }));
  expect(onSelect).toHaveBeenCalledWith(null);
});
