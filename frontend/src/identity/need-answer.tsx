import { useState } from "react";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { RadioGroup } from "#ui/choice.tsx";
import { Field, TextArea } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { useAct } from "./grave.tsx";
import { typed } from "./proof.tsx";

type Answer = "confirmed" | "impossible";

/** Answers a need: it will be met, or something else is offered; whoever answers first takes care of it. */
export function NeedAnswer({
  slug,
  need: { id, name, state, alternative },
  onAnswer,
}: {
  slug: string;
  need: Schema<"NeedLine">;
  onAnswer: () => void;
}) {
  const { t } = useI18n();
  const words = t.desk.needs;
  const [chosen, setChosen] = useState<Answer>(state === "impossible" ? state : "confirmed");
  const answer = useAct(
    $api.useMutation("patch", "/api/v1/manage/stops/{slug}/needs/{need}"),
    onAnswer,
  );
  return (
    <details>
      <summary>
        {state === "requested" ? words.answer : words.again}
        <span className="hidden"> {words.answerOne(name)}</span>
      </summary>
      <Form
        error={answer.error}
        onSubmit={(data) =>
          answer.mutate({
            params: { path: { slug, need: id } },
            body: {
              state: chosen,
              alternative: chosen === "impossible" ? typed(data, "alternative") : null,
            },
          })
        }
      >
        <RadioGroup
          name="state"
          legend={words.state}
          options={(["confirmed", "impossible"] as const).map((value) => ({
            value,
            label: words.states[value],
          }))}
          value={chosen}
          onChange={(value) => setChosen(value === "impossible" ? value : "confirmed")}
        />
        {chosen === "impossible" && (
          <Field name="alternative" label={words.alternative}>
            <TextArea rows={3} defaultValue={alternative ?? ""} />
          </Field>
        )}
        <div>
          <Button type="submit" look="secondary" busy={answer.isPending}>
            {answer.isPending ? t.ui.sending : words.send}
          </Button>
        </div>
      </Form>
    </details>
  );
}
