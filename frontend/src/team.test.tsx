// @vitest-environment jsdom
/** Coming into the team's space, in the pages themselves, on the mocked API. */
import { cleanup, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { fr } from "#i18n/fr.ts";
import { LONG, open, serveMocks } from "./mocks/pages.tsx";
import { APP_CODE, INVITATION, MAILED_CODE, MAILED_LINK } from "./mocks/team.ts";

serveMocks();

const { desk } = fr;
const { entry, members } = fr.team;

async function press(name: string) {
  await userEvent.click(await screen.findByRole("button", { name }, LONG));
}

async function fill(label: string, words: string) {
  await userEvent.click(await screen.findByLabelText(label, {}, LONG));
  await userEvent.paste(words);
}

async function signIn() {
  open("/gestion");
  await fill(entry.signIn.email, "odile@etape.example");
  await press(entry.signIn.ask);
  await fill(entry.code.label, MAILED_CODE);
  await press(entry.code.submit);
  await fill(entry.second.app, APP_CODE);
  await press(entry.second.confirm);
  await screen.findByRole("heading", { name: fr.team.home.title }, LONG);
}

test("a code by mail, then the app’s, lead to what one may edit", async () => {
  await signIn();
  const calls = await screen.findByRole("list", { name: "Appels" }, LONG);
  const call = within(calls).getByRole("listitem");
  expect(within(call).getByRole("link").getAttribute("href")).toBe("/appels/terrains");
  expect(call.textContent).toContain("Publié");
  expect(call.textContent).toContain("Modifié");
  expect(call.textContent).toContain("par vous");
  expect(document.querySelector("meta[name=robots]")?.getAttribute("content")).toContain("noindex");
});

test("a wrong code is told, and what was asked for stays", async () => {
  open("/gestion/connexion");
  await fill(entry.signIn.email, "odile@etape.example");
  await press(entry.signIn.ask);
  await press(entry.code.submit);
  expect((await screen.findByRole("alert")).textContent).toContain(entry.code.empty);
  await fill(entry.code.label, "AAAA-AAAA");
  await press(entry.code.submit);
  expect(await screen.findByText("Ce code n’ouvre rien.", {}, LONG)).toBeTruthy();
  expect(screen.getByText(/odile@etape\.example/)).toBeTruthy();
});

test("opening the mailed link spends nothing; pressing does", async () => {
  open(`/gestion/connexion?lien=${MAILED_LINK}`);
  await screen.findByRole("heading", { name: entry.link.title }, LONG);
  cleanup();
  open("/gestion/connexion");
  await screen.findByRole("heading", { name: entry.signIn.title }, LONG);
  cleanup();
  open(`/gestion/connexion?lien=${MAILED_LINK}`);
  await press(entry.link.submit);
  expect(await screen.findByLabelText(entry.second.app, {}, LONG)).toBeTruthy();
});

test("the provider’s way back says why it let nobody in, whatever it adds to the address", async () => {
  open("/gestion/connexion?refus=not-of-the-team&state=abc");
  const sentence = entry.refused.codes["not-of-the-team"] ?? "";
  expect(await screen.findByText(sentence, {}, LONG)).toBeTruthy();
  expect(
    screen
      .getByRole("link", { name: "Se connecter avec Fournisseur d’essai" })
      .getAttribute("href"),
  ).toBe("/api/v1/sign-in/oidc");
  cleanup();
  open("/gestion/connexion?refus=of-tomorrow");
  expect(await screen.findByText(entry.refused.other, {}, LONG)).toBeTruthy();
});

test("a browser that knows no passkey says so, and what to do", async () => {
  open("/gestion/connexion");
  await press(entry.signIn.passkey);
  const alert = await screen.findByRole("alert", {}, LONG);
  expect(alert.textContent).toContain(entry.passkey.unsupported.title);
  expect(alert.textContent).toContain(entry.passkey.unsupported.detail);
});

test("an invitation is taken by a press, and leads to a second factor", async () => {
  open(`/gestion/bienvenue?lien=${INVITATION}`);
  expect(await screen.findByText("Coordination", {}, LONG)).toBeTruthy();
  await press(entry.welcome.accept.invitation);
  expect(await screen.findByRole("heading", { name: entry.enrol.title }, LONG)).toBeTruthy();
  expect(location.search).toBe("");
});

test("an invitation that opens nothing says where to go", async () => {
  open("/gestion/bienvenue?lien=autre");
  expect(await screen.findByRole("heading", { name: entry.welcome.unknown }, LONG)).toBeTruthy();
  expect(screen.getByRole("link", { name: entry.welcome.toSignIn })).toBeTruthy();
});

test("a grave act asks who one is, then goes on by itself", async () => {
  await signIn();
  await userEvent.click(screen.getByRole("link", { name: fr.team.nav.team }));
  await press(members.invite);
  await fill(members.name, "Paul Petit");
  await fill(members.email, "paul@etape.example");
  await userEvent.click(screen.getByRole("checkbox", { name: entry.roles.coordinator }));
  await press(members.send);
  await fill(entry.second.app, APP_CODE);
  await press(entry.second.confirm);
  expect(await screen.findByText(members.sent("Paul Petit"), {}, LONG)).toBeTruthy();
  const waiting = await screen.findByRole("list", { name: members.waiting }, LONG);
  expect(within(waiting).getByText("Paul Petit")).toBeTruthy();
});

test("a grave act that one does not confirm is not done, and says so", async () => {
  await signIn();
  await userEvent.click(screen.getByRole("link", { name: fr.team.nav.team }));
  await press(members.invite);
  await fill(members.name, "Paul Petit");
  await press(members.send);
  await screen.findByLabelText(entry.second.app, {}, LONG);
  const closes = screen.getAllByRole("button", { name: fr.ui.close });
  await userEvent.click(closes.at(-1) ?? document.body);
  expect(await screen.findByText("Rien n’a été fait.", {}, LONG)).toBeTruthy();
  expect(screen.queryByText(members.sent("Paul Petit"))).toBeNull();
});

test("the journal’s filters are in its address", async () => {
  await signIn();
  await userEvent.click(screen.getByRole("link", { name: fr.team.nav.journal }));
  expect(await screen.findByText("Odile Martin s’est connecté.", {}, LONG)).toBeTruthy();
  await userEvent.selectOptions(screen.getByLabelText(fr.team.journal.noun), "Appels");
  await press(fr.team.journal.apply);
  expect(await screen.findByText(fr.team.journal.none.title, {}, LONG)).toBeTruthy();
  expect(location.search).toBe("?objet=call");
});

async function atDesk(stop: string) {
  await signIn();
  await userEvent.click(await screen.findByRole("link", { name: stop }, LONG));
  await screen.findByRole("heading", { name: desk.groups.title }, LONG);
}

test("a need is read once it is opened, and answered", async () => {
  await atDesk("Nancy");
  expect(screen.queryByText(/Ada Lenoir/)).toBeNull();
  await userEvent.click(screen.getByText(desk.needs.see));
  expect(await screen.findByText("Pour la table ronde", {}, LONG)).toBeTruthy();
  await userEvent.click(screen.getByText(desk.needs.answer));
  await userEvent.click(screen.getByRole("radio", { name: desk.needs.states.impossible }));
  await fill(desk.needs.alternative, "Une vélotypie");
  await press(desk.needs.send);
  expect(await screen.findByText(desk.needs.done("Ada Lenoir"), {}, LONG)).toBeTruthy();
  const list = screen.getByRole("list", { name: desk.needs.title });
  expect(within(list).getByText("Impossible")).toBeTruthy();
  expect(list.textContent).toContain("À la place : Une vélotypie");
  expect(list.textContent).toContain("Suivi par Odile Martin");
});

test("a group is invited until an hour of the stop’s place, given its code, and closed", async () => {
  await atDesk("Nancy");
  await userEvent.click(screen.getByText(desk.groups.invite));
  await fill(fr.registration.group.name, "CHU de Nancy");
  await fill(fr.registration.group.size, "12");
  await userEvent.click(
    screen.getByRole("checkbox", { name: "Déjeuner des directions · Sur place" }),
  );
  await press(desk.groups.make);
  const made = await screen.findByText(/gardées\. Le code à donner/, {}, LONG);
  expect(made.textContent).toContain("7Q2M-K9ZD-T4XA");
  const list = screen.getByRole("list", { name: desk.groups.title });
  expect(list.textContent).toContain("0 inscrit sur 12 · jusqu’au dim. 6\u00A0déc., 18:00");
  expect(
    within(list)
      .getByRole("link", { name: /\/groupe\// })
      .getAttribute("href"),
  ).toBe(`${location.origin}/groupe/7Q2M-K9ZD-T4XA`);
  await press(desk.groups.closeOne("CHU de Nancy"));
  expect(await screen.findByText(desk.groups.done("CHU de Nancy"), {}, LONG)).toBeTruthy();
  expect(within(list).getByText(desk.groups.closed)).toBeTruthy();
});

test("what was said of a stop is read once it began", async () => {
  await atDesk("Nancy");
  expect(screen.queryByRole("heading", { name: desk.opinions.title })).toBeNull();
  cleanup();
  open("/gestion/etapes/brest");
  const row = await screen.findByRole("row", { name: "4 1" }, LONG);
  expect(row).toBeTruthy();
  expect(screen.getByText("Du temps pour les questions")).toBeTruthy();
});
