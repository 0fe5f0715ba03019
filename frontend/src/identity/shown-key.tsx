import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Copying } from "#ui/copying.tsx";
import { Notice } from "#ui/notice.tsx";
import css from "./shown-key.module.css";

/** A key just made, this once: to copy, and how to send it. Null: it was shown already. */
export function ShownKey({ value, onDone }: { value: string | null; onDone: () => void }) {
  const { t } = useI18n();
  const words = t.team.keys.shown;
  if (value === null) {
    return <Notice tone="point">{words.gone}</Notice>;
  }
  return (
    <section className="stack" aria-label={words.title}>
      <p role="status">{words.lead}</p>
      <p>
        <code className={css.key}>{value}</code>
      </p>
      <p className="small soft">
        {words.use} <code>Authorization: Bearer etape_…</code>
      </p>
      <div className="row">
        <Copying look="secondary" text={value} words={words} />
        <Button onClick={onDone}>{words.done}</Button>
      </div>
    </section>
  );
}
