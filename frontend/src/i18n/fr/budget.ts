import { pluralOf } from "../plural.ts";

const plural = pluralOf("fr");

export const budget = {
  kicker: "Où est l’argent ?",
  question: (amount: string) => `Où sont passés ${amount} ?`,
  all: "Les budgets",
  allLead: "Programme par programme : ce qui est annoncé, réparti, attribué, et par qui c’est dit.",
  asOf: "Au soir du",
  moments: "Un jour où quelque chose a été dit",
  today: "Aujourd’hui",
  whole: "annoncés",
  parts: "répartis",
  rest: "non ventilés",
  wholeUnknown: "Aucun montant d’ensemble n’était annoncé ce jour-là.",
  picture: "L’argent, dessiné",
  hint: "Chaque barre commence où finit la précédente. Le trait jaune dit ce qui en est engagé ou attribué. Ouvrez une ligne pour ses sources.",
  notBrokenDown: "Non ventilé",
  notBrokenDownWhy: "Aucune source ne dit à quoi va cette part.",
  excess: (amount: string) =>
    `Les parties dépassent le tout de ${amount} : les sources se contredisent.`,
  silent: (count: number) =>
    plural(count, {
      one: "# partie n’a pas de montant connu ce jour-là.",
      other: "# parties n’ont pas de montant connu ce jour-là.",
    }),
  inferred: "Place déduite, non comptés",
  inferredWhy:
    "Aucune source ne dit dans quelle enveloppe ces montants se rangent : ils ne sont pas additionnés aux autres.",
  aside: "Cet appel puise dans la même enveloppe : il n’est pas additionné à ses parties.",
  differ: "Quand les sources diffèrent",
  otherCalls: "Appels dont l’enveloppe n’est pas précisée",
  within: "Au sein de",
  undated: (count: number) =>
    plural(count, {
      one: "# chiffre sans date n’est montré qu’à la date d’aujourd’hui.",
      other: "# chiffres sans date ne sont montrés qu’à la date d’aujourd’hui.",
    }),
  noFigure: "Aucun montant n’était annoncé ce jour-là.",
  payers: "Qui paie",
  kinds: { allocated: "Alloué", committed: "Engagé", awarded: "Attribué", paid: "Versé" },
  left: "Reste",
  onDay: (day: string) => `au ${day}`,
  lump: (amount: string) => `dont ${amount} non ventilés`,
  awards: (count: number) =>
    plural(count, { one: "# attribution publiée", other: "# attributions publiées" }),
  withoutAmount: (count: number) =>
    plural(count, { one: "# sans montant", other: "# sans montant" }),
  whyUnsaid: "pourquoi ?",
  unsaid: {
    competitive: "Appel compétitif : on dit ce qui est attribué, pas ce qui reste.",
    allocated_not_stated: "On ne sait pas ce qui reste : le montant alloué n’est pas précisé.",
    committed_not_stated: "On ne sait pas ce qui reste : ce qui est engagé n’est pas précisé.",
    over_committed:
      "Les engagements connus dépassent le montant alloué : les sources se contredisent.",
  },
  wave: (rank: number) => `vague ${rank}`,
  table: "Le tableau",
  thing: "Ligne",
  stated: "Annoncé",
  csv: "Télécharger le tableau (CSV, en centimes)",
  file: (slug: string, day: string) => `budget-${slug}-${day}.csv`,
  ledger: "Le grand livre",
  ledgerLead: "Rien n’y est effacé : une écriture qui ne tient plus est annulée par une autre.",
  ledgerEmpty: "Aucune écriture à cette date.",
  reverses: "annule une écriture",
  reversed: "annulée",
  more: "Voir la suite",
  dates:
    "Un mois compte à partir de son dernier jour, un chiffre sans date à partir de la parution de sa source.",
  programme: (name: string) => `Tout le budget : ${name}`,
  ofCall: "L’argent de l’appel, à ce jour",
};
