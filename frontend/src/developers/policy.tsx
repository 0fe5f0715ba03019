import { useI18n } from "#i18n/context.tsx";
import { Pill } from "#ui/pill.tsx";
import type { Allowed } from "./contract.ts";
import css from "./developers.module.css";

/** Who may call an operation, in a word. */
export function PolicyPill({
  allowed: { level, scope, keys_only: keysOnly },
}: {
  allowed: Allowed;
}) {
  const { t } = useI18n();
  const words = t.developers.policy;
  if (keysOnly) {
    return <Pill tone="coming">{words.keyOnly}</Pill>;
  }
  if (level === "anybody") {
    return <Pill tone="open">{words.anybody}</Pill>;
  }
  return <Pill tone="coming">{scope === null ? words.team : words.teamOrKey}</Pill>;
}

/** Who may call an operation, in full: roles, whose thing, the scope of a key, and how sure we must be. */
export function Policy({
  allowed: { level, roles, own, scope, keys_only: keysOnly },
}: {
  allowed: Allowed;
}) {
  const { t } = useI18n();
  const words = t.developers.policy;
  if (keysOnly) {
    return <p>{words.itself}</p>;
  }
  return (
    <ul className={css.list}>
      <li>{words.levels[level]}</li>
      {roles.length > 0 && (
        <li>
          {words.roles} <span lang="en">{roles.join(", ")}</span>
          {own !== null && ` (${words.own})`}
        </li>
      )}
      {scope !== null && (
        <li>
          {level === "anybody" ? words.keyForMore : words.key} <code>{scope}</code>
        </li>
      )}
    </ul>
  );
}
