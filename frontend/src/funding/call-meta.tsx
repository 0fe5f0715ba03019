import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import css from "./call-meta.module.css";
import { CallPill } from "./call-pill.tsx";

/** State, kind, who runs it; and that it is invented, where it is. */
export function CallMeta({ call }: { call: Schema<"CallSummary"> }) {
  const { t } = useI18n();
  return (
    <p className="row">
      <CallPill state={call.state} />
      {call.fictitious && <span className={css.fiction}>{t.funding.fictitious}</span>}
      <span className="soft small" data-minor>
        {t.codes.callKind[call.kind]}
        {call.operator !== null && <span className="laptop-only"> · {call.operator.name}</span>}
      </span>
    </p>
  );
}
