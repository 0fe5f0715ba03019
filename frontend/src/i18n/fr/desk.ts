import { pluralOf } from "../plural.ts";

const plural = pluralOf("fr");

/** What organisers do for those who come to their stop. */
export const desk = {
  lead: "Les places, les demandes et les inscrits. La consultation des inscrits est au journal.",
  places: "Où aller d’ici",
  page: "La page publique",
  welcome: "Le pointage",
  seats: {
    title: "Places",
    session: "Séance",
    mode: "Mode",
    taken: "Prises",
    waiting: "En attente",
    none: "Aucune séance de cette étape ne prend d’inscription.",
    of: (taken: number, capacity: number) => `${taken} sur ${capacity}`,
  },
  requests: {
    title: "Demandes à traiter",
    none: "Aucune demande n’attend de réponse.",
    accept: "Accepter",
    acceptOne: (name: string, session: string) => `Accepter ${name} à ${session}`,
    refuse: "Refuser",
    refuseOne: (name: string, session: string) => `Refuser ${name} à ${session}`,
    full: "Il ne reste plus de place. Accepter en liste d’attente ?",
    wait: "Mettre en attente",
    done: (name: string) => `La réponse à ${name} part par courriel.`,
  },
  day: {
    title: "Le jour de l’étape",
    badges: "Badges (PDF)",
    sheets: "Feuilles à signer (PDF)",
    table: "Présences (CSV)",
  },
  people: {
    title: "Inscrits",
    count: (count: number) => plural(count, { one: "# inscription", other: "# inscriptions" }),
    which: "Montrer",
    all: "Tous",
    those: {
      confirmed: "Confirmés",
      waiting: "En attente",
      requested: "Qui demandent",
      held: "À confirmer",
    },
    seats: (count: number) => plural(count, { one: "# séance", other: "# séances" }),
    none: "Personne, pour le moment.",
    cancelled: "Annulée",
    bounced: { hard: "courriels refusés", soft: "courriel en retard" },
    unproved: "Adresse à confirmer",
    since: "inscrit",
    export: "Exporter en CSV",
    exported: "L’export est téléchargé. Il est au journal.",
  },
};
