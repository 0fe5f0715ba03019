import type { Schema } from "#api/schemas.ts";

export type Registration = Schema<"RegistrationRead">;
export type Seat = Schema<"SeatRead">;

/** One wish and, while it waits for a chair, the seat had online meanwhile. */
export type Held = { seat: Seat; meanwhile: Seat | null };

/** The seats of a registration, by session and in time. */
export function heldOf(seats: readonly Seat[]): Held[] {
  return seats
    .filter(({ is_meanwhile: standIn, status }) => !standIn && status !== "cancelled")
    .toSorted((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at))
    .map((seat) => ({
      seat,
      meanwhile:
        seats.find(
          ({ is_meanwhile: standIn, session, status }) =>
            standIn && session === seat.session && status !== "cancelled",
        ) ?? null,
    }));
}
