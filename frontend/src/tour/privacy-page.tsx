import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Notice } from "#ui/notice.tsx";
import { Page, Section } from "#ui/page.tsx";

const NINE = [
  "controller",
  "protection_officer",
  "purposes",
  "legal_basis",
  "recipients",
  "retention",
  "rights",
  "complaint",
  "obligation",
] as const;

/** The privacy notice, whole; what it lacks is said where it is missed. `erased` is told to who just was. */
export function PrivacyPage({ notice, erased }: { notice: Schema<"NoticeRead">; erased: boolean }) {
  const words = useI18n().t.registration.notice;
  const { transfers, version, fictitious } = notice;
  return (
    <Page title={words.title} narrow fictitious={fictitious}>
      {erased && (
        <Notice tone="good" live>
          {words.erased}
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p className="lead">{words.lead}</p>
      {NINE.map((name) => (
        <Item key={name} title={words.items[name]} text={notice[name]} />
      ))}
      {transfers !== null && <Item title={words.items.transfers} text={transfers} />}
      <p className="small soft">
        {words.version(version)}
        {fictitious && `. ${words.fictitious}`}
      </p>
    </Page>
  );
}

function Item({ title, text }: { title: string; text: Schema<"Localized"> | null }) {
  const words = useI18n().t.registration.notice;
  return (
    <Section title={title}>
      {text === null ? (
        <Notice tone="alarm">{words.missing}</Notice>
      ) : (
        <p>
          <Text of={text} />
        </p>
      )}
    </Section>
  );
}
