import { useI18n } from "#i18n/context.tsx";
import { Copying } from "#ui/copying.tsx";
import css from "./developers.module.css";

/** Text to be copied: by a click, or by hand. `label` says what it is to whoever does not see it. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  const { t } = useI18n();
  return (
    <figure className={css.block} aria-label={label}>
      <pre translate="no">
        <code>{text}</code>
      </pre>
      <div className={css.copy}>
        <Copying text={text} words={t.developers.copying} />
      </div>
    </figure>
  );
}
