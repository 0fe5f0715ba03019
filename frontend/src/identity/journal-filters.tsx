import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Field, Select, TextInput } from "#ui/field.tsx";
import { Form } from "#ui/form.tsx";
import { type JournalSearch, filtersIn } from "./journal-search.ts";
import css from "./journal.module.css";

/** By person, by kind of thing, by day; in the address, so that what was found can be shown to somebody. */
export function JournalFilters({
  search,
  onSearch,
}: {
  search: JournalSearch;
  onSearch: (search: JournalSearch) => void;
}) {
  const { locale, t } = useI18n();
  const words = t.team.journal;
  // The list of the team notes each look: one is enough for as long as the page lives.
  const { data: members } = $api.useQuery(
    "get",
    "/api/v1/manage/members",
    { params: { query: { limit: 100 } } },
    { staleTime: Infinity, refetchOnWindowFocus: false },
  );
  const nouns = Object.entries(words.nouns).toSorted(([, one], [, other]) =>
    one.localeCompare(other, locale),
  );
  return (
    <Form error={null} onSubmit={(data) => onSearch(filtersIn(Object.fromEntries(data)))}>
      <div className={css.filters} role="group" aria-label={words.filters}>
        <Field name="personne" label={words.person}>
          <Select
            key={members?.total}
            defaultValue={search.personne ?? ""}
            options={[
              { value: "", label: words.everybody },
              ...(members?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []),
            ]}
          />
        </Field>
        <Field name="objet" label={words.noun}>
          <Select
            defaultValue={search.objet ?? ""}
            options={[
              { value: "", label: words.everything },
              ...nouns.map(([value, label]) => ({ value, label })),
            ]}
          />
        </Field>
        <Field name="jour" label={words.day}>
          <TextInput type="date" defaultValue={search.jour ?? ""} />
        </Field>
        <div className="row">
          <Button type="submit" look="secondary">
            {words.apply}
          </Button>
          {Object.keys(search).length > 0 && (
            <Button look="plain" onClick={() => onSearch({})}>
              {words.clear}
            </Button>
          )}
        </div>
      </div>
    </Form>
  );
}
