import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Page, Section } from "#ui/page.tsx";
import { ContactLines } from "./contact-lines.tsx";

/** Whom to write to, and where what people look for most often is: `lost` gives a lost link back. */
export function ContactPage({ site, lost }: { site: Schema<"SiteRead">; lost: ReactNode }) {
  const words = useI18n().t.site.contact;
  return (
    <Page title={words.title} narrow>
      <h1>{words.title}</h1>
      <ContactLines site={site} />
      <div id="lien-perdu">
        <Section title={words.lost}>{lost}</Section>
      </div>
      <Section title={words.elsewhere}>
        <ul className="plain stack">
          <li>
            <Link to="/appels">{words.aboutCall}</Link>
          </li>
          <li>
            <Link to="/confidentialite">{words.aboutData}</Link>
          </li>
          <li>
            <Link to="/accessibilite">{words.aboutBarrier}</Link>
          </li>
        </ul>
      </Section>
    </Page>
  );
}
