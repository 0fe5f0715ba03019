import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Notice } from "#ui/notice.tsx";
import { Page, Section } from "#ui/page.tsx";
import { ContactLines } from "./contact-lines.tsx";
import { StatedText } from "./stated-text.tsx";

/** Who publishes the site, who answers for it and who hosts it; what is not stated is said to be missing. */
export function LegalPage({ site }: { site: Schema<"SiteRead"> }) {
  const words = useI18n().t.site;
  return (
    <Page title={words.legal.title} narrow>
      <h1>{words.legal.title}</h1>
      <p className="lead">{words.legal.lead(site.name)}</p>
      {site.fictitious && <Notice tone="point">{words.legal.fictitious}</Notice>}
      <Section title={words.legal.publisher}>
        <StatedText text={site.publisher} />
      </Section>
      <Section title={words.legal.director}>
        <StatedText text={site.director} />
      </Section>
      <Section title={words.legal.host}>
        <StatedText text={site.host} />
      </Section>
      <Section title={words.contact.title}>
        <ContactLines site={site} />
      </Section>
      <Section title={words.legal.rest}>
        <p>{words.legal.figures}</p>
        <p>
          <Link to="/confidentialite">{words.legal.privacy}</Link>
        </p>
        <p>{words.legal.software}</p>
      </Section>
    </Page>
  );
}
