import type { ReactNode } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Field, Select, TextInput } from "#ui/field.tsx";

type Person = Pick<Schema<"RegistrationRead">, "name" | "organisation" | "language">;

/** What the fields say of the person. */
export function personOf(data: FormData): Person {
  function said(name: string): string {
    const value = data.get(name);
    return typeof value === "string" ? value.trim() : "";
  }
  return {
    name: said("name"),
    organisation: said("organisation") || null,
    language: said("language") === "en" ? "en" : "fr",
  };
}

/** Who comes, and the language of their mails. `children` stand after the name. */
export function PersonFields({
  person,
  children,
}: {
  person: Partial<Person> & Pick<Person, "language">;
  children?: ReactNode;
}) {
  const { t } = useI18n();
  const words = t.registration;
  return (
    <>
      <Field name="name" label={words.name}>
        <TextInput autoComplete="name" defaultValue={person.name} />
      </Field>
      {children}
      <Field name="organisation" label={words.organisation} optional={!person.organisation}>
        <TextInput autoComplete="organization" defaultValue={person.organisation ?? ""} />
      </Field>
      <Field name="language" label={words.language}>
        <Select
          defaultValue={person.language}
          options={[
            { value: "fr", label: words.languages.fr },
            { value: "en", label: words.languages.en },
          ]}
        />
      </Field>
    </>
  );
}
