import { useQueryClient } from "@tanstack/react-query";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Form } from "#ui/form.tsx";
import { Notice } from "#ui/notice.tsx";

/** Asks whoever opened the mailed link to confirm: a mail scanner opens links too, and presses nothing. */
export function ProofNotice({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useI18n();
  const queryClient = useQueryClient();
  const confirm = $api.useMutation("post", "/api/v1/registrations/{token}/confirm", {
    onSettled: () => queryClient.invalidateQueries(),
    onSuccess: onDone,
  });
  const words = t.registration.mine;
  return (
    <Notice tone="point" title={words.proofTitle}>
      <div className="stack">
        <p>{words.proof}</p>
        <Form
          error={confirm.error}
          onSubmit={() => confirm.mutate({ params: { path: { token } } })}
        >
          <div className="row">
            <Button type="submit" busy={confirm.isPending}>
              {words.prove}
            </Button>
          </div>
        </Form>
      </div>
    </Notice>
  );
}
