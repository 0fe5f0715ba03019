import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Checkbox } from "#ui/choice.tsx";
import { FieldError } from "#ui/field.tsx";
import { useFormField } from "#ui/form-context.ts";
import { boxOf } from "./grants.ts";
import css from "./boxes.module.css";
import type { Grant } from "./role-list.tsx";

/** What somebody may do: the two roles for everything, and the two for one stop each. */
export function RoleFields({ roles }: { roles: readonly Grant[] }) {
  const { t } = useI18n();
  const words = t.team.members;
  const { id, error } = useFormField("roles");
  const has = (role: Grant["role"]) => roles.some((grant) => grant.role === role);
  return (
    <fieldset id={id} tabIndex={-1} className={css.boxes}>
      <legend className={css.legend}>{words.roles}</legend>
      <Checkbox
        name={boxOf("coordinator")}
        label={t.team.entry.roles.coordinator}
        hint={words.coordinatorHint}
        defaultChecked={has("coordinator")}
      />
      <Checkbox
        name={boxOf("funding_editor")}
        label={t.team.entry.roles.funding_editor}
        hint={words.editorHint}
        defaultChecked={has("funding_editor")}
      />
      <OfStops as="stop_organiser" label={words.organises} roles={roles} />
      <OfStops as="host" label={words.welcomes} roles={roles} />
      {error !== undefined && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  );
}

/** The stops that a role is for, drafts included: one invites before one publishes. */
function OfStops({
  as: role,
  label,
  roles,
}: {
  as: "stop_organiser" | "host";
  label: string;
  roles: readonly Grant[];
}) {
  const { t } = useI18n();
  const mine = roles.flatMap((grant) =>
    grant.role === role && grant.stop !== null ? [grant.stop] : [],
  );
  const { data } = $api.useQuery("get", "/api/v1/manage/stops", {
    params: { query: { limit: 100 } },
  });
  const known =
    data?.items.map(({ slug, title }) => ({
      slug,
      name: title === null ? slug : `${title} (${slug})`,
    })) ?? [];
  const gone = mine.filter((slug) => !known.some((stop) => stop.slug === slug));
  return (
    <details>
      <summary>
        {label}
        {mine.length > 0 && <span className="soft"> · {t.team.members.chosen(mine.length)}</span>}
      </summary>
      <div className={css.stops}>
        {[...known, ...gone.map((slug) => ({ slug, name: slug }))].map(({ slug, name }) => (
          <Checkbox
            key={slug}
            name={boxOf(role, slug)}
            label={name}
            defaultChecked={mine.includes(slug)}
          />
        ))}
      </div>
    </details>
  );
}
