import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Field, Select } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { useAct } from "./grave.tsx";
import { typed } from "./proof.tsx";

/** Entrusts a need to somebody of the stop's team; who asked is told nothing. */
export function NeedOwner({
  slug,
  need,
  onEntrust,
}: {
  slug: string;
  need: Schema<"NeedLine">;
  onEntrust: () => void;
}) {
  const { t } = useI18n();
  const words = t.desk.needs;
  const { data: owners } = $api.useQuery("get", "/api/v1/manage/stops/{slug}/needs/owners", {
    params: { path: { slug }, query: { limit: 100 } },
  });
  const entrust = useAct(
    $api.useMutation("patch", "/api/v1/manage/stops/{slug}/needs/{need}"),
    onEntrust,
  );
  const others = (owners?.items ?? []).filter(({ id }) => id !== need.owner_id);
  if (others.length === 0) {
    return null;
  }
  return (
    <details>
      <summary>
        {words.entrust}
        <span className="hidden"> {words.entrustOne(need.name)}</span>
      </summary>
      <Form
        error={entrust.error}
        onSubmit={(data) =>
          entrust.mutate({
            params: { path: { slug, need: need.id } },
            body: { owner: typed(data, "owner") },
          })
        }
      >
        <Field name="owner" label={words.to}>
          <Select options={others.map(({ id, name }) => ({ value: id, label: name }))} />
        </Field>
        <div>
          <Button type="submit" look="secondary" busy={entrust.isPending}>
            {entrust.isPending ? t.ui.sending : words.give}
          </Button>
        </div>
      </Form>
    </details>
  );
}
