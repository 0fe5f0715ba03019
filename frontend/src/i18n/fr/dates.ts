export const dates = {
  hourNotStated: "heure non précisée",
  after: (day: string) => `après le ${day}`,
  now: "maintenant",
  /** Places whose zone does not read as `heure de [ville]`. */
  zones: {
    "America/Cayenne": "heure de Guyane",
    "America/Guadeloupe": "heure de la Guadeloupe",
    "America/Martinique": "heure de la Martinique",
    "Indian/Mayotte": "heure de Mayotte",
    "Indian/Reunion": "heure de La Réunion",
  } as Readonly<Record<string, string>>,
  zone: (city: string) => `heure de ${city}`,
  duration: (hours: number, minutes: number) =>
    hours === 0
      ? `${minutes} min`
      : `${hours} h${minutes === 0 ? "" : ` ${String(minutes).padStart(2, "0")}`}`,
  range: (from: string, to: string) => `du ${from} au ${to}`,
  daysNotStated: "date non précisée",
};
