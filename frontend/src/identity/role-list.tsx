import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import type { Messages } from "#i18n/messages.ts";

export type Grant = Schema<"GrantContent">;

/** A role in words; a stop is said by its name where it is known. */
function roleText(
  { role, stop }: Grant,
  words: Messages["team"]["entry"]["roles"],
  names: ReadonlyMap<string, string> = new Map(),
): string {
  const named = stop === null ? "" : (names.get(stop) ?? stop);
  switch (role) {
    case "coordinator":
    case "funding_editor":
      return words[role];
    case "stop_organiser":
    case "host":
      return words[role](named);
  }
}

/** Roles in words, on one line. */
export function RoleList({
  roles,
  names,
}: {
  roles: readonly Grant[];
  names?: ReadonlyMap<string, string>;
}) {
  const { locale, t } = useI18n();
  const said = roles.map((grant) => roleText(grant, t.team.entry.roles, names));
  return new Intl.ListFormat(locale, { type: "unit" }).format(said);
}
