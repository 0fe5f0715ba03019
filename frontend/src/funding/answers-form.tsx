import type { Schema } from "#api/schemas.ts";
import { structureKindValues } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Field, Select, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import css from "./call-eligibility.module.css";
import { useLabels } from "./labels.ts";
import { StructureFields } from "./structure-fields.tsx";
import type { Answers, Told } from "./structure.ts";

type Topic = Schema<"Topic">;
type Answering = { answers: Answers; onChange: (answers: Answers) => void };

/** The numbers that some calls ask for, by the topic of the criterion that needs them. */
const NUMBERS = [
  ["staff", "staff", "structure/staff"],
  ["years", "years", "structure/years"],
  ["spend_cents", "spend", "project/spend_cents"],
  ["months", "months", "project/months"],
] as const;

/** Everything that the criteria of one call ask for; each answer is taken as it is given. */
export function AnswersForm({
  topics,
  error,
  ...answering
}: Answering & { topics: ReadonlySet<Topic>; error: unknown }) {
  const { t } = useI18n();
  const { answers, onChange } = answering;
  const words = t.structure.form;
  return (
    <Form error={error} onSubmit={() => undefined}>
      <div className={css.fields}>
        <StructureFields {...answering} />
        {NUMBERS.filter(([topic]) => topics.has(topic)).map(([topic, name, pointer]) => (
          <Field key={topic} name={pointer} label={words[name]} optional="silently">
            <TextInput
              inputMode="numeric"
              defaultValue={answers[name] ?? ""}
              onChange={({ target }) => {
                const { [name]: _, ...others } = answers;
                const number = Number(target.value.replaceAll(/\s/gu, ""));
                const isTold =
                  target.value.trim() !== "" && Number.isInteger(number) && number >= 0;
                onChange({ ...others, ...(isTold && { [name]: number }) });
              }}
            />
          </Field>
        ))}
        <Together {...answering} />
      </div>
      <Partners {...answering} asksRegion={topics.has("region")} />
    </Form>
  );
}

/** Alone, with others, or not known yet. */
function Together({ answers, onChange }: Answering) {
  const { t } = useI18n();
  const words = t.structure.form;
  const { partners, lead: _, ...others } = answers;
  const options = [
    { value: "undecided", label: words.undecided },
    { value: "alone", label: words.alone },
    { value: "with", label: words.with },
  ];
  const value = partners === undefined ? "undecided" : partners.length === 0 ? "alone" : "with";
  return (
    <Field name="partners" label={words.together} optional="silently">
      <Select
        options={options}
        value={value}
        onChange={({ target }) =>
          onChange({
            ...others,
            ...(target.value === "alone" && { partners: [] }),
            ...(target.value === "with" && { partners: [{}] }),
          })
        }
      />
    </Field>
  );
}

/** The partners, each by its kind, and by its region where that counts; and who of all leads. */
function Partners({ answers, onChange, asksRegion }: Answering & { asksRegion: boolean }) {
  const { t } = useI18n();
  const { labelOf, regions } = useLabels();
  const words = t.structure.form;
  const { partners = [], lead, ...others } = answers;
  if (partners.length === 0) {
    return null;
  }
  const untold = { value: "", label: words.untold };
  const named = (filter: "applicant" | "region", values: readonly string[]) => [
    untold,
    ...values.map((value) => ({ value, label: labelOf(filter, value) })),
  ];
  const put = (at: number, partner: Told) =>
    onChange({ ...answers, partners: partners.with(at, partner) });
  function remove(at: number) {
    const left = partners.filter((_, rank) => rank !== at);
    const leads =
      lead === undefined || lead === at + 1 ? undefined : lead > at + 1 ? lead - 1 : lead;
    onChange({ ...others, partners: left, ...(leads !== undefined && { lead: leads }) });
  }
  return (
    <>
      <ol className={css.partners}>
        {partners.map(({ kind, region }, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- partners have no name: their rank is who they are
          <li key={at} className={css.fields}>
            <Field name={`partners/${at}/kind`} label={words.partner(at + 1)} optional="silently">
              <Select
                options={named("applicant", structureKindValues)}
                value={kind ?? ""}
                onChange={({ target }) => {
                  const told = structureKindValues.find((value) => value === target.value);
                  put(at, { ...(region && { region }), ...(told && { kind: told }) });
                }}
              />
            </Field>
            {asksRegion && (
              <Field
                name={`partners/${at}/region`}
                label={words.partnerRegion(at + 1)}
                optional="silently"
              >
                <Select
                  options={named("region", regions)}
                  value={region ?? ""}
                  onChange={({ target: { value } }) =>
                    put(at, { ...(kind && { kind }), ...(value !== "" && { region: value }) })
                  }
                />
              </Field>
            )}
            <Button look="plain" onClick={() => remove(at)}>
              {words.remove(at + 1)}
            </Button>
          </li>
        ))}
      </ol>
      <div className={css.fields}>
        <Field name="lead" label={words.lead} optional="silently">
          <Select
            value={String(lead ?? "")}
            options={[
              { value: "", label: words.structure },
              ...partners.map((_, at) => ({ value: `${at + 1}`, label: words.partner(at + 1) })),
            ]}
            onChange={({ target: { value } }) =>
              onChange({ ...others, partners, ...(value !== "" && { lead: Number(value) }) })
            }
          />
        </Field>
        <Button
          look="secondary"
          onClick={() => onChange({ ...answers, partners: [...partners, {}] })}
        >
          {words.add}
        </Button>
      </div>
    </>
  );
}
