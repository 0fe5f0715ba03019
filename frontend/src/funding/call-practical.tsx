import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { AnchorButton } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { When } from "#ui/moment.tsx";
import { Section } from "#ui/page.tsx";
import css from "./call-page.module.css";
import { CallPill } from "./call-pill.tsx";
import { SourceRef } from "./sources.tsx";

type Call = Schema<"CallRead">;

/** A number as a phone dials it. */
function dialled(phone: string): string {
  return `tel:${phone.replaceAll(/[^+\d]/g, "")}`;
}

/** The way to the application, which is elsewhere and says so. */
export function ApplyLink({ call }: { call: Call }) {
  const { t } = useI18n();
  const isOpen = call.state === "open" || call.state === "closing";
  return (
    isOpen &&
    call.apply_url !== null && (
      <AnchorButton href={call.apply_url} rel="external noreferrer">
        {t.call.applyOut}
      </AnchorButton>
    )
  );
}

/** Who answers questions about the call. */
export function ContactCard({ contact }: { contact: Call["contact"] }) {
  const { t } = useI18n();
  return (
    <Card as="section">
      <h2>{t.call.contact}</h2>
      {contact === null ? (
        <p className="soft small">{t.call.contactNot}</p>
      ) : (
        <address className={css.contact}>
          <b>{contact.name}</b>
          {contact.role !== null && (
            <span className="soft">
              <Text of={contact.role} />
            </span>
          )}
          <span className="row">
            {contact.phone !== null && <a href={dialled(contact.phone)}>{contact.phone}</a>}
            {contact.email !== null && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
          </span>
        </address>
      )}
    </Card>
  );
}

/** The documents of the call; one named without a link keeps its name. */
export function Documents({ documents }: { documents: Call["documents"] }) {
  const { t, locale } = useI18n();
  return (
    documents.length > 0 && (
      <Section title={t.call.documents}>
        <ul className={css.states}>
          {documents.map(({ title, url, language }) => (
            <li key={title.fr}>
              {url === null ? (
                <Text of={title} />
              ) : (
                <a href={url} rel="noreferrer" hrefLang={language}>
                  <Text of={title} />
                </a>
              )}
              {language !== locale && (
                <span className="soft small"> · {t.call.inLanguage[language] ?? language}</span>
              )}
            </li>
          ))}
        </ul>
      </Section>
    )
  );
}

/** What sources said of the state of the call, at their date. */
export function Observations({ observations }: { observations: Call["observations"] }) {
  const { t } = useI18n();
  return (
    observations.length > 0 && (
      <Section title={t.call.observations}>
        <ul className={css.states}>
          {observations.map(({ state, observed, sentence, source }) => (
            <li key={`${observed.on} ${source.slug}`}>
              <p className="row">
                <b>
                  <When moment={observed} />
                </b>
                <CallPill state={state} />
              </p>
              <p>
                {sentence !== null && <Text of={sentence} />} <SourceRef slug={source.slug} />
              </p>
            </li>
          ))}
        </ul>
      </Section>
    )
  );
}
