export const find = {
  label: "Chercher un appel, une étape, une séance",
  hint: "tiers-lieu, télésanté…",
  fictitious: "fictif",
  nouns: {
    call: "Appel",
    question: "Question",
    stop: "Étape du tour",
    session: "Séance d’une étape",
  },
};
