import { stageValues, structureKindValues } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Field, Select } from "#ui/field.tsx";
import { useLabels } from "./labels.ts";
import { answersIn, addressOf, type Answers } from "./structure.ts";

/** What one says of a structure once, for every call: what it is, where, and how far its project is. */
export function StructureFields({
  answers,
  onChange,
}: {
  answers: Answers;
  onChange: (answers: Answers) => void;
}) {
  const { t } = useI18n();
  const { labelOf, regions } = useLabels();
  const words = t.structure.form;
  const fields = [
    [
      "structure",
      answers.kind,
      "structure/kind",
      words.structure,
      structureKindValues,
      "applicant",
    ],
    ["structure_region", answers.region, "structure/region", words.region, regions, "region"],
    ["structure_stage", answers.stage, "project/stage", words.stage, stageValues, "stage"],
  ] as const;
  return fields.map(([name, told, pointer, label, values, filter]) => (
    <Field key={name} name={pointer} label={label} optional="silently">
      <Select
        value={told ?? ""}
        options={[
          { value: "", label: words.untold },
          ...values.map((value) => ({ value, label: labelOf(filter, value) })),
        ]}
        onChange={({ target }) =>
          onChange(answersIn({ ...addressOf(answers), [name]: target.value }))
        }
      />
    </Field>
  ));
}
