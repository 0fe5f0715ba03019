import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Notice } from "#ui/notice.tsx";

/** What whoever runs the site states; where that is nothing, that it is missing. */
export function StatedText({ text }: { text: Schema<"Localized"> | null }) {
  const words = useI18n().t.site;
  return text === null ? (
    <Notice tone="alarm">{words.missing}</Notice>
  ) : (
    <p>
      <Text of={text} />
    </p>
  );
}
