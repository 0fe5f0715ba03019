import { pluralOf } from "../plural.ts";

const plural = pluralOf("fr");

/** A member’s API keys. */
export const keys = {
  title: "Mes clés d’API",
  lead: "Une clé agit pour vous : elle fait ce que disent ses droits, jamais plus que vos rôles.",
  label: "Clés d’API",
  none: "Aucune clé.",
  make: "Créer une clé",
  name: "À quoi sert cette clé",
  nameHint: "Pour la reconnaître : « Import des appels ».",
  scopes: "Droits",
  days: "Durée",
  dayCount: (count: number) => plural(count, { one: "# jour", other: "# jours" }),
  ends: "jusqu’au",
  created: "créée",
  used: "utilisée",
  neverUsed: "jamais utilisée",
  states: {
    works: "En service",
    rotated: "Remplacée",
    expired: "Expirée",
    revoked: "Révoquée",
  },
  scopeNames: {
    read: "Lire ce qui est publié, avec un quota à soi",
    "manage:directory": "Écrire les sources et l’annuaire",
    "manage:funding": "Écrire les appels, les programmes et leurs budgets",
    "manage:tour": "Écrire les tours et les étapes",
  },
  revoke: "Révoquer",
  revokeOne: (name: string) => `Révoquer ${name}`,
  revokeTitle: "Révoquer cette clé ?",
  revokeDetail: (name: string) => `« ${name} » n’ouvrira plus rien, en moins d’une seconde.`,
  shown: {
    title: "Votre clé",
    lead: "Elle ne sera plus jamais montrée : gardez-la maintenant, à l’abri.",
    use: "À envoyer dans l’en-tête de chaque demande :",
    gone: "Cette clé a déjà été montrée. Révoquez-la, et créez-en une autre.",
    copy: "Copier la clé",
    copied: "Copiée.",
    byHand: "La clé, à copier",
    done: "Elle est à l’abri",
  },
};
