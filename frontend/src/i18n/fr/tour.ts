export const tour = {
  title: "Le tour",
  map: {
    label: "Carte des étapes par région",
    hint: "Choisissez une région pour ne garder que ses étapes.",
    everywhere: "Toutes les régions",
  },
};
