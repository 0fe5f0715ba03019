import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { $api } from "#api/client.ts";
import { UNREACHABLE, asProblem } from "#api/problem.ts";
import type { Schema } from "#api/schemas.ts";
import { answered, readCode, readName, type Shown } from "./reading.ts";
import {
  type Device,
  device as thisDevice,
  keepList,
  keepScans,
  type Kept,
  listOf,
  renameDevice,
  scansOf,
} from "./store.ts";
import type { Door } from "./ticket.ts";

type OfflineList = Schema<"OfflineList">;

const LIST = "/api/v1/manage/stops/{slug}/offline-list";
const SCANS = "/api/v1/manage/stops/{slug}/scans";
const BATCH = 100;
const REFRESH = 5 * 60_000;
const AGAIN = 5_000;
/** A ticket held before the camera is read many times: within so long it is one scan. */
const SAME = 4_000;

/** A scan that the server has: what it would send is forgotten, its ticket with it. */
function sent({ id, stop, key, door, at, entered }: Kept): Kept {
  return { id, stop, key, door, at, entered, unsent: null };
}

/** The door of a stop on this device: its list, what it scanned, and the sending of it whenever there is a network. */
export function useDoor(stop: string) {
  const queryClient = useQueryClient();
  const [kept, setKept] = useState<readonly Kept[]>([]);
  const [shown, setShown] = useState<Shown | null>(null);
  const [mine, setMine] = useState<Device | null>(null);
  const [door, setDoor] = useState<Door>(null);
  const last = useRef({ code: "", at: 0 });
  const path = { slug: stop };

  const stored = useQuery({
    queryKey: ["kept list", stop],
    queryFn: () => listOf(stop),
    networkMode: "always",
  });
  const fetched = $api.useQuery(
    "get",
    LIST,
    { params: { path } },
    {
      networkMode: "always",
      refetchInterval: REFRESH,
      refetchOnReconnect: true,
      retry: false,
    },
  );
  useEffect(() => {
    if (fetched.data !== undefined) {
      void keepList(fetched.data);
    }
  }, [fetched.data]);
  useEffect(() => {
    void scansOf(stop).then(setKept);
    void thisDevice().then(setMine);
  }, [stop]);

  const list: OfflineList | null = fetched.data ?? stored.data ?? null;
  const [isAway, setAway] = useState(false);
  const pending = kept.filter(({ unsent }) => unsent !== null);

  const keep = useCallback((changed: readonly Kept[]) => {
    const ids = new Set(changed.map(({ id }) => id));
    setKept((before) => [...before.filter(({ id }) => !ids.has(id)), ...changed]);
    return keepScans(changed);
  }, []);

  const upload = $api.useMutation("post", SCANS, { networkMode: "always", retry: false });
  const { mutateAsync } = upload;
  const send = useMutation({
    networkMode: "always",
    mutationFn: async (waiting: readonly Kept[]) => {
      const batch = waiting.slice(0, BATCH);
      const scans = batch.flatMap(({ unsent }) => (unsent === null ? [] : [unsent]));
      const known = mine ?? (await thisDevice());
      const { results } = await mutateAsync({
        params: { path: { slug: stop } },
        body: { device: known.id, device_name: known.name || null, scans },
      });
      await keep(batch.map(sent));
      setShown((before) => {
        const result = results.find(({ id }) => id === before?.id);
        return before === null || result === undefined ? before : answered(before, result);
      });
      await queryClient.invalidateQueries({
        queryKey: ["get", "/api/v1/manage/stops/{slug}/arrivals"],
      });
    },
    onSuccess: () => setAway(false),
    onError: (error) => setAway(asProblem(error).type === UNREACHABLE.type),
  });

  const error = fetched.error ?? send.error;
  const problem = error === null ? null : asProblem(error);
  const flush = useEffectEvent(() => {
    if (pending.length > 0 && !send.isPending) {
      send.mutate(pending);
    }
  });
  const count = pending.length;
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each new scan is sent at once
  useEffect(() => flush(), [count]);
  useEffect(() => {
    const again = () => flush();
    const timer = setInterval(again, AGAIN);
    addEventListener("online", again);
    return () => {
      clearInterval(timer);
      removeEventListener("online", again);
    };
  }, []);

  async function read(code: string): Promise<void> {
    const now = new Date();
    if (list === null || (code === last.current.code && now.getTime() - last.current.at < SAME)) {
      return;
    }
    last.current = { code, at: now.getTime() };
    const [made, judged] = await readCode(code, now, {
      list,
      door,
      scans: kept,
      device: mine?.name || null,
    });
    setShown(judged);
    await keep([made]);
  }

  async function admit(person: Schema<"PersonFound">): Promise<void> {
    if (list !== null) {
      const [made, judged] = readName(person, new Date(), {
        list,
        door,
        scans: kept,
        device: null,
      });
      setShown(judged);
      await keep([made]);
    }
  }

  function rename(name: string): void {
    if (mine !== null) {
      const renamed = { ...mine, name };
      setMine(renamed);
      void renameDevice(renamed);
    }
  }

  return {
    list,
    problem,
    isLoading: list === null && (stored.isPending || fetched.isPending),
    isAway: isAway || problem?.type === UNREACHABLE.type,
    pending: count,
    shown,
    door,
    device: mine,
    setDoor,
    read,
    admit,
    rename,
    retry: fetched.refetch,
  };
}

export type DoorState = ReturnType<typeof useDoor>;
