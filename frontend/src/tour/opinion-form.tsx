import { useQueryClient } from "@tanstack/react-query";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { RadioGroup } from "#ui/choice.tsx";
import { Field, TextArea } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { Notice } from "#ui/notice.tsx";
import { Section } from "#ui/page.tsx";
import { inForm } from "./wish.ts";

const PATH = "/api/v1/registrations/{token}/opinion";
/** Where the letter that thanks leads. */
const OPINION = "avis";

/** Three questions to who came, once; the answer is kept without their name. */
export function OpinionForm({ token }: { token: string }) {
  const { t } = useI18n();
  const words = t.registration.opinion;
  const queryClient = useQueryClient();
  const { data } = $api.useQuery("get", PATH, { params: { path: { token } } });
  const give = $api.useMutation("post", PATH, { onSettled: () => queryClient.invalidateQueries() });
  if (data?.state === "given") {
    return (
      <Notice tone="good" live>
        {words.given}
      </Notice>
    );
  }
  if (data?.state !== "open") {
    return null;
  }

  function send(said: FormData) {
    const written = (name: string) => {
      const value = said.get(name);
      return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
    };
    const body = {
      useful: Number(said.get("useful")),
      missing: written("missing"),
      next_step: written("next_step"),
    };
    give.mutate({ params: { path: { token } }, body });
  }

  return (
    <div id={OPINION}>
      <Section title={words.title}>
        <p className="soft">{words.lead}</p>
        <Form error={inForm(give.error, [], t.registration)} onSubmit={send}>
          <RadioGroup
            name="useful"
            legend={words.useful}
            options={words.scale.map((label, at) => ({ value: `${at + 1}`, label }))}
          />
          <Field name="missing" label={words.missing} optional>
            <TextArea maxLength={2000} />
          </Field>
          <Field name="next_step" label={words.next} optional>
            <TextArea maxLength={2000} />
          </Field>
          <Button type="submit" busy={give.isPending}>
            {words.send}
          </Button>
        </Form>
      </Section>
    </div>
  );
}
