import type { Schema } from "#api/schemas.ts";

type OfflineList = Schema<"OfflineList">;
export type Door = string | null;
export type Seat = Schema<"SeatAtDoor">;

/** Somebody, as their ticket opens them in the offline list. */
export type Person = {
  name: string;
  organisation: string | null;
  cancelled: boolean;
  seats: readonly Seat[];
  entries: readonly { at: string; device: string | null; session: Door }[];
};

/** The bytes of a ticket, as `etape.tour.checkin.rules` writes them. */
const SIGNED = 25;
const SIZE = SIGNED + 64;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The bytes that a code holds in base32, whatever its case and spaces; null where it is no ticket. */
export function ticketIn(code: string): Uint8Array<ArrayBuffer> | null {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of code.replaceAll(/\s/gu, "").toUpperCase()) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) {
      return null;
    }
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 0xff);
    }
  }
  return bytes.length === SIZE && bytes[0] === 1 ? new Uint8Array(bytes) : null;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.codePointAt(0) ?? 0);
}

async function digest(purpose: string, ticket: Uint8Array<ArrayBuffer>) {
  const told = new Uint8Array([...new TextEncoder().encode(purpose), ...ticket]);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", told));
}

/** What the list calls a ticket; a device may keep it, it opens nothing. */
export async function nameOf(ticket: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex((await digest("find", ticket)).slice(0, 16));
}

/** Opens what the list says of the holder of a ticket; null where it says nothing. */
export async function openEntry(
  list: OfflineList,
  ticket: Uint8Array<ArrayBuffer>,
): Promise<Person | null> {
  const name = await nameOf(ticket);
  const sealed = list.entries[name];
  if (sealed === undefined) {
    return null;
  }
  const bytes = fromBase64(sealed);
  const key = await crypto.subtle.importKey("raw", await digest("open", ticket), "AES-GCM", false, [
    "decrypt",
  ]);
  const opened = await crypto.subtle.decrypt(
    {
      name: "AES-GCM",
      iv: bytes.slice(0, 12),
      additionalData: new TextEncoder().encode(name),
    },
    key,
    bytes.slice(12),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- authenticated: the server wrote it in this shape
  return JSON.parse(new TextDecoder().decode(opened)) as Person;
}

/** What the signature of a ticket that the list does not have proves. `unverified`: this browser cannot tell. */
export async function provenance(
  list: OfflineList,
  ticket: Uint8Array<ArrayBuffer>,
): Promise<"unlisted" | "another_stop" | "unknown" | "unverified"> {
  const key = list.keys.find(({ id }) => id === hex(ticket.slice(1, 5)));
  if (key === undefined) {
    return "unknown";
  }
  let isOurs: boolean;
  try {
    const verifier = await crypto.subtle.importKey(
      "raw",
      fromBase64(key.public),
      { name: "Ed25519" },
      false,
      ["verify"],
    );
    isOurs = await crypto.subtle.verify(
      { name: "Ed25519" },
      verifier,
      ticket.slice(SIGNED),
      ticket.slice(0, SIGNED),
    );
  } catch {
    return "unverified";
  }
  if (!isOurs) {
    return "unknown";
  }
  return hex(ticket.slice(21, SIGNED)) === list.stop_tag ? "unlisted" : "another_stop";
}
