// @vitest-environment jsdom
/** Finding a call in the pages themselves, on the mocked API. */
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { fr } from "#i18n/fr.ts";
import { LONG, open, serveMocks } from "./mocks/pages.tsx";

serveMocks();

async function type(words: string) {
  await userEvent.click(await screen.findByLabelText(fr.find.label, {}, LONG));
  await userEvent.paste(words);
}

/** The names of the calls shown, once the page counts so many. */
async function found(count: string) {
  await screen.findByText(count, { selector: "[role=status] *" }, LONG);
  return screen
    .getAllByRole("heading", { level: 2 })
    .filter((heading) => heading.closest("article") !== null)
    .map(({ textContent }) => textContent);
}

test("a call is found by its words without accents, and opens", async () => {
  open("/appels");
  await found("23 appels");
  await type("donnees part");
  expect(await found("1 appel")).toEqual(["Données partagées"]);
  expect(screen.getByText("Données", { selector: "mark" })).toBeTruthy();
  expect(location.search).toBe("?q=donnees+part");
  await userEvent.click(screen.getByRole("link", { name: /^Données/ }));
  expect(
    await screen.findByRole("heading", { level: 1, name: "Données partagées" }, LONG),
  ).toBeTruthy();
  expect(screen.getByText("Grand Est")).toBeTruthy();
});

test("the first page suggests a call by its name, and opens it", async () => {
  open("/");
  await type("terr");
  await userEvent.click(await screen.findByRole("option", { name: /Terrains d’essai/ }, LONG));
  expect(
    await screen.findByRole("heading", { level: 1, name: "Terrains d’essai" }, LONG),
  ).toBeTruthy();
});

test("a question is suggested by its words, and opens on the page of its call, with what was answered before", async () => {
  open("/");
  await type("venir seul");
  await userEvent.click(await screen.findByRole("option", { name: /Peut-on venir seul/ }, LONG));
  const question = await screen.findByText("Peut-on venir seul ?", { selector: "summary" }, LONG);
  const asked = within(question.closest("details") ?? document.body);
  expect(location.hash).toBe("#question-venir-seul");
  expect(question.closest("details")?.open).toBe(true);
  expect(asked.getByText(/règlement, version 2/)).toBeTruthy();
  expect(asked.getByText("Oui.").closest("s")).not.toBeNull();
  expect(asked.getByText(/n’est plus valable depuis le/)).toBeTruthy();
  expect(screen.getByText(fr.call.questions.withdrawn)).toBeTruthy();
});

test("many questions are narrowed by words that the address keeps", async () => {
  open("/appels/terrains");
  await userEvent.click(await screen.findByLabelText(fr.call.questions.search, {}, LONG));
  await screen.findByText("6 questions");
  await userEvent.paste("repas");
  await screen.findByText("1 question", {}, LONG);
  expect(screen.getByText("Et les repas ?")).toBeTruthy();
  expect(screen.queryByText("Et les clefs ?")).toBeNull();
  expect(location.search).toBe("?faq=repas");
});

test("words typed in the list of calls find questions too", async () => {
  open("/appels?q=seul");
  const link = await screen.findByRole("link", { name: "Peut-on venir seul ?" }, LONG);
  expect(link.getAttribute("href")).toBe("/appels/terrains#question-venir-seul");
});

test("from the list to the calendar and back the filters stay; what has no end is told apart", async () => {
  open("/appels?kind=ami&sort=opens");
  const [calendar] = await screen.findAllByRole("link", { name: fr.funding.list.calendar }, LONG);
  await userEvent.click(calendar ?? document.body);
  const title = await screen.findByRole("heading", { name: fr.deadlines.endless.title }, LONG);
  expect(location.search).toBe("?kind=ami");
  const endless = within(title.parentElement ?? document.body).getAllByRole("listitem");
  expect(endless.map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^Au fil de l’eauClé ouverte/),
  ]);
  const back = screen.getByRole("link", { name: fr.deadlines.calls });
  expect(back.getAttribute("href")).toBe("/appels?kind=ami");
});

/** What the list of deadlines says, line by line. */
async function deadlinesListed() {
  const title = await screen.findByRole("heading", { level: 2, name: fr.deadlines.list }, LONG);
  return within(title.parentElement ?? document.body)
    .getAllByRole("listitem")
    .map(({ textContent }) => textContent);
}

test("the calendar lists what is to come, then what is past too, and follows the filters", async () => {
  open("/calendrier");
  const coming = await deadlinesListed();
  expect(coming.length).toBeGreaterThan(0);
  expect(coming.some((line) => line.includes(fr.codes.waveState.closed))).toBe(false);
  await userEvent.click(screen.getByRole("button", { name: fr.deadlines.past }));
  await screen.findByRole("button", { name: fr.deadlines.onlyComing });
  expect(location.search).toBe("?past=1");
  await screen.findAllByText(fr.codes.waveState.closed, {}, LONG);
  expect((await deadlinesListed()).length).toBeGreaterThan(coming.length);
  const kinds = within(screen.getAllByRole("group", { name: "Type d’appel" })[0] ?? document.body);
  await userEvent.click(kinds.getAllByRole("checkbox")[0] ?? document.body);
  const subscribe = screen.getByRole("link", { name: fr.deadlines.subscribe.open });
  await waitFor(() => {
    expect(subscribe.getAttribute("href")).toMatch(/^webcal:.*calls\.ics\?kind=/);
  }, LONG);
});

