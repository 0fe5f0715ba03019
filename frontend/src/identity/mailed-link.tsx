import { Link } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Form } from "#ui/form.tsx";
import { Page } from "#ui/page.tsx";
import { Unlisted } from "#ui/unlisted.tsx";
import { useGoOn } from "./go-on.ts";

/** What the mailed link opens. It is spent by the person's press only: a scanner that reads mail opens links too. */
export function MailedLink({ token }: { token: string }) {
  const { t } = useI18n();
  const words = t.team.entry.link;
  const spend = $api.useMutation("post", "/api/v1/sign-in/proof", { onSuccess: useGoOn() });
  return (
    <Page title={words.title} narrow>
      <Unlisted />
      <header className="stack">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      <Form error={spend.error} onSubmit={() => spend.mutate({ body: { token } })}>
        <div className="row">
          <Button type="submit" busy={spend.isPending}>
            {words.submit}
          </Button>
          <Link to="/gestion/connexion">{words.other}</Link>
        </div>
      </Form>
    </Page>
  );
}
