import { pluralOf } from "../plural.ts";

const plural = pluralOf("fr");

export const tour = {
  title: "Le tour",
  none: { title: "Aucun tour annoncé", detail: "Le prochain paraîtra ici dès qu’il sera connu." },
  map: {
    label: "Carte des étapes par région",
    hint: "Choisissez une région pour ne garder que ses étapes.",
    everywhere: "Toutes les régions",
  },
  edition: (rank: number) => (rank === 1 ? "Première édition" : `${rank}e édition`),
  purposes: "Pourquoi ce tour",
  stops: (count: number) => plural(count, { one: "Une étape", other: "Les # étapes" }),
  figures: "Ce que les sources en disent",
  figuresHint: "Totaux annoncés par leurs sources ; ils ne sont pas recomptés ici.",
  road: "La route du tour",
  today: "Aujourd’hui",
  table: { stop: "Étape", days: "Jours", region: "Région", cities: "Lieux", title: "Thème" },
  calendar: "Toutes les étapes : quand une date bouge ici, elle bouge chez vous.",
  otherEditions: "Autres éditions",
  sources: "Sources",
  rank: (rank: number, count: number | null) =>
    count === null ? `étape ${rank}` : `étape ${rank} sur ${count}`,
  regionInferred: (stops: string) =>
    `Région déduite des lieux, non nommée par les sources : ${stops}.`,
  hourNotStated: "heure non précisée",
  stop: {
    brief: {
      free: (free: number, all: number) =>
        free === all
          ? plural(all, { one: "des places", other: "des places dans les # séances" })
          : `des places dans ${free} séances sur ${all}`,
      full: (all: number) => plural(all, { one: "complet", other: "complet dans les # séances" }),
      next: "Prochaine séance",
      presented: (count: number) =>
        plural(count, { one: "un appel présenté", other: "# appels présentés" }),
      accessSaid: "Y aller, et l’accessibilité du lieu",
      directions: "Y aller",
    },
    programme: "Le programme",
    noProgramme: "Le programme n’est pas encore connu.",
    hoursNotStated: "Les heures ne sont pas précisées.",
    dayUnknown: "Jour non précisé",
    parallel: "En même temps",
    themes: "De quoi on y parle",
    calls: "Les appels présentés ici",
    venues: "Y aller",
    noDirections: "Accès non précisé",
    accessibility: "Accessibilité",
    hosts: "Qui reçoit",
    contact: "Une question ?",
    figures: "Chiffres",
    counted: {
      title: "Compté ici, par les inscriptions",
      registered: "Inscrits",
      confirmed: "Avec une place",
      arrived: "Venus",
    },
    followUp: "La suite",
    sessions: (count: number) => plural(count, { one: "# séance", other: "# séances" }),
    access: {
      open: (count: number) =>
        plural(count, { one: "# ouverte à tous", other: "# ouvertes à tous" }),
      on_request: (count: number) => `${count} sur demande`,
      invited: (count: number) => `${count} sur invitation`,
      delegation: (count: number) =>
        plural(count, {
          one: "# réservée à la délégation",
          other: "# réservées à la délégation",
        }),
    },
    allOpen: "Tout est ouvert à tous",
    calendar: "Sans vous inscrire : quand une date bouge ici, elle bouge chez vous.",
    poster: "Affiche à imprimer (PDF)",
    previous: "Étape précédente",
    next: "Étape suivante",
  },
  session: {
    moderates: "animation",
    identity: "Pièce d’identité demandée",
    listCloses: "La liste ferme",
    listClosed: "La liste est close depuis",
    replay: "Revoir la séance",
    chapters: "Chapitres de l’enregistrement",
    documents: "Documents de la séance",
    replayUnlinked: "Enregistrée ; la source ne donne pas le lien",
    several: (count: number) => `${count} séances sous ce titre`,
    where: "Lieu non précisé",
    calls: "Appels concernés :",
    speakers: "Intervenants",
    pick: "Je m’inscris",
    waitFor: { on_site: "Attendre une place sur place", online: "Attendre une place en ligne" },
  },
};
