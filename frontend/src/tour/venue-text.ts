import type { Schema } from "#api/schemas.ts";

/** A place in one line, as far as it is known; null when nothing of it is. */
export function venueText(venue: Schema<"VenueRead"> | null): string | null {
  if (venue === null) {
    return null;
  }
  const known = [venue.name, venue.city ?? venue.area].filter((words) => words !== null);
  return known.length === 0 ? null : known.join(", ");
}
