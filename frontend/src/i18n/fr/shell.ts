export const shell = {
  name: "Étape",
  promise: "L’argent public, ses étapes et ses réponses",
  skip: "Aller au contenu",
  menu: "Menu",
  navigation: "Navigation principale",
  calls: "Appels",
  tour: "Le tour",
  developers: "Pour les développeurs",
  theme: { toDark: "Passer en sombre", toLight: "Passer en clair" },
  otherLanguage: { code: "EN", label: "Read this page in English" },
  sources: "Chaque chiffre porte sa source.",
  free: "Logiciel libre, sans traceur ni ressource tierce.",
};
