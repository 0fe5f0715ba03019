import { pluralOf } from "../plural.ts";

const plural = pluralOf("fr");

/** What is said at the door, and of attending online. Another document than the rest of the site says it. */
export const checkin = {
  name: "Pointage",
  tab: (stop: string) => `Pointage, ${stop}`,
  fictitious: "Démonstration : étape fictive",
  stops: {
    title: "Pointage à l’accueil",
    lead: "Ouvrez le code QR de l’accueil, que l’équipe de l’étape a préparé : il mène ici.",
    kept: "Étapes prêtes sur cet appareil",
  },
  loading: "Un instant…",
  refused: {
    title: "Cet appareil n’est pas encore à l’accueil",
    detail:
      "Ouvrez le code QR de l’accueil du jour avec l’appareil photo, ou connectez-vous si vous êtes de l’équipe.",
    signIn: "Se connecter",
  },
  unknownStop: {
    title: "Étape inconnue",
    detail: "Il n’y a pas d’étape à cette adresse. Ouvrez de nouveau le code QR de l’accueil.",
  },
  away: {
    title: "Pas de réseau, et pas encore de liste",
    detail:
      "Cet appareil n’a jamais reçu la liste de cette étape. Ouvrez cette page une fois avec du réseau : ensuite elle s’en passe.",
  },
  retry: "Réessayer",
  online: "En ligne",
  offline: "Hors ligne",
  pending: (count: number) =>
    plural(count, {
      one: "# pointage gardé ici, à envoyer",
      other: "# pointages gardés ici, à envoyer",
    }),
  allSent: "Tout est envoyé",
  listed: (time: string) => `Liste de ${time}`,
  door: "Porte",
  doorOfStop: "Entrée de l’étape",
  device: "Nom de cet appareil",
  deviceHint: "Il est écrit à côté de chaque entrée : « Entrée nord ».",
  code: "Code du billet, ou nom de la personne",
  codeHint: "Une douchette écrit ici. Un nom se cherche avec du réseau.",
  check: "Pointer",
  camera: {
    start: "Lire avec la caméra",
    stop: "Arrêter la caméra",
    aim: "Cadrez le code QR du billet.",
    refused:
      "La caméra est refusée ou absente. Autorisez-la dans les réglages du navigateur, ou tapez le nom.",
  },
  outcome: {
    admitted: "Bienvenue",
    already_in: "Déjà entré",
    waiting: "En attente",
    no_seat: "Pas de place à cette porte",
    cancelled: "Inscription annulée",
    another_stop: "Billet d’une autre étape",
    unknown: "Billet inconnu",
    unlisted: "Billet valable",
    unverified: "Billet à vérifier",
  },
  outcomeDetail: {
    admitted: "Peut entrer.",
    already_in: "Ce billet est déjà passé : vérifiez à qui il est.",
    waiting: "Présent à la porte : son rang compte quand les places des absents se libèrent.",
    no_seat: "Inscrit, mais pas sur place à cette porte.",
    cancelled: "Ce billet ne vaut plus. Proposez une nouvelle inscription.",
    another_stop: "Ce billet est pour une autre étape.",
    unknown: "Ce code n’est pas un billet de cette étape.",
    unlisted: "Signé par nous, inscrit depuis que la liste est venue : peut entrer.",
    unverified: "Gardé ici ; le réseau dira s’il est valable.",
  },
  first: (time: string, device: string | null) =>
    device === null ? `Première entrée à ${time}.` : `Première entrée à ${time}, ${device}.`,
  kept: "Gardé sur cet appareil",
  seatStatus: {
    confirmed: "place confirmée",
    waiting: "en attente",
    requested: "demande à accepter",
    held: "place retenue",
    cancelled: "annulée",
  },
  seatMode: { on_site: "sur place", online: "en ligne" },
  search: {
    title: "Personnes trouvées",
    none: "Personne de ce nom n’est inscrit à cette étape.",
    away: "La recherche par nom a besoin du réseau. Lisez le billet, ou notez le nom.",
    cancelled: "inscription annulée",
  },
  arrivals: {
    title: "Arrivées",
    people: (count: number) =>
      plural(count, { one: "# personne est entrée", other: "# personnes sont entrées" }),
    arrived: (count: number, total: number) => `Sur place : ${count} sur ${total}`,
    online: (count: number, total: number) => `En ligne : ${count} sur ${total}`,
    waiting: (count: number) => `En attente à la porte : ${count}`,
    flow: "Entrées par cinq minutes",
    doubles: "Entrées en double",
    double: (name: string, first: string, again: string) => `${name} : ${first}, puis ${again}`,
    somebody: "Un billet",
    at: (time: string, device: string | null) => (device === null ? time : `${time} (${device})`),
    none: "Personne n’est encore entré.",
    away: "Les arrivées de tous les appareils se lisent avec du réseau.",
  },
  release: {
    act: "Donner les places des absents",
    hold: "Envoyez d’abord les pointages gardés ici, et ceux des autres appareils.",
    given: (names: string) => `Une place pour : ${names}.`,
    none: "Aucune place n’a changé de main.",
    left: (count: number) =>
      plural(count, { one: "# personne attend encore.", other: "# personnes attendent encore." }),
  },
  pass: {
    title: "Ajouter un appareil",
    lead: "Ce code ouvre l’accueil de cette étape, aujourd’hui seulement, sur l’appareil qui le lit.",
    act: "Montrer le code QR de l’accueil",
    alt: "Code QR de l’accueil",
    team: "L’équipe de l’étape peut le montrer, pas un appareil de l’accueil.",
  },
  join: {
    tab: "Rejoindre une séance",
    act: "Rejoindre la séance",
    hint: "En la rejoignant, vous êtes compté présent. Rien d’autre n’est noté.",
    from: (time: string) => `La séance s’ouvre à ${time}.`,
    unknown: "Ce lien n’ouvre aucune séance",
    unknownDetail:
      "Il tient en une seule ligne et se trouve dans votre courriel ou votre agenda : recopiez-le en entier.",
    stop: "Voir l’étape",
  },
};

export type CheckinWords = typeof checkin;
