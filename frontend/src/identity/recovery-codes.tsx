import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Copying } from "#ui/copying.tsx";
import css from "./recovery-codes.module.css";

/** Ten codes, shown this once: to copy, to print, then to leave. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useI18n();
  const words = t.team.entry.recovery;
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
        <Copying look="secondary" text={codes.join("\n")} words={words} />
        <Button look="secondary" onClick={() => print()}>
          {words.print}
        </Button>
        <Button onClick={onDone}>{words.done}</Button>
      </div>
    </section>
  );
}
