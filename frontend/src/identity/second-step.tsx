import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { Page } from "#ui/page.tsx";
import { Unlisted } from "#ui/unlisted.tsx";
import { useGoOn } from "./go-on.ts";
import { Proof } from "./proof.tsx";
import { useSignOut } from "./sign-out.ts";

/** The address is proved: what is left to show. */
export function SecondStep({ held }: { held: Schema<"SecondFactors"> }) {
  const { t } = useI18n();
  const words = t.team.entry.second;
  const goOn = useGoOn();
  const leave = useSignOut();
  return (
    <Page title={words.title} narrow>
      <Unlisted />
      <header className="stack">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      <Card as="section">
        <Proof held={held} onProved={() => void goOn()} />
      </Card>
      <p className="soft small">{words.lost}</p>
      <p>
        <Button look="plain" busy={leave.isPending} onClick={() => leave.mutate({})}>
          {words.leave}
        </Button>
      </p>
    </Page>
  );
}
