import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { When } from "./moment.tsx";

/** Where something comes from: title, publisher, kind and date, as far as they are known. A missing link stays missing. */
export function SourceLine({ source }: { source: Schema<"SourceRead"> }) {
  const { t } = useI18n();
  const { title, publisher, kind, language, url, published, note } = source;
  return (
    <span>
      <cite lang={language}>
        {url === null ? (
          title
        ) : (
          <a href={url} rel="noreferrer">
            {title}
          </a>
        )}
      </cite>
      <span className="soft">
        {" · "}
        {publisher} · {t.codes.sourceKind[kind].toLowerCase()}
        {published !== null && (
          <>
            {" · "}
            <When moment={published} />
          </>
        )}
        {note !== null && (
          <>
            {" · "}
            <Text of={note} />
          </>
        )}
      </span>
    </span>
  );
}
