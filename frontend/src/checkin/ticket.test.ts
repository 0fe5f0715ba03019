import { describe, expect, it } from "vitest";
import type { Schema } from "#api/schemas.ts";
import { nameOf, openEntry, provenance, ticketIn } from "./ticket.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STOP = [1, 2, 3, 4];

function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{1,5}/gu) ?? [])
    .map((five) => ALPHABET[Number.parseInt(five.padEnd(5, "0"), 2)])
    .join("");
}

const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCodePoint(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** A stop with a key of its own, as the server makes one. */
async function aStop() {
  const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
  if (!("publicKey" in pair)) {
    throw new TypeError("Ed25519 makes pairs");
  }
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const id = new Uint8Array(await crypto.subtle.digest("SHA-256", raw)).slice(0, 4);
  const list: Schema<"OfflineList"> = {
    stop: {
      slug: "essai",
      name: { fr: "Essai", en: null },
      zone: "Europe/Paris",
      fictitious: true,
      door_release_minutes: null,
      sessions: [],
    },
    stop_tag: hex(new Uint8Array(STOP)),
    made_at: "2027-01-12T08:00:00Z",
    keys: [{ id: hex(id), public: base64url(raw) }],
    entries: {},
  };
  async function ticket(person: number, stop = STOP): Promise<string> {
    const signed = new Uint8Array([1, ...id, ...Array(16).fill(person), ...stop]);
    const signature = await crypto.subtle.sign({ name: "Ed25519" }, pair.privateKey, signed);
    return base32(new Uint8Array([...signed, ...new Uint8Array(signature)]));
  }
  return { list, ticket };
}

describe("a ticket", () => {
  it("is read whatever its case and spaces, and nothing else is one", async () => {
    const { ticket } = await aStop();
    const code = await ticket(7);
    const read = ticketIn(code);
    expect(read).toHaveLength(89);
    expect(ticketIn(` ${code.slice(0, 40)} \n${code.slice(40).toLowerCase()} `)).toEqual(read);
    for (const other of ["", "Ada Lenoir", "https://example.org", code.slice(1), `${code}AA`]) {
      expect(ticketIn(other)).toBeNull();
    }
  });

  it("is of this stop, of another or of nobody, which its signature says without a network", async () => {
    const { list, ticket } = await aStop();
    const said = async (code: string) => {
      const read = ticketIn(code);
      return read === null ? null : provenance(list, read);
    };
    const code = await ticket(7);
    expect(await said(code)).toBe("unlisted");
    expect(await said(await ticket(7, [9, 9, 9, 9]))).toBe("another_stop");
    const forged = code.slice(0, 20) + (code[20] === "A" ? "B" : "A") + code.slice(21);
    expect(await said(forged)).toBe("unknown");
    const { ticket: stranger } = await aStop();
    expect(await said(await stranger(7))).toBe("unknown");
  });

  it("opens its own line of the list, and no other", async () => {
    const { list, ticket } = await aStop();
    const [mine, other] = [ticketIn(await ticket(7)), ticketIn(await ticket(8))];
    if (mine === null || other === null) {
      throw new TypeError("both are tickets");
    }
    const name = await nameOf(mine);
    const told = new Uint8Array([...new TextEncoder().encode("open"), ...mine]);
    const secret = await crypto.subtle.digest("SHA-256", told);
    const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, ["encrypt"]);
    const iv = new Uint8Array(12);
    const person = { name: "Ada", organisation: null, cancelled: false, seats: [], entries: [] };
    const sealed = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) },
      key,
      new TextEncoder().encode(JSON.stringify(person)),
    );
    const value = base64url(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
    const filled = { ...list, entries: { [name]: value, [await nameOf(other)]: value } };
    expect(await openEntry(filled, mine)).toEqual(person);
    await expect(openEntry(filled, other)).rejects.toThrow(/operation/u);
    expect(await openEntry(list, mine)).toBeNull();
  });
});
