import { pluralOf } from "../plural.ts";

const plural = pluralOf("fr");

export const ui = {
  close: "Fermer",
  search: "Chercher",
  retry: "Réessayer",
  optional: "facultatif",
  choose: "Choisir…",
  sending: "Envoi…",
  loading: "Chargement…",
  suggestions: "Suggestions",
  suggestionCount: (count: number) =>
    plural(count, {
      one: "# suggestion, flèche bas pour y aller",
      other: "# suggestions, flèche bas pour y aller",
    }),
  removeFilter: (label: string) => `Retirer le filtre : ${label}`,
  fictitiousLabel: "Démonstration",
  fictitious: "Édition fictive, pour découvrir le service : rien de ce qui suit n’existe.",
  notStated: "non précisé",
  percent: (value: string) => `${value} %`,
  sources: (count: number) => plural(count, { one: "# source", other: "# sources" }),
  routeLine: {
    past: "passé",
    now: "maintenant",
    next: "à venir",
    coming: "annoncé",
  },
  money: {
    between: (min: string, max: string) => `${min} à ${max}`,
    from: (min: string) => `à partir de ${min}`,
    upTo: (max: string) => `jusqu’à ${max}`,
  },
  seats: {
    left: (free: number, capacity: number) =>
      `${plural(free, { one: "# place", other: "# places" })} sur ${capacity}`,
    full: "complet",
    unlimited: "sans limite",
    waiting: (count: number) => `${count} en attente`,
  },
  formErrors: (count: number) =>
    plural(count, { one: "Un point est à corriger", other: "# points sont à corriger" }),
  requestId: (id: string) => `Référence à citer : ${id}`,
};
