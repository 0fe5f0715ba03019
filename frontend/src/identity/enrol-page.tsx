import { useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { Page } from "#ui/page.tsx";
import { Unlisted } from "#ui/unlisted.tsx";
import { useGoOn } from "./go-on.ts";
import { NewAuthenticator } from "./new-authenticator.tsx";
import { NewPasskey } from "./new-passkey.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";

/** The first second factor: a passkey, or an authenticator app where passkeys are blocked. */
export function EnrolPage() {
  const { t } = useI18n();
  const words = t.team.entry.enrol;
  const goOn = useGoOn();
  const [byApp, setByApp] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes !== null) {
    return (
      <Page title={t.team.entry.recovery.title} narrow>
        <Unlisted />
        <h1>{t.team.entry.recovery.title}</h1>
        <RecoveryCodes codes={codes} onDone={() => void goOn()} />
      </Page>
    );
  }
  return (
    <Page title={words.title} narrow>
      <Unlisted />
      <header className="stack">
        <h1>{words.title}</h1>
        <p className="lead">{words.lead}</p>
      </header>
      <Card as="section">
        <h2>{words.passkey}</h2>
        <p>{words.passkeyLead}</p>
        <NewPasskey onDone={() => void goOn()} primary={!byApp} />
      </Card>
      <Card as="section">
        <h2>{words.app}</h2>
        <p>{words.appLead}</p>
        {byApp ? (
          <NewAuthenticator onDone={setCodes} />
        ) : (
          <p>
            <Button look="secondary" onClick={() => setByApp(true)}>
              {words.start}
            </Button>
          </p>
        )}
      </Card>
    </Page>
  );
}