test("a filter narrows the list, says what the others would keep, and is dropped at a press", async () => {
  open("/appels");
  await found("23 appels");
  const states = within(screen.getAllByRole("group", { name: "État" })[0] ?? document.body);
  await userEvent.click(states.getByRole("checkbox", { name: /^Ouvert/ }));
  expect(await found("3 appels")).toEqual(["Salles grises", "Terrains d’essai", "Clé ouverte"]);
  expect(location.search).toBe("?status=open");
  const kinds = within(screen.getAllByRole("group", { name: "Type d’appel" })[0] ?? document.body);
  expect(kinds.getAllByRole("checkbox")).toHaveLength(2);
  await userEvent.click(screen.getByRole("button", { name: /Retirer le filtre/ }));
  expect(await found("23 appels")).toHaveLength(20);
});

test("the list goes on where it stopped", async () => {
  open("/appels?edition=real&edition=fictitious");
  await found("23 appels");
  await userEvent.click(screen.getByRole("button", { name: fr.funding.list.more }));
  await screen.findByRole("heading", { name: "Bourse d’essai, édition 1" }, LONG);
  expect(await found("23 appels")).toHaveLength(23);
});

test("nothing found says which filter to drop", async () => {
  open("/appels?kind=window&status=open");
  expect(await screen.findByRole("heading", { name: fr.call.found.nothing }, LONG)).toBeTruthy();
  await userEvent.click(
    await screen.findByRole("link", { name: "Sans le filtre « Ouvert » : 1 appel" }, LONG),
  );
  expect(await found("1 appel")).toEqual(["Bancs d’épreuve"]);
  expect(location.search).toBe("?kind=window");
});

test("a call that lacks a word says which, and the way to those that have the others is one press", async () => {
  open("/appels?q=bancs+terrains");
  await screen.findAllByText("il manque « terrains »", {}, LONG);
  await userEvent.click(await screen.findByRole("link", { name: /^Sans « terrains » : 1 appel/ }));
  expect(await found("1 appel")).toEqual(["Bancs d’épreuve"]);
});

test("a call that changed since one's visit says so, and one that did not says nothing", async () => {
  localStorage.setItem(
    "etape-calls",
    JSON.stringify({ terrains: { version: 0, at: "2026-11-02T09:00:00Z" } }),
  );
  open("/appels/terrains");
  await screen.findByText(/a changé depuis votre visite/, {}, LONG);
  await userEvent.click(screen.getByRole("button", { name: fr.call.changes.see }));
  expect(document.activeElement?.textContent).toContain(fr.call.changes.title);
  await screen.findByText("L’appel est publié ici.", {}, LONG);
  cleanup();
  open("/appels/terrains");
  await screen.findByText("L’appel est publié ici.", {}, LONG);
  expect(screen.queryByText(/a changé depuis votre visite/)).toBeNull();
});

test("a structure is told once: it narrows the list, says its fit, and stays in the browser", async () => {
  const words = fr.structure;
  localStorage.clear();
  const yes = /Pour ma structure.: oui/;
  open("/appels");
  await userEvent.click(await screen.findByRole("button", { name: words.mine.tell }, LONG));
  await userEvent.selectOptions(
    screen.getByLabelText(/^Ma structure/, { selector: "select" }),
    "health_facility",
  );
  await userEvent.click(screen.getByRole("button", { name: words.mine.show }));
  await screen.findByText(yes, {}, LONG);
  expect(location.search).toBe("?structure=health_facility");
  await userEvent.click(screen.getByRole("button", { name: /Retirer le filtre.*Ma structure/ }));
  await waitFor(() => expect(screen.queryByText(yes)).toBeNull(), LONG);
  cleanup();
  open("/appels");
  await screen.findByRole("button", { name: /^Pour ma structure.*Établissement de santé/ }, LONG);
});

test("a call answers for one's structure, and says what would change its answer", async () => {
  const words = fr.structure;
  open("/appels/terrains?structure=university");
  await screen.findAllByText(words.verdict.depends, {}, LONG);
  expect(screen.getAllByText("Prenez un hôpital pour chef de file.")).toHaveLength(3);
  await userEvent.selectOptions(
    screen.getByLabelText(/^Ma structure/, { selector: "select" }),
    "health_facility",
  );
  await screen.findAllByText(words.verdict.eligible, {}, LONG);
  expect(screen.queryByText("Prenez un hôpital pour chef de file.")).toBeNull();
  expect(location.search).toBe("?structure=health_facility");
  await userEvent.selectOptions(screen.getByLabelText(/^Je réponds/), "with");
  await userEvent.selectOptions(await screen.findByLabelText(/^Partenaire 1/), "association");
  await waitFor(() => expect(location.search).toContain("with=association."));
});

test("a call of which no source says who may apply says so, whatever the structure", async () => {
  open("/appels/metiers?structure=university");
  expect(await screen.findByText(fr.structure.verdict.not_stated, {}, LONG)).toBeTruthy();
  expect(screen.getByText(fr.structure.nothing)).toBeTruthy();
});
