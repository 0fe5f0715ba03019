// @vitest-environment jsdom
/** What people may do with what they entrusted to us, in the pages themselves, on the mocked API. */
import { cleanup, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { fr } from "#i18n/fr.ts";
import { tokenOf } from "./mocks/handlers.ts";
import { LONG, open, serveMocks } from "./mocks/pages.tsx";

serveMocks();

const { data, lost, needs, notice } = fr.registration;

async function register(read: boolean) {
  open("/etapes/nancy");
  await userEvent.type(await screen.findByLabelText("Prénom et nom", {}, LONG), "Ada Lenoir");
  await userEvent.type(screen.getByLabelText("Courriel"), "ada@example.org");
  await userEvent.click(screen.getByRole("checkbox", { name: /Bâtir un budget/ }));
  if (read) {
    await userEvent.click(screen.getByRole("checkbox", { name: notice.read }));
  }
  await userEvent.click(screen.getByRole("button", { name: "M’inscrire à 1 séance" }));
}

test("who did not read the notice is led to the box that says so", async () => {
  await register(false);
  const summary = await screen.findByRole("alert", {}, LONG);
  await userEvent.click(within(summary).getByRole("link"));
  expect(document.activeElement).toBe(screen.getByRole("checkbox", { name: notice.read }));
});

test("the notice has its nine items", async () => {
  open("/confidentialite");
  await screen.findByRole("heading", { level: 1, name: notice.title }, LONG);
  expect(screen.getAllByRole("heading", { level: 2 })).toHaveLength(9);
});

test("a lost link is asked for from the stop and from a link that opens nothing", async () => {
  // The router tells the console what a loader threw.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  open(`/inscription/${tokenOf(7)}`);
  await userEvent.type(await screen.findByLabelText("Courriel", {}, LONG), "ada@example.org");
  await userEvent.click(screen.getByRole("button", { name: lost.ask }));
  expect(await screen.findByText(lost.asked, {}, LONG)).toBeTruthy();
  cleanup();
  open("/etapes/nancy");
  expect(await screen.findByText(lost.title, {}, LONG)).toBeTruthy();
});

test("a need is asked for, shown with its state, and withdrawn", async () => {
  await register(true);
  await screen.findByRole("heading", { name: "C’est noté" }, LONG);
  cleanup();
  open(`/inscription/${tokenOf(1)}`);
  const kind = await screen.findByLabelText(needs.kind, {}, LONG);
  await userEvent.selectOptions(kind, needs.kinds.quiet_seat);
  await userEvent.type(screen.getByLabelText(/^Précisions/), "Au fond");
  await userEvent.click(screen.getByRole("button", { name: needs.ask }));
  expect(await screen.findByText("Au fond", {}, LONG)).toBeTruthy();
  expect(screen.getByText(needs.states.requested)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: /^Retirer/ }));
  await vi.waitFor(() => expect(screen.queryByText("Au fond")).toBeNull(), LONG);
});

test("what is held can be taken away, and is erased after being asked twice", async () => {
  await register(true);
  await screen.findByRole("heading", { name: "C’est noté" }, LONG);
  cleanup();
  open(`/inscription/${tokenOf(1)}`);
  const take = await screen.findByRole("link", { name: data.take }, LONG);
  expect(take.getAttribute("href")).toBe(`/api/v1/registrations/${tokenOf(1)}/data`);
  expect(await screen.findByText(/lundi 15 mars 2027/, {}, LONG)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: data.erase }));
  await userEvent.click(screen.getByRole("button", { name: data.eraseConfirm }));
  expect(await screen.findByText(notice.erased, {}, LONG)).toBeTruthy();
  expect(location.pathname).toBe("/confidentialite");
});
