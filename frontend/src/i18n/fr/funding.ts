export const funding = {
  title: "Appels",
  searchLabel: "Chercher un appel",
  searchHint: "tiers lieu, télésanté, données de santé…",
};
