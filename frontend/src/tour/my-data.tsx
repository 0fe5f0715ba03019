import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText } from "#i18n/dates.ts";
import { AnchorButton, Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Form } from "#ui/form.tsx";
import { Section } from "#ui/page.tsx";

const DATA = "/api/v1/registrations/{token}/data";

/** What is held about the person of a link: until when, to take away, to erase. Erasing is asked twice. */
export function MyData({ token }: { token: string }) {
  const i18n = useI18n();
  const words = i18n.t.registration.data;
  const [asking, setAsking] = useState(false);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const params = { path: { token } };
  const { data } = $api.useQuery("get", DATA, { params });
  const erase = $api.useMutation("delete", DATA, {
    onSuccess: async () => {
      await navigate({ to: "/confidentialite", search: { fait: "efface" } });
      queryClient.removeQueries();
    },
  });
  return (
    <Section title={words.title}>
      <p>
        {data?.erased_after && words.until(dayText(data.erased_after, i18n, "long"))}{" "}
        <Link to="/confidentialite">{i18n.t.registration.notice.see}</Link>
      </p>
      <div className="row">
        <AnchorButton href={`/api/v1/registrations/${token}/data`} look="secondary" download>
          {words.take}
        </AnchorButton>
        <Button look="secondary" onClick={() => setAsking(true)}>
          {words.erase}
        </Button>
      </div>
      <Dialog open={asking} onClose={() => setAsking(false)} title={words.eraseTitle}>
        <p>{words.eraseDetail}</p>
        <Form error={erase.error} onSubmit={() => erase.mutate({ params })}>
          <div className="row">
            <Button type="submit" busy={erase.isPending}>
              {words.eraseConfirm}
            </Button>
            <Button look="secondary" onClick={() => setAsking(false)}>
              {words.keep}
            </Button>
          </div>
        </Form>
      </Dialog>
    </Section>
  );
}
