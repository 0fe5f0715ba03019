import { pluralOf } from "../plural.ts";

const plural = pluralOf("fr");

export const registration = {
  title: "S’inscrire",
  lead: "Sans compte. Un lien par courriel permet de tout changer.",
  opens: "Les inscriptions ouvrent",
  opensLead: "Le programme se lit déjà ; rien n’est à réserver avant cette date.",
  closes: "Inscriptions jusqu’au",
  closed: "Les inscriptions sont closes depuis",
  closedUndated: "Les inscriptions sont closes.",
  closedNext: "Une question ? Écrivez à l’équipe de l’étape, ou choisissez-en une autre du tour.",
  notOffered: "Cette étape ne prend pas d’inscription ici.",
  notOfferedNext: "Son programme et ses suites restent à lire.",
  cancelled: "Cette étape est annulée.",
  seeTour: "Voir les autres étapes",
  sessions: "Vos séances",
  sessionsHint: "Cochez celles qui vous intéressent, ici ou dans le programme.",
  mode: (title: string) => `Comment venez-vous ? ${title}`,
  notListed: (count: number) =>
    plural(count, {
      one: "# séance sans inscription ici (sur invitation, liste close…)",
      other: "# séances sans inscription ici (sur invitation, liste close…)",
    }),
  full: (waiting: number) => (waiting === 0 ? "complet" : `complet, ${waiting} en attente`),
  left: (free: number) => plural(free, { one: "# place", other: "# places" }),
  proof: (hours: number) =>
    `Vos places seront tenues ${hours} h, le temps de confirmer votre adresse par le courriel reçu.`,
  onRequest: "sur demande : l’équipe vous répondra",
  overlap: {
    title: "Deux séances en même temps",
    pair: (one: string, other: string) => `« ${one} » et « ${other} » se chevauchent.`,
    wayTitle: "Trop peu de temps pour le trajet",
    way: (one: string, other: string, minutes: number, needed: number | null) =>
      needed === null
        ? `« ${one} » puis « ${other} » : une autre ville, ${minutes} min plus tard. Vérifiez le trajet.`
        : `« ${one} » puis « ${other} » : ${minutes} min pour un trajet de ${needed} min.`,
    accept: "Je sais, je garde les deux",
    confirm: "Je sais, confirmer",
    detail: "Retirez l’une des séances, ou confirmez que vous le savez.",
  },
  fullDetail: "Plus de place à cette séance. Acceptez la liste d’attente, ou suivez-la en ligne.",
  /** What a refusal of a field means here, by its pointer; the API speaks of any field. */
  wrong: {
    "/seats": "Choisissez au moins une séance.",
    "/name": "Écrivez votre prénom et votre nom.",
  } as Readonly<Record<string, string>>,
  name: "Prénom et nom",
  email: "Courriel",
  emailHint: "Le lien pour changer ou annuler y arrive.",
  organisation: "Organisation",
  language: "Langue des courriels",
  languages: { fr: "Français", en: "English" },
  ifFull: {
    title: "Si c’est complet",
    someFull: "Une séance choisie est complète",
    wait: "Me mettre sur la liste d’attente",
    waitHint: "Sinon, rien n’est réservé et vous êtes prévenu tout de suite.",
    together: "Toutes mes séances, ou aucune",
    togetherHint: "Tant que l’une est complète, vous attendez pour toutes, chacune à votre rang.",
    meanwhile: "Suivre en ligne en attendant, quand c’est possible",
    promote: "Me faire passer dès qu’une place se libère",
    promoteHint:
      "Jusqu’à ce délai avant la séance. Ensuite, une place libérée va à la personne suivante.",
    hours: {
      2: "jusqu’à 2 h avant",
      12: "jusqu’à 12 h avant",
      24: "jusqu’à 24 h avant",
      48: "jusqu’à 48 h avant",
      168: "jusqu’à une semaine avant",
    } as Readonly<Record<number, string>>,
    hoursOther: (hours: number) => `jusqu’à ${hours} h avant`,
  },
  simulate: "Voir mon rang sans m’inscrire",
  simulated: "Rien n’est enregistré. Voici ce qui se passerait :",
  submit: (count: number) =>
    plural(count, { one: "M’inscrire à # séance", other: "M’inscrire à # séances" }),
  submitNone: "Choisissez une séance",
  outcome: {
    confirmedTitle: "C’est noté",
    mail: (email: string) => `Un courriel vient de vous être envoyé à ${email}.`,
    mailHint: "Il porte l’entrée d’agenda et le lien pour changer ou annuler.",
    proofTitle: "Il reste à confirmer",
    proof: (hours: number) =>
      `Ouvrez-le et confirmez dans les ${hours} h : vos places sont tenues jusque-là.`,
    inbox: "Ouvrir le courrier de la démonstration",
    again: "Inscrire une autre personne",
    waiting: (rank: number | null) => (rank === null ? "En attente" : `En attente, rang ${rank}`),
    meanwhile: "confirmé en ligne en attendant",
  },
  mine: {
    tab: "Mon inscription",
    title: "Votre inscription",
    private: "Cette page s’ouvre par votre lien : ne le partagez pas.",
    proofTitle: "Confirmez votre inscription",
    proof:
      "Vos places sont tenues, elles ne sont pas encore à vous. Passé le délai, vous pouvez toujours confirmer, tant qu’il reste des places ; sinon vous gardez votre rang.",
    prove: "Je confirme mon inscription",
    proved: "C’est confirmé. Un courriel avec l’entrée d’agenda vient de partir.",
    heldUntil: "tenue jusqu’au",
    together: "Vous attendez pour toutes vos séances à la fois : aucune ne sera prise seule.",
    for: "Au nom de",
    seats: "Vos séances",
    join: "Rejoindre en ligne",
    joinLater: "Le lien de connexion paraîtra ici.",
    toOnline: "Passer en ligne",
    toOnSite: "Passer sur place",
    change: "Modifier mon inscription",
    changeHint:
      "Les séances gardées gardent leur rang ; une place quittée va à la personne suivante.",
    save: "Enregistrer les changements",
    stay: "Ne rien changer",
    saved: "C’est changé. Un nouveau courriel, avec l’agenda à jour, vient de partir.",
    unchangeable: "Il est trop tard pour changer ou annuler ici.",
    calendar: "Ajouter à mon agenda",
    cancel: "Annuler mon inscription",
    cancelTitle: "Annuler votre inscription ?",
    cancelDetail:
      "Vos places vont à ceux qui attendent, et l’entrée d’agenda est retirée. Pour revenir, il faudra vous inscrire de nouveau, en fin de liste.",
    cancelConfirm: "Oui, annuler",
    keep: "Garder mon inscription",
    freeTitle: "Vous libérez votre place ?",
    freeDetail:
      "Votre agenda nous a répondu que vous ne viendrez pas. Rien n’est changé tant que vous ne le confirmez pas ici.",
    freeConfirm: "Oui, libérer mes places",
    freeKeep: "Non, je viens",
    cancelledTitle: "Inscription annulée",
    cancelledOn: "Annulée",
    cancelledDetail: "Vos places ont été rendues. Un courriel retire l’entrée de votre agenda.",
    again: "S’inscrire de nouveau",
    stop: "Voir l’étape",
    unknown: {
      title: "Ce lien n’ouvre aucune inscription",
      detail:
        "Il tient en une seule ligne et se trouve dans votre dernier courriel : recopiez-le en entier. Si votre inscription a été effacée, inscrivez-vous de nouveau.",
    },
  },
  letters: {
    title: "Le courrier de la démonstration",
    lead: "Rien ne part d’ici : ces lettres sont celles qu’un vrai service aurait envoyées. Tout le monde peut les lire.",
    empty: {
      title: "Aucune lettre",
      detail: "Inscrivez-vous à une étape fictive : la lettre arrive en quelques secondes.",
    },
    refresh: "Relever le courrier",
    to: "À",
    sent: "Envoyée",
    calendar: "Télécharger l’entrée d’agenda",
  },
};
