import { pluralOf } from "../plural.ts";

const plural = pluralOf("fr");

/** Signing in, being invited, and proving who one is. */
export const entry = {
  signIn: {
    title: "Se connecter",
    lead: "L’espace de l’équipe. Sans mot de passe : une clé d’accès, ou un code par courriel.",
    passkey: "Se connecter avec une clé d’accès",
    passkeyHint: "Votre empreinte, votre visage ou le code de votre appareil. Rien à taper.",
    byMail: "Par courriel",
    email: "Courriel",
    emailHint: "Celui que connaît l’équipe.",
    ask: "Recevoir un code",
    elsewhere: "Par fournisseur d’identité",
    provider: (name: string) => `Se connecter avec ${name}`,
    notMember: "Pas encore de l’équipe ? Une personne coordinatrice peut vous inviter.",
  },
  code: {
    title: "Votre code",
    sent: (email: string) =>
      `Si ${email} est l’adresse d’un membre de l’équipe, un code vient d’y partir.`,
    until: (hour: string) => `Il sert une fois, dans ce navigateur, jusqu’à ${hour}.`,
    label: "Code reçu",
    hint: "Huit caractères. Les espaces et les majuscules ne comptent pas.",
    submit: "Me connecter",
    again: "Demander un autre code",
    empty: "Tapez le code du courriel.",
  },
  link: {
    title: "Se connecter par ce lien",
    lead: "Le lien de votre courriel connecte ce navigateur, une seule fois.",
    submit: "Me connecter",
    other: "Se connecter autrement",
  },
  second: {
    title: "Confirmez que c’est vous",
    lead: "Votre adresse est prouvée. Il reste votre second facteur.",
    passkey: "Utiliser ma clé d’accès",
    app: "Code de l’application d’authentification",
    appHint: "Six chiffres, qui changent toutes les trente secondes.",
    appEmpty: "Tapez les six chiffres de l’application.",
    confirm: "Confirmer",
    recovery: "J’ai perdu mon application : utiliser un code de secours",
    recoveryLabel: "Code de secours",
    recoveryHint: "L’un des dix codes gardés à l’enregistrement. Il ne sert qu’une fois.",
    recoverySubmit: "Utiliser ce code",
    recoveryEmpty: "Tapez l’un de vos codes de secours.",
    lost: "Tout est perdu ? Une personne coordinatrice peut réinitialiser votre accès.",
    leave: "Abandonner la connexion",
  },
  fresh: {
    title: "Confirmez que c’est vous",
    lead: "Cet acte est important. Montrez votre second facteur : il s’accomplit ensuite, et rien ne vous est redemandé pendant dix minutes.",
  },
  refused: {
    title: "La connexion n’a pas abouti",
    codes: {
      "sign-in-not-begun":
        "Elle n’a pas commencé dans ce navigateur, a déjà servi, ou a duré trop longtemps. Recommencez d’ici.",
      "provider-declined":
        "Le fournisseur d’identité n’a pas confirmé qui vous êtes. Recommencez, ou connectez-vous par courriel.",
      "provider-unreachable":
        "Le fournisseur d’identité ne répond pas. Réessayez dans un instant, ou connectez-vous par courriel.",
      "provider-not-believed":
        "La réponse du fournisseur d’identité n’a pas pu être vérifiée. Connectez-vous par courriel et prévenez une personne coordinatrice.",
      "address-not-proved":
        "Le fournisseur d’identité ne garantit pas votre adresse. Connectez-vous par courriel.",
      "not-of-the-team":
        "L’adresse de ce compte n’est pas celle d’un membre de l’équipe. Demandez une invitation, ou choisissez un autre compte.",
      "another-account":
        "Un autre compte du fournisseur d’identité est déjà lié à votre adresse. Une personne coordinatrice peut le délier.",
    } as Readonly<Record<string, string>>,
    other: "Recommencez, ou connectez-vous autrement.",
  },
  passkey: {
    unsupported: {
      title: "Ce navigateur ne sait pas utiliser les clés d’accès",
      detail:
        "Mettez-le à jour, ou servez-vous du courriel et d’une application d’authentification.",
    },
    cancelled: {
      title: "Rien n’a été confirmé",
      detail:
        "L’appareil n’a pas montré de clé d’accès, ou la demande a trop attendu. Recommencez quand vous voulez.",
    },
    known: {
      title: "Cet appareil a déjà une clé d’accès pour vous",
      detail: "Elle suffit : vous pouvez vous en servir dès maintenant.",
    },
    failed: {
      title: "La clé d’accès n’a pas pu servir",
      detail:
        "L’appareil ou le navigateur l’a refusée. Vérifiez que l’adresse de cette page est bien celle de ce site, puis recommencez.",
    },
  },
  welcome: {
    title: "Bienvenue",
    hello: (name: string) => `Bienvenue, ${name}`,
    first:
      "Vous êtes la première personne à entrer : vous coordonnerez l’équipe, et pourrez y inviter les autres.",
    invitation: "Vous êtes invité à rejoindre l’équipe de ce site.",
    recovery:
      "Une personne coordinatrice vous laisse rentrer. Vous allez enregistrer un nouveau second facteur.",
    unknown: "Cette invitation n’ouvre rien",
    toSignIn: "Aller à la page de connexion",
    name: "Prénom et nom",
    email: "Courriel professionnel",
    emailHint: "Les codes de connexion y arriveront.",
    language: "Langue de nos courriels",
    languages: { fr: "Français", en: "English" },
    roles: "Rôles",
    address: "Courriel",
    accept: { first: "Commencer", invitation: "Rejoindre l’équipe", recovery: "Continuer" },
    next: "Ensuite, vous choisirez comment confirmer que c’est vous.",
  },
  enrol: {
    title: "Protégez votre accès",
    lead: "Votre courriel ne suffit pas : choisissez ce que vous montrerez pour entrer.",
    passkey: "Une clé d’accès",
    passkeyLead:
      "Elle reste dans votre appareil et s’ouvre par votre empreinte, votre visage ou son code. C’est le plus simple, et le plus sûr.",
    name: "Nom de cette clé",
    nameHint: "Pour la reconnaître parmi les vôtres.",
    nameEmpty: "Donnez un nom à cette clé.",
    create: "Créer une clé d’accès",
    app: "Une application d’authentification",
    appLead:
      "Là où l’ordinateur bloque les clés d’accès : un code à six chiffres, lu sur votre téléphone.",
    start: "Utiliser une application",
  },
  app: {
    scan: "Scannez cette image avec l’application de votre téléphone.",
    picture: "Code QR à scanner par l’application d’authentification",
    typed: "Ou tapez-y cette clé :",
    code: "Puis, le code qu’elle affiche",
    confirm: "Confirmer l’application",
  },
  recovery: {
    title: "Vos codes de secours",
    lead: "Si vous perdez votre téléphone, chacun ouvre votre accès une fois. Ils ne seront plus jamais montrés : gardez-les maintenant, à l’abri.",
    copy: "Copier",
    copied: "Copiés.",
    byHand: "Les codes, à copier",
    print: "Imprimer",
    done: "Ils sont à l’abri, continuer",
    left: (count: number) => plural(count, { one: "# code restant", other: "# codes restants" }),
  },
  roles: {
    coordinator: "Coordination",
    funding_editor: "Rédaction des appels",
    stop_organiser: (stop: string) => `Organisation : ${stop}`,
    host: (stop: string) => `Accueil : ${stop}`,
  },
};
