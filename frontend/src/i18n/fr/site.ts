export const site = {
  missing: "Non précisé : c’est à qui tient ce site de le dire ici.",
  contact: {
    title: "Contact",
    fictitious: "Cette adresse est inventée : ce site est une démonstration.",
    email: "Courriel",
    telephone: "Téléphone",
    lost: "Vous avez perdu le lien de votre inscription ?",
    elsewhere: "Ce que l’on cherche souvent",
    aboutCall: "Une question sur un appel : sa page dit à qui la poser",
    aboutData: "Vos données : qui les tient, et comment les faire effacer",
    aboutBarrier: "Un obstacle d’accessibilité",
  },
  legal: {
    title: "Mentions légales",
    lead: (name: string) => `Qui publie ${name}, qui en répond et qui l’héberge.`,
    fictitious:
      "Ce site est une démonstration : son éditeur est inventé, et ce qui manque ci-dessous manque vraiment.",
    publisher: "Éditeur",
    director: "Responsable de la publication",
    host: "Hébergeur",
    rest: "Contenus, données et logiciel",
    figures: "Chaque chiffre porte sa source, qui reste celle de son auteur.",
    privacy: "Ce que deviennent vos données",
    software:
      "Ce site est fait avec Étape, logiciel libre sous licence MIT. Il ne dépose aucun traceur et ne charge rien d’un autre site.",
  },
  accessibility: {
    title: "Accessibilité",
    lead: "Tout ce que ces pages permettent devrait l’être à chacun. Voici ce qui est vérifié, et ce qui ne l’est pas.",
    conformity: "Conformité",
    notAudited:
      "Ce site n’a pas été audité : aucun niveau de conformité au RGAA n’est déclaré. Des tests automatiques ne remplacent pas un audit.",
    levels: {
      full: "Ce site est totalement conforme, d’après l’audit que voici.",
      partial: "Ce site est partiellement conforme, d’après l’audit que voici.",
      none: "Ce site n’est pas conforme, d’après l’audit que voici.",
    },
    gaps: "Ce qui n’est pas accessible",
    checked: {
      title: "Ce qui est vérifié",
      lead: "À chaque version du logiciel, dans un vrai navigateur (Chromium), sur les pages publiques de la démonstration :",
      items: [
        "les règles automatiques d’axe pour WCAG 2.2, niveaux A et AA, et le RGAA 4 : en français sur un téléphone en thème sombre, en anglais sur un ordinateur en thème clair ;",
        "un seul titre principal, et la langue de la page déclarée ;",
        "rien ne déborde sur le côté à 320 pixels de large, ce que donne un zoom de 400 % ;",
        "au clavier seul : trouver un appel jusqu’au lien de candidature, s’inscrire à une étape, lire un chiffre de budget et sa source, et la palette de commandes ;",
        "au changement de page, le focus va au titre et la page est annoncée ;",
        "avec des couleurs imposées par le système, le focus et l’option choisie restent visibles.",
      ],
    },
    unchecked: {
      title: "Ce qui n’est pas vérifié",
      items: [
        "Aucun lecteur d’écran, aucune plage braille, aucune commande vocale n’a été essayé.",
        "Aucune personne handicapée n’a testé ces pages.",
        "Ni Firefox ni Safari ne sont dans les tests automatiques.",
        "Les documents, les vidéos et les sites vers lesquels ces pages mènent viennent de leurs auteurs.",
        "Les pages de l’équipe ne passent qu’une partie de ces tests.",
      ],
    },
    report: {
      title: "Signaler un obstacle",
      lead: "Dites la page, ce que vous vouliez faire et ce qui vous en a empêché, avec le matériel ou le logiciel que vous utilisez.",
    },
  },
};
