import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api } from "#api/client.ts";
import { createKeyring } from "#api/keyring.ts";
import { Button } from "#ui/button.tsx";
import { Form } from "#ui/form.tsx";

/** Cancels a registration once that is confirmed; nothing is given back before. */
export function CancelForm({
  token,
  confirm,
  keep,
  onKeep,
  onDone,
}: {
  token: string;
  confirm: string;
  keep: string;
  onKeep: () => void;
  onDone: () => void;
}) {
  const queryClient = useQueryClient();
  const [keyring] = useState(createKeyring);
  const cancel = $api.useMutation("delete", "/api/v1/registrations/{token}", {
    onSettled: async (_, error) => {
      keyring.settle(error);
      await queryClient.invalidateQueries();
    },
    onSuccess: onDone,
  });
  const header = () => ({ "Idempotency-Key": keyring.keyFor("cancel") });
  return (
    <Form
      error={cancel.error}
      onSubmit={() => cancel.mutate({ params: { path: { token }, header: header() } })}
    >
      <div className="row">
        <Button type="submit" busy={cancel.isPending}>
          {confirm}
        </Button>
        <Button look="secondary" onClick={onKeep}>
          {keep}
        </Button>
      </div>
    </Form>
  );
}
