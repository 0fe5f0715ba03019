import { Link } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import { Button } from "#ui/button.tsx";
import { Form } from "#ui/form.tsx";
import { Notice } from "#ui/notice.tsx";
import { Page } from "#ui/page.tsx";
import { Unlisted } from "#ui/unlisted.tsx";
import { ConsentField, consentOf } from "./consent-field.tsx";
import { SeatPill } from "./outcome-list.tsx";
import { PersonFields, personOf } from "./person-fields.tsx";

/** What a colleague offers: their seats, which become those of whoever accepts, with their own data. */
export function TransferPage({
  token,
  offer: { giver, name, stop, seats },
}: {
  token: string;
  offer: Schema<"TransferOffer">;
}) {
  const i18n = useI18n();
  const { locale, t } = i18n;
  const accept = $api.useMutation("post", "/api/v1/transfers/{token}/accept");
  const words = t.registration.transfer;
  return (
    <Page title={words.tab} narrow fictitious={stop.fictitious}>
      <Unlisted />
      <header className="stack">
        <p className="soft">{words.from(giver)}</p>
        <h1>
          <Text of={stop.name} />
        </h1>
      </header>
      <ul className="plain">
        {seats.map(({ session, title, starts_at: start, mode, status, rank }) => (
          <li key={session}>
            <b>
              <Text of={title} />
            </b>
            <br />
            <SeatPill status={status} rank={rank} />{" "}
            <span className="small soft">
              {dayText(isoDay(new Date(start), stop.zone), i18n, "long")},{" "}
              {t.codes.mode[mode].toLowerCase()}
            </span>
          </li>
        ))}
      </ul>
      {accept.isSuccess ? (
        <Notice tone="good" live>
          <p>{words.accepted}</p>
          {stop.fictitious && (
            <p>
              <Link to="/demo/courrier">{t.registration.outcome.inbox}</Link>
            </p>
          )}
        </Notice>
      ) : (
        <Form
          error={accept.error}
          onSubmit={(data) =>
            accept.mutate({
              params: { path: { token } },
              body: { ...personOf(data), consent: consentOf(data) },
            })
          }
        >
          <PersonFields person={{ name, language: locale }} />
          <ConsentField />
          <Button type="submit" busy={accept.isPending}>
            {accept.isPending ? t.ui.sending : words.accept}
          </Button>
        </Form>
      )}
    </Page>
  );
}
