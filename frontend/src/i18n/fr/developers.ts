import { pluralOf } from "../plural.ts";

const plural = pluralOf("fr");

export const developers = {
  title: "Pour les développeurs",
  lead: "Tout ce que montrent ces pages vient d’une API ouverte et documentée. Vous pouvez la réutiliser sans compte.",
  begin: "Commencer",
  beginLabel: "Une première commande",
  document: "Le document que lisent vos outils (en anglais) :",
  all: "Toutes les opérations",
  pick: "Chercher une opération",
  count: (count: number) => plural(count, { one: "# opération", other: "# opérations" }),
  none: "Aucune opération n’a tous ces mots.",
  unknown: "Cette opération n’existe pas",
  back: "Toutes les opérations",
  call: "Un exemple d’appel",
  who: "Qui peut l’appeler",
  parameters: "Paramètres",
  places: { path: "adresse", query: "requête", header: "en-tête" } as Partial<
    Record<string, string>
  >,
  body: "Corps de la demande",
  answers: "Réponses",
  refusals: "Refus",
  refusalsLead:
    "Chaque refus est un problème (RFC 9457) : fiez-vous à son type, jamais à ses mots.",
  required: "obligatoire",
  example: "Exemple :",
  seeExample: "Voir un exemple réel",
  leadsTo: "Mène à :",
  copy: "Copier",
  copied: "Copié.",
  policy: {
    anybody: "Ouverte à tous",
    team: "Équipe",
    teamOrKey: "Équipe ou clé",
    levels: {
      anybody: "Tout le monde, sans compte ni clé.",
      mailed: "Un membre de l’équipe dont l’adresse est prouvée.",
      signed_in: "Un membre de l’équipe, connecté avec son second facteur.",
      fresh: "Un membre de l’équipe qui vient de confirmer que c’est lui.",
    },
    roles: "L’un de ces rôles :",
    own: "pour ce qui lui est confié",
    key: "Ou une clé d’API de portée",
    keyForMore: "Une clé d’API permet d’appeler plus souvent, de portée",
  },
};
