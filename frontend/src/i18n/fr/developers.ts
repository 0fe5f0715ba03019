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
  takeKey: "Demander une clé d’API",
  key: {
    title: "Une clé d’API",
    lead: "Les lectures publiques n’en demandent pas. Une clé vous donne un quota bien à vous, d’où que vous appeliez.",
    back: "Pour les développeurs",
    email: "Courriel",
    emailHint: "Un lien y arrive, qui donne la clé. L’adresse ne sert qu’à elle.",
    name: "À quoi sert-elle ?",
    nameHint: "Par exemple « Tableau de bord régional » : de quoi la reconnaître.",
    days: "Durée",
    daysOf: (days: number) =>
      days < 365
        ? plural(days, { one: "# jour", other: "# jours" })
        : plural(days / 365, { one: "# an", other: "# ans" }),
    ask: "Recevoir le lien",
    asked: "Regardez votre courriel",
    askedDetail: (hours: number) =>
      `Si l’adresse est la bonne, un lien y arrive. Il donne la clé une fois, pendant ${plural(hours, { one: "# heure", other: "# heures" })}.`,
    ready: "Votre clé est prête",
    readyLead: "Elle ne sera montrée qu’une fois : ayez de quoi la garder, puis affichez-la.",
    show: "Afficher ma clé",
    yours: "Votre clé",
    once: "Copiez-la maintenant : nous n’en gardons que l’empreinte, et cette page ne la montrera plus.",
    until: (name: string, day: string) => `« ${name} », jusqu’au ${day}.`,
    use: "L’essayer",
    lost: "Cette clé a déjà été montrée",
    lostDetail: "Révoquez-la par le lien du courriel, et demandez-en une autre.",
    revoke: "Révoquer cette clé",
    revokeLead: "Elle, et toutes celles qui l’ont remplacée, cessent aussitôt de fonctionner.",
    revokeNow: "Révoquer maintenant",
    revoked: "Clé révoquée",
    revokedDetail: "Elle n’ouvre plus rien. Vous pouvez en demander une autre quand vous voulez.",
  },
  policy: {
    keyOnly: "Clé",
    itself: "La clé elle-même, et rien d’autre.",
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
