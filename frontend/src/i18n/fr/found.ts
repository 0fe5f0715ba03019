/** What a search was taken to mean, why a call answers it, and what to ask for instead. */
export const found = {
  alsoSearched: (typed: string, others: string) => `« ${typed} » : cherché aussi ${others}.`,
  readAs: (typed: string, words: string) => `« ${typed} » : compris comme ${words}.`,
  nothing: "Aucun appel ne répond à tout cela",
  otherWords: "Essayez d’autres mots : un sigle, un métier, un lieu.",
  widen: "Ce qui en laisse voir davantage :",
  none: "Aucun appel n’a tous ces mots.",
  withoutFilter: (label: string, count: string) => `Sans le filtre « ${label} » : ${count}`,
  withoutWords: (words: string, count: string) => `Sans « ${words} » : ${count}`,
  all: "Voir tous les appels",
  why: {
    quoted: (word: string) => `« ${word} »`,
    taken: (typed: string, taken: string, place: string) =>
      `« ${typed} » compris comme « ${taken} », trouvé dans ${place}`,
    found: (typed: string, place: string) => `« ${typed} » trouvé dans ${place}`,
    missing: (words: string) => `il manque ${words}`,
    places: {
      name: "le titre",
      promise: "le résumé",
      kind: "le type d’appel",
      theme: "les thèmes",
      applicant: "qui peut répondre",
      region: "la région",
      aid: "la forme de l’aide",
      operator: "l’opérateur",
      body: "le détail",
    },
  },
};
