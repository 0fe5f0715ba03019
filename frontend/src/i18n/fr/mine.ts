/** What somebody is told of their own registration. */
export const mine = {
  tab: "Mon inscription",
  title: "Votre inscription",
  private: "Cette page s’ouvre par votre lien : ne le partagez pas.",
  proofTitle: "Confirmez votre inscription",
  proof:
    "Vos places sont tenues, elles ne sont pas encore à vous. Passé le délai, vous pouvez toujours confirmer, tant qu’il reste des places ; sinon vous gardez votre rang.",
  prove: "Je confirme mon inscription",
  proved: "C’est confirmé. Un courriel avec l’entrée d’agenda vient de partir.",
  heldUntil: "tenue jusqu’au",
  chance: (stops: number, share: number) =>
    `À ${stops} étapes passées de ce tour, ${Math.round(share * 100)} % des listes d’attente sont allées jusqu’à ce rang. Ce n’est pas une promesse.`,
  together: "Vous attendez pour toutes vos séances à la fois : aucune ne sera prise seule.",
  for: "Au nom de",
  seats: "Vos séances",
  ticket: {
    title: "Votre billet",
    alt: "QR code de votre billet",
    hint: "Montrez ce code à l’entrée, sur ce téléphone ou imprimé. Il ne montre pas votre nom et reste le même si vous changez de séances.",
    notYet:
      "Aucune place sur place n’est encore confirmée : ce billet servira quand l’une le sera.",
    download: "Télécharger le billet",
  },
  join: "Rejoindre en ligne",
  joinLater: "Le lien de connexion paraîtra ici.",
  ownClock: "À l’heure de cet appareil :",
  next: {
    postponed: "Un courriel vous dira sa nouvelle date ; celle qui est écrite ici ne vaut plus.",
    requested: "L’équipe de l’étape doit encore l’accepter ; sa réponse vous viendra par courriel.",
    waiting: (until: string) =>
      `Dès qu’une place se libère, elle est à vous, ${until} la séance. Vous n’avez rien à faire : un courriel vous le dira.`,
  },
  toOnline: "Passer en ligne",
  toOnSite: "Passer sur place",
  consequence: {
    leavesSeat: "La place que vous quittez va aussitôt à la personne suivante.",
    leavesQueue: "Vous quittez la liste d’attente pour une place sur place.",
    fullOnline: "C’est complet en ligne : vous y attendrez, à la suite.",
    takesSeat: "Il reste des places : l’une est aussitôt à vous.",
    fullOnSite: "C’est complet sur place : vous attendrez, à la suite.",
    keepsOnline: "D’ici là, votre place en ligne reste à vous.",
    asksAgain: "C’est une nouvelle demande : l’équipe de l’étape devra l’accepter.",
  },
  change: "Modifier mon inscription",
  changeHint:
    "Les séances gardées gardent leur rang ; une place quittée va à la personne suivante.",
  save: "Enregistrer les changements",
  stay: "Ne rien changer",
  saved: "C’est changé. Un nouveau courriel, avec l’agenda à jour, vient de partir.",
  stopStatus: {
    postponed: "L’étape est reportée",
    cancelled: "L’étape est annulée",
    next: "Vos places sont gardées. Un courriel vous dira la nouvelle date ; celle qui est écrite ici ne vaut plus.",
  },
  over: "Cette étape a eu lieu : il n’y a plus rien à y changer.",
  calendar: "Ajouter à mon agenda",
  cancel: "Annuler mon inscription",
  cancelTitle: "Annuler votre inscription ?",
  cancelDetail:
    "Vos places vont à ceux qui attendent, et l’entrée d’agenda est retirée. Pour revenir, il faudra vous inscrire de nouveau, en fin de liste.",
  cancelConfirm: "Oui, annuler",
  keep: "Garder mon inscription",
  freeTitle: "Vous libérez votre place ?",
  freeDetail:
    "Votre agenda nous a répondu que vous ne viendrez pas. Rien n’est changé tant que vous ne le confirmez pas ici. Si vous confirmez, toutes vos places à cette étape vont à ceux qui attendent ; pour n’en rendre qu’une, gardez-les et modifiez votre inscription.",
  freeConfirm: "Oui, libérer mes places",
  freeKeep: "Non, je viens",
  freeKept:
    "Rien n’a changé : vos places sont à vous. Si votre agenda a retiré l’étape, remettez-la avec « Ajouter à mon agenda ».",
  cancelledTitle: "Inscription annulée",
  cancelledOn: "Annulée",
  cancelledDetail:
    "Vos places ont été rendues. Un courriel vous l’écrit, et retire l’entrée de votre agenda s’il y en avait une.",
  again: "S’inscrire de nouveau",
  stop: "Voir l’étape",
  unknown: {
    title: "Ce lien n’ouvre aucune inscription",
    detail:
      "Il tient en une seule ligne et se trouve dans votre dernier courriel : recopiez-le en entier. Si votre inscription a été effacée, inscrivez-vous de nouveau.",
  },
};
