import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Facts } from "#ui/facts.tsx";
import { Notice } from "#ui/notice.tsx";

/** How to reach whoever runs the site. */
export function ContactLines({ site }: { site: Schema<"SiteRead"> }) {
  const words = useI18n().t.site;
  const { email, telephone } = site.contact;
  const facts = [
    ...(email === null
      ? []
      : [{ term: words.contact.email, value: <a href={`mailto:${email}`}>{email}</a> }]),
    ...(telephone === null
      ? []
      : [
          {
            term: words.contact.telephone,
            value: <a href={`tel:${telephone.replaceAll(/[^\d+]/gu, "")}`}>{telephone}</a>,
          },
        ]),
  ];
  return facts.length === 0 ? (
    <Notice tone="alarm">{words.missing}</Notice>
  ) : (
    <>
      <Facts facts={facts} look="list" />
      {site.fictitious && <p className="small soft">{words.contact.fictitious}</p>}
    </>
  );
}
