import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { MarkList } from "#ui/mark-list.tsx";
import { Page, Section } from "#ui/page.tsx";
import { ContactLines } from "./contact-lines.tsx";

/** What was checked and what was not, what whoever runs the site declares, and whom to tell of a barrier. */
export function AccessibilityPage({ site }: { site: Schema<"SiteRead"> }) {
  const words = useI18n().t.site.accessibility;
  const { conformity, audit, gaps, complaint } = site.accessibility;
  return (
    <Page title={words.title} narrow>
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      <Section title={words.conformity}>
        <p>{conformity === null ? words.notAudited : words.levels[conformity]}</p>
        {audit !== null && (
          <p>
            <Text of={audit} />
          </p>
        )}
      </Section>
      {gaps !== null && (
        <Section title={words.gaps}>
          <p>
            <Text of={gaps} />
          </p>
        </Section>
      )}
      <Section title={words.checked.title}>
        <p>{words.checked.lead}</p>
        <MarkList mark="yes" items={itemsOf(words.checked.items)} />
      </Section>
      <Section title={words.unchecked.title}>
        <MarkList mark="no" items={itemsOf(words.unchecked.items)} />
      </Section>
      <Section title={words.report.title}>
        <p>{words.report.lead}</p>
        <ContactLines site={site} />
        {complaint !== null && (
          <p>
            <Text of={complaint} />
          </p>
        )}
      </Section>
    </Page>
  );
}

function itemsOf(said: readonly string[]) {
  return said.map((words) => ({ id: words, words }));
}
