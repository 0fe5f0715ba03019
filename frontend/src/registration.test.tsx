// @vitest-environment jsdom
/** The life of a registration in the pages themselves, on the mocked API. */
import { cleanup, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { fr } from "#i18n/fr.ts";
import { tokenOf } from "./mocks/handlers.ts";
import { LONG, open, serveMocks } from "./mocks/pages.tsx";

serveMocks();

async function fill(email = "ada@example.org") {
  await userEvent.click(await screen.findByLabelText("Prénom et nom", {}, LONG));
  await userEvent.paste("Ada Lenoir");
  await userEvent.click(screen.getByLabelText("Courriel"));
  await userEvent.paste(email);
  await userEvent.click(screen.getByRole("checkbox", { name: fr.registration.notice.read }));
}

function choose(name: RegExp) {
  return userEvent.click(screen.getByRole("checkbox", { name }));
}

async function registerForTheWorkshop() {
  open("/etapes/nancy");
  await fill();
  await choose(/Bâtir un budget/);
  await userEvent.click(screen.getByRole("button", { name: "M’inscrire à 1 séance" }));
  return screen.findByRole("heading", { name: "C’est noté" }, LONG);
}

test("a full session gives a rank, a seat online meanwhile, and a letter with the link", async () => {
  const heading = await registerForTheWorkshop();
  const box = within(heading.parentElement ?? document.body);
  expect(box.getByText("En attente, rang 5")).toBeTruthy();
  expect(box.getByText(/confirmé en ligne en attendant/)).toBeTruthy();
  expect(document.activeElement).toBe(heading.parentElement);
  await userEvent.click(box.getByRole("link", { name: "Ouvrir le courrier de la démonstration" }));
  const link = await screen.findByRole("link", { name: /inscription/ }, LONG);
  expect(link.getAttribute("href")).toBe(`/inscription/${tokenOf(1)}`);
});

test("the rank can be seen before registering, and nothing is kept of it", async () => {
  open("/etapes/nancy");
  await fill();
  await choose(/Bâtir un budget/);
  const see = screen.getByRole("button", { name: "Voir mon rang sans m’inscrire" });
  await userEvent.click(see);
  expect(await screen.findByText("En attente, rang 5", {}, LONG)).toBeTruthy();
  await userEvent.click(see);
  expect(await screen.findByText("En attente, rang 5", {}, LONG)).toBeTruthy();
});

test("sessions at once are told before sending; knowing it is enough", async () => {
  open("/etapes/nancy");
  await fill();
  await choose(/Voir plus loin/);
  await choose(/Bâtir un budget/);
  expect(screen.getByText(/« Voir plus loin » et « Bâtir un budget » se chevauchent/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "M’inscrire à 2 séances" }));
  await userEvent.click(await screen.findByRole("button", { name: "Je sais, confirmer" }, LONG));
  expect(await screen.findByRole("heading", { name: "C’est noté" }, LONG)).toBeTruthy();
});

test("who will not wait is told which session is full, and keeps what was typed", async () => {
  open("/etapes/nancy");
  await fill();
  await choose(/Bâtir un budget/);
  await choose(/liste d’attente/);
  await userEvent.click(screen.getByRole("button", { name: "M’inscrire à 1 séance" }));
  const summary = await screen.findByRole("alert", {}, LONG);
  await userEvent.click(within(summary).getByRole("link", { name: fr.registration.fullDetail }));
  expect(document.activeElement).toBe(screen.getByRole("checkbox", { name: /Bâtir un budget/ }));
  expect(screen.getByLabelText("Courriel")).toHaveProperty("value", "ada@example.org");
});

test("a service that is down loses nothing of what was typed", async () => {
  open("/etapes/nancy");
  await fill("panne@example.org");
  await choose(/Voir plus loin/);
  await userEvent.click(screen.getByRole("button", { name: "M’inscrire à 1 séance" }));
  expect((await screen.findByRole("alert", {}, LONG)).textContent).toContain("Indisponible");
  expect(screen.getByLabelText("Prénom et nom")).toHaveProperty("value", "Ada Lenoir");
});

test("invited people’s sessions are in the programme but cannot be chosen", async () => {
  open("/etapes/nancy");
  expect(
    await screen.findByRole("heading", { name: "Déjeuner des directions" }, LONG),
  ).toBeTruthy();
  expect(screen.queryByRole("checkbox", { name: /Déjeuner des directions/ })).toBeNull();
  expect(screen.getByText(/1 séance sans inscription ici/)).toBeTruthy();
});

test("a stop that is not open yet says when, on the clocks of the place", async () => {
  open("/etapes/saint-pierre");
  expect(await screen.findByText(/08:00 \(heure de La Réunion\)/, {}, LONG)).toBeTruthy();
  expect(screen.queryByLabelText("Courriel")).toBeNull();
});

test("the link changes, then cancels, and neither its secret nor its page is left to others", async () => {
  await registerForTheWorkshop();
  cleanup();
  open(`/inscription/${tokenOf(1)}`);
  await userEvent.click(await screen.findByRole("button", { name: /Passer en ligne/ }, LONG));
  expect(await screen.findByText(fr.registration.mine.saved, {}, LONG)).toBeTruthy();
  expect(await screen.findByRole("link", { name: "Rejoindre en ligne" }, LONG)).toBeTruthy();
  expect(screen.getByText(/\(heure de Paris\)/)).toBeTruthy();
  expect(screen.getByText(/À l’heure de cet appareil/)).toBeTruthy();
  expect(document.title).not.toContain("mock");
  expect(document.querySelector("meta[name=robots]")?.getAttribute("content")).toContain("noindex");
  await userEvent.click(screen.getByRole("button", { name: "Annuler mon inscription" }));
  await userEvent.click(screen.getByRole("button", { name: "Oui, annuler" }));
  expect(await screen.findByRole("heading", { name: "Inscription annulée" }, LONG)).toBeTruthy();
  expect(screen.getByRole("link", { name: "S’inscrire de nouveau" }).getAttribute("href")).toBe(
    "/etapes/nancy",
  );
});

test("the link corrects the name, the organisation and the language of the mails", async () => {
  await registerForTheWorkshop();
  cleanup();
  open(`/inscription/${tokenOf(1)}?vue=modifier`);
  const name = await screen.findByLabelText("Prénom et nom", {}, LONG);
  expect(name).toHaveProperty("value", "Ada Lenoir");
  await userEvent.clear(name);
  await userEvent.type(name, "Ada Leblanc");
  await userEvent.type(screen.getByLabelText(/^Organisation/), "CHU d’essai");
  await userEvent.selectOptions(screen.getByLabelText("Langue des courriels"), "English");
  await userEvent.click(screen.getByRole("button", { name: fr.registration.mine.save }));
  expect(await screen.findByText(fr.registration.mine.saved, {}, LONG)).toBeTruthy();
  expect(await screen.findByText("Ada Leblanc, CHU d’essai", {}, LONG)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: fr.registration.mine.change }));
  expect(screen.getByLabelText("Langue des courriels")).toHaveProperty("value", "en");
});

test("a link that opens nothing says where the right one is", async () => {
  // The router tells the console what a loader threw.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  open(`/inscription/${tokenOf(7)}`);
  expect(
    await screen.findByRole("heading", { name: fr.registration.mine.unknown.title }, LONG),
  ).toBeTruthy();
});
