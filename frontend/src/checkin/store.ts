/**
 * What a device keeps: the list of each stop, which opens only with the tickets in front of it, and its scans. A scan that is
 * sent keeps no ticket: a device that is lost tells who came to nobody.
 */
import { type DBSchema, openDB } from "idb";
import type { Schema } from "#api/schemas.ts";
import type { Seen } from "./judging.ts";

type OfflineList = Schema<"OfflineList">;
type ScanContent = Schema<"ScanContent">;

/** A scan of this device: what it saw, and until it is sent, what to send. */
export type Kept = Seen & { id: string; stop: string; unsent: ScanContent | null };

export type Device = { id: string; name: string };

interface Shelves extends DBSchema {
  lists: { key: string; value: OfflineList };
  scans: { key: string; value: Kept; indexes: { stop: string } };
  device: { key: "device"; value: Device };
}

const DAY = 86_400_000;

const shelves = openDB<Shelves>("etape-pointage", 1, {
  upgrade(database) {
    database.createObjectStore("lists", { keyPath: "stop.slug" });
    database.createObjectStore("scans", { keyPath: "id" }).createIndex("stop", "stop");
    database.createObjectStore("device");
  },
});

export async function listOf(stop: string): Promise<OfflineList | null> {
  return (await (await shelves).get("lists", stop)) ?? null;
}

export async function keepList(list: OfflineList): Promise<void> {
  await (await shelves).put("lists", list);
}

export async function scansOf(stop: string): Promise<Kept[]> {
  return (await shelves).getAllFromIndex("scans", "stop", stop);
}

export async function keepScans(scans: readonly Kept[]): Promise<void> {
  const writing = (await shelves).transaction("scans", "readwrite");
  await Promise.all([...scans.map((scan) => writing.store.put(scan)), writing.done]);
}

/** This device, named once for ever; its host may call it something. */
export async function device(): Promise<Device> {
  const database = await shelves;
  const known = await database.get("device", "device");
  if (known !== undefined) {
    return known;
  }
  const made = { id: crypto.randomUUID(), name: "" };
  await database.put("device", made, "device");
  return made;
}

export async function renameDevice(known: Device): Promise<void> {
  await (await shelves).put("device", known, "device");
}

/** The stops that this device is ready for; what is a day past its last session is forgotten, but for scans to send. */
export async function readyStops(now: Date): Promise<OfflineList[]> {
  const database = await shelves;
  const lists = await database.getAll("lists");
  const isOver = ({ stop: { sessions } }: OfflineList) =>
    sessions.length > 0 &&
    sessions.every(({ ends_at: end }) => Date.parse(end) + DAY < now.getTime());
  await Promise.all(
    lists.filter(isOver).map(async ({ stop: { slug } }) => {
      await database.delete("lists", slug);
      const sent = (await scansOf(slug)).filter(({ unsent }) => unsent === null);
      await Promise.all(sent.map(({ id }) => database.delete("scans", id)));
    }),
  );
  return lists.filter((list) => !isOver(list));
}
