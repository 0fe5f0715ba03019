export const home = {
  title: "Trouver un financement, rencontrer ceux qui le portent",
  lead: "Les appels ouverts et à venir, l’heure exacte de leur clôture, et les étapes du tour près de chez vous.",
};
