// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { I18nProvider } from "#i18n/context.tsx";
import { fr } from "#i18n/fr.ts";
import { SuggestBox } from "./suggest-box.tsx";

const OPTIONS = [
  { id: "call tiers-lieux", group: "Appel", label: "Tiers-lieux d’expérimentation" },
  { id: "stop lille", group: "Étape du tour", label: "Lille" },
];

afterEach(cleanup);

// jsdom draws nothing, and has nowhere to scroll.
Element.prototype.scrollIntoView = vi.fn<() => void>();

function open() {
  const onPick = vi.fn<(id: string) => void>();
  const onSubmit = vi.fn<() => void>();
  function Page() {
    const [value, setValue] = useState("");
    return (
      <I18nProvider locale="fr" messages={fr}>
        <SuggestBox
          label="Chercher"
          value={value}
          onChange={setValue}
          onSubmit={onSubmit}
          options={OPTIONS}
          onPick={onPick}
        />
      </I18nProvider>
    );
  }
  render(<Page />);
  return { onPick, onSubmit, box: screen.getByRole("combobox"), user: userEvent.setup() };
}

test("nothing hangs under the box until somebody types", async () => {
  const { box, user } = open();
  expect(screen.queryByRole("listbox")).toBeNull();
  await user.type(box, "ti");
  expect(screen.getAllByRole("option")).toHaveLength(2);
  expect(box.getAttribute("aria-expanded")).toBe("true");
});

test("Enter searches for the words as long as no suggestion was chosen", async () => {
  const { box, user, onPick, onSubmit } = open();
  await user.type(box, "ti{Enter}");
  expect(onSubmit).toHaveBeenCalledOnce();
  expect(onPick).not.toHaveBeenCalled();
});

test("the arrows choose without taking the focus, and come back to the words", async () => {
  const { box, user, onPick, onSubmit } = open();
  await user.type(box, "ti{ArrowUp}");
  const chosen = screen.getByRole("option", { selected: true });
  expect(chosen.textContent).toContain("Lille");
  expect(box.getAttribute("aria-activedescendant")).toBe(chosen.id);
  expect(document.activeElement).toBe(box);
  await user.keyboard("{ArrowDown}{Enter}");
  expect(onPick).not.toHaveBeenCalled();
  expect(onSubmit).toHaveBeenCalledOnce();
});

test("Enter goes to the chosen suggestion", async () => {
  const { box, user, onPick } = open();
  await user.type(box, "ti{ArrowDown}{Enter}");
  expect(onPick).toHaveBeenCalledWith("call tiers-lieux");
});

test("Escape closes the suggestions and keeps the words", async () => {
  const { box, user } = open();
  await user.type(box, "ti{Escape}");
  expect(screen.queryByRole("listbox")).toBeNull();
  expect(box).toHaveProperty("value", "ti");
});

test("a suggestion is pressed before the box loses the focus", async () => {
  const { box, user, onPick } = open();
  await user.type(box, "ti");
  await user.click(screen.getByText("Lille"));
  expect(onPick).toHaveBeenCalledWith("stop lille");
});
