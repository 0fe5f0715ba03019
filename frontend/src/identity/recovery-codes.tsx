import { useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import css from "./recovery-codes.module.css";

/** Ten codes, shown this once: to copy, to print, then to leave. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useI18n();
  const words = t.team.entry.recovery;
  const [copied, setCopied] = useState(false);

  async function copy() {
    await navigator.clipboard.writeText(codes.join("\n"));
    setCopied(true);
  }

  return (
    <section className="stack" aria-label={words.title}>
      <p role="status">{words.lead}</p>
      <ol className={css.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="row">
        <Button look="secondary" onClick={() => void copy()}>
          {copied ? words.copied : words.copy}
        </Button>
        <Button look="secondary" onClick={() => print()}>
          {words.print}
        </Button>
        <Button onClick={onDone}>{words.done}</Button>
      </div>
    </section>
  );
}
