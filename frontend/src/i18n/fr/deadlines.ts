import { pluralOf } from "../plural.ts";

const plural = pluralOf("fr");

export const deadlines = {
  title: "Calendrier des clôtures",
  lead: "Chaque date limite, avec son heure quand elle est connue.",
  count: (count: number) => plural(count, { one: "# clôture", other: "# clôtures" }),
  coming: "À venir",
  past: "Montrer aussi les clôtures passées",
  onlyComing: "Ne garder que les clôtures à venir",
  more: "Voir la suite",
  feed: "Suivre les appels par Atom",
  none: {
    title: "Aucune clôture à venir ne répond à tout cela",
    detail: "Élargissez les filtres, ou regardez aussi ce qui est passé.",
    all: "Toutes les clôtures à venir",
  },
  timeline: {
    title: "La frise",
    hint: "De l’ouverture à la clôture de chaque vague. Chaque ligne mène à son appel.",
    span: (from: string, to: string) => `du ${from} au ${to}`,
    today: "Aujourd’hui",
  },
  table: {
    file: "clotures",
    call: "Appel",
    wave: "Vague",
    opens: "Ouverture",
    closes: "Clôture",
    state: "État",
  },
  list: "La liste",
  endless: {
    title: "Sans date de clôture",
    lead: "Au fil de l’eau, permanents, ou ouverts sans que leur clôture soit précisée.",
    rolling: "Au fil de l’eau",
    unstated: "Clôture non précisée",
  },
  calls: "Ces appels en liste",
  opened: "ouvre",
  subscribe: {
    title: "Dans votre agenda",
    lead: "Abonnez-vous une fois : quand une date bouge ici, elle bouge chez vous. L’abonnement suit les filtres de cette page.",
    one: "Abonnez-vous une fois : quand une date de cet appel bouge ici, elle bouge chez vous.",
    add: "Ajouter à mon agenda",
    short: "Agenda",
    open: "S’abonner",
    file: "Télécharger le fichier",
  },
};
