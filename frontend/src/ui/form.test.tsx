// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { type Problem, UNREACHABLE } from "#api/problem.ts";
import { I18nProvider } from "#i18n/context.tsx";
import { fr } from "#i18n/fr.ts";
import { Button } from "./button.tsx";
import { RadioGroup } from "./choice.tsx";
import { Field, TextInput } from "./field.tsx";
import { Form } from "./form.tsx";

const refused: Problem = {
  type: "/problems/invalid",
  title: "La demande est incomplète",
  detail: "Corrigez les champs indiqués.",
  status: 422,
  request_id: "r-1",
  errors: [
    { pointer: "/person/email", detail: "Cette adresse n’existe pas." },
    { pointer: "/mode", detail: "Choisissez comment vous venez." },
    { pointer: "?simulate", detail: "Paramètre inconnu." },
  ],
};

function draw(error: unknown, onSubmit: (data: FormData) => void = () => undefined) {
  render(
    <I18nProvider locale="fr" messages={fr}>
      <Form error={error} onSubmit={onSubmit}>
        <Field name="person/email" label="Courriel" hint="Pour le lien.">
          <TextInput type="email" />
        </Field>
        <RadioGroup
          name="mode"
          legend="Comment venez-vous ?"
          defaultValue="online"
          options={[
            { value: "on_site", label: "Sur place" },
            { value: "online", label: "En ligne" },
          ]}
        />
        <Button type="submit">Envoyer</Button>
      </Form>
    </I18nProvider>,
  );
}

afterEach(cleanup);

test("a refusal takes the focus and says every error, those of no field included", () => {
  draw(refused);
  const summary = screen.getByRole("alert");
  expect(document.activeElement).toBe(summary);
  expect(within(summary).getByText("3 points sont à corriger")).toBeTruthy();
  expect(within(summary).getAllByRole("link")).toHaveLength(2);
  expect(within(summary).getByText("Paramètre inconnu.")).toBeTruthy();
});

test("a field says its own error to those who hear it too", () => {
  draw(refused);
  const input = screen.getByLabelText("Courriel");
  expect(input.getAttribute("aria-invalid")).toBe("true");
  const described = (input.getAttribute("aria-describedby") ?? "").split(" ");
  expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual([
    "Pour le lien.",
    "Cette adresse n’existe pas.",
  ]);
});

test("an error of the summary leads to its field", async () => {
  draw(refused);
  await userEvent.click(screen.getByRole("link", { name: "Cette adresse n’existe pas." }));
  expect(document.activeElement).toBe(screen.getByLabelText("Courriel"));
  await userEvent.click(screen.getByRole("link", { name: "Choisissez comment vous venez." }));
  expect(document.activeElement).toBe(screen.getByLabelText("Sur place"));
});

test("silence of the network is said in our words", () => {
  draw(UNREACHABLE);
  expect(screen.getByRole("alert").textContent).toContain("Le service ne répond pas");
});

test("without error nothing is announced, and what was typed is handed over", async () => {
  const onSubmit = vi.fn<(data: FormData) => void>();
  draw(null, onSubmit);
  expect(screen.queryByRole("alert")).toBeNull();
  await userEvent.type(screen.getByLabelText("Courriel"), "ada@example.org");
  await userEvent.click(screen.getByRole("button", { name: "Envoyer" }));
  expect(Object.fromEntries(onSubmit.mock.calls[0]?.[0] ?? [])).toEqual({
    "person/email": "ada@example.org",
    mode: "online",
  });
});
