export const errors = {
  notFound: {
    title: "Cette page n’existe pas",
    detail: "L’adresse est peut-être incomplète, ou la page a changé de nom.",
    home: "Revenir à l’accueil",
    calls: "Chercher un appel",
  },
  unreachable: {
    title: "Le service ne répond pas",
    detail: "Vérifiez votre connexion, puis réessayez. Rien de ce que vous avez saisi n’est perdu.",
  },
  unexpected: {
    title: "Quelque chose s’est mal passé",
    detail: "L’erreur vient de chez nous. Réessayez dans un instant.",
  },
};
