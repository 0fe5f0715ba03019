import { useState } from "react";
import type { Problem } from "#api/problem.ts";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { Checkbox, RadioGroup } from "#ui/choice.tsx";
import { Field, Select, TextArea, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { Page } from "#ui/page.tsx";

const refused: Problem = {
  type: "/problems/invalid",
  title: "La demande est incomplète",
  detail: "Corrigez les champs indiqués.",
  status: 422,
  request_id: "r-1",
  errors: [
    { pointer: "/email", detail: "Cette adresse n’a pas de nom de domaine." },
    { pointer: "/mode", detail: "Choisissez comment vous venez." },
  ],
};

export function FormsSheet() {
  const [error, setError] = useState<Problem | null>(refused);
  return (
    <Page title="Forms" narrow>
      <h1>Les formulaires</h1>
      <Card>
        <Form error={error} onSubmit={() => setError({ ...refused })}>
          <Field name="name" label="Prénom et nom">
            <TextInput autoComplete="name" defaultValue="Ada Lenoir" />
          </Field>
          <Field name="email" label="Courriel" hint="Pour le lien qui permet de tout changer.">
            <TextInput type="email" autoComplete="email" defaultValue="ada.lenoir" />
          </Field>
          <Field name="session" label="Table ronde « télésurveillance »">
            <Select
              options={[
                { value: "wait", label: "En ligne, et en attente d’une place (13e)" },
                { value: "none", label: "Je n’y vais pas" },
              ]}
            />
          </Field>
          <RadioGroup
            name="mode"
            legend="Comment venez-vous ?"
            options={[
              { value: "onsite", label: "Sur place", hint: "8 places sur 80" },
              { value: "online", label: "En ligne", hint: "sans limite" },
              { value: "visit", label: "Visite", hint: "liste close le 3 mai", disabled: true },
            ]}
          />
          <Field name="question" label="Une question pour l’intervenant" optional>
            <TextArea />
          </Field>
          <Checkbox
            name="promote"
            label="Me donner une place si elle se libère"
            hint="Jusqu’à 48 h avant."
            defaultChecked
          />
          <Button type="submit">Confirmer mes 2 séances</Button>
          <Button look="plain" onClick={() => setError(null)}>
            Sans erreur
          </Button>
        </Form>
      </Card>
    </Page>
  );
}
