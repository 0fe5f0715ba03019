import { useEffect, useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import css from "./developers.module.css";

const SHOWN_FOR = 2_000;

/** Text to be copied: by a click, or by hand. `label` says what it is to whoever does not see it. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  const { t } = useI18n();
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) {
      return undefined;
    }
    const timer = setTimeout(() => setCopied(false), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <figure className={css.block} aria-label={label}>
      <pre translate="no">
        <code>{text}</code>
      </pre>
      <div className={css.copy}>
        <Button
          look="plain"
          onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        >
          {t.developers.copy}
        </Button>{" "}
        <span role="status">{copied && t.developers.copied}</span>
      </div>
    </figure>
  );
}
