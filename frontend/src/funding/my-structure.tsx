import { useState } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Chip, FilterChip } from "#ui/chip.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Form } from "#ui/form.tsx";
import { useLabels } from "./labels.ts";
import { type CallSearch, validateCallSearch, withoutStructure } from "./search.ts";
import { StructureFields } from "./structure-fields.tsx";
import { addressOf, type Answers, answersIn, keepStructure, keptStructure } from "./structure.ts";

/** The structure that is told once: whether the list is for it, and the way to tell it. */
export function MyStructure({
  search,
  onSearch,
}: {
  search: CallSearch;
  onSearch: (search: CallSearch) => void;
}) {
  const { t } = useI18n();
  const { labelOf } = useLabels();
  const words = t.structure.mine;
  const [kept, setKept] = useState<Answers>(keptStructure);
  const [draft, setDraft] = useState<Answers | null>(null);
  const asked = answersIn(search);
  const isOn = Object.keys(asked).length > 0;
  const { kind, region, stage } = isOn ? asked : kept;
  const label = [
    kind && labelOf("applicant", kind),
    region && labelOf("region", region),
    stage && labelOf("stage", stage),
  ]
    .filter(Boolean)
    .join(", ");

  function show(structure: Answers) {
    const { structure: is, structure_region: at, structure_stage: stands } = addressOf(structure);
    const mine = { structure: is, structure_region: at, structure_stage: stands };
    onSearch(validateCallSearch({ ...withoutStructure(search), ...mine }));
  }

  function keep(structure: Answers) {
    keepStructure(structure);
    setKept(structure);
    setDraft(null);
    show(structure);
  }

  return (
    <div className="row">
      {isOn ? (
        <FilterChip label={words.on(label)} onRemove={() => onSearch(withoutStructure(search))} />
      ) : (
        <Chip onPress={() => (label === "" ? setDraft(kept) : show(kept))}>
          {label === "" ? words.tell : words.off(label)}
        </Chip>
      )}
      {label !== "" && (
        <Button look="plain" onClick={() => setDraft(isOn ? { ...kept, ...asked } : kept)}>
          {words.edit}
        </Button>
      )}
      <Dialog open={draft !== null} onClose={() => setDraft(null)} title={words.title} look="sheet">
        {draft !== null && (
          <Form error={null} onSubmit={() => keep(draft)}>
            <p className="soft small">{words.hint}</p>
            <StructureFields answers={draft} onChange={setDraft} />
            <p>
              <Button type="submit">{words.show}</Button>
            </p>
          </Form>
        )}
      </Dialog>
    </div>
  );
}

/** Whether a call is for the structure that the list was asked about, in a word. */
export function CallFit({ fit }: { fit: Schema<"Verdict"> }) {
  const { t } = useI18n();
  return <p className="small">{t.structure.fit[fit]}</p>;
}
