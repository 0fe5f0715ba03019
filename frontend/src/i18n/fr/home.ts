export const home = {
  title: "Trouver un financement, rencontrer ceux qui le portent",
  lead: "Les appels ouverts et à venir, l’heure exacte de leur clôture, et les étapes du tour près de chez vous.",
  closing: "Ce qui ferme bientôt",
  opening: "Ce qui ouvre bientôt",
  stops: "Les prochaines étapes",
  nothingOpen: "Aucun appel n’est ouvert en ce moment.",
  nothingAnnounced: "Aucune ouverture n’est annoncée.",
  noStop: "Aucune étape n’est annoncée.",
  allOpen: "Tous les appels ouverts",
  allAnnounced: "Tous les appels annoncés",
  wholeTour: "Voir tout le tour",
  fiction: "Ce qui est marqué « fictif » n’existe pas : c’est là pour faire découvrir le service.",
  what: {
    title: "Ce que c’est",
    find: (name: string) =>
      `${name} rassemble les appels qui financent le numérique en santé, avec ce qu’ils paient, ce qu’ils ne paient pas et la minute où ils ferment.`,
    meet: "Le tour va de région en région présenter ces appels : on s’inscrit sans compte, sur place ou en ligne.",
    trust:
      "Chaque chiffre porte sa source ; quand deux sources se contredisent, les deux sont montrées, et ce que personne ne précise reste « non précisé ».",
  },
};
