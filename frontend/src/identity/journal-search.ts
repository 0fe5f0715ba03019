/** What the journal is filtered by, as its address writes it; what has not its shape filters nothing. */
export type JournalSearch = { personne?: string; objet?: string; jour?: string };

const SHAPES = {
  personne: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/,
  objet: /^[a-z]+(?:_[a-z]+)*$/,
  jour: /^\d{4}-\d\d-\d\d$/,
};

/** The filters of a form or an address that have their shape. */
export function filtersIn(search: Readonly<Record<string, unknown>>): JournalSearch {
  return Object.fromEntries(
    Object.entries(SHAPES).flatMap(([name, shape]) => {
      const value = search[name];
      return typeof value === "string" && shape.test(value) ? [[name, value]] : [];
    }),
  );
}

/** The same filters, as the API reads them: a day is its beginning and its end. */
export function journalQuery(search: JournalSearch) {
  const { personne, objet, jour } = filtersIn(search);
  return {
    ...(personne !== undefined && { member: personne }),
    ...(objet !== undefined && { noun: objet }),
    ...(jour !== undefined && { since: jour, until: jour }),
  };
}
