/** Deadlines on a calendar: what the page asks for, month by month, and as bars on a line of time. */
import type { Schema } from "#api/schemas.ts";
import { isoDay } from "#i18n/dates.ts";
import { type DeadlineSearch, filtersOf } from "./deadline-search.ts";

export type Deadline = Schema<"Deadline">;

const HOME = "Europe/Paris";
const DAY = 86_400_000;
const [START, END] = ["00:00:00", "23:59:59"];
const PAGE = 50;
/** Past so many months a line of time is told by its years. */
const MANY_MONTHS = 20;

/** What the API is asked for. */
export function deadlineQuery(search: DeadlineSearch, now: Date) {
  return {
    ...filtersOf(search),
    ...(search.past === undefined && { since: isoDay(now, HOME) }),
    limit: PAGE,
  };
}

/** Deadlines in the months in which they close, in the order in which they come: `2027-03`, or `2025` where no month is known. */
export function byMonth(deadlines: readonly Deadline[]): [string, Deadline[]][] {
  const months = new Map<string, Deadline[]>();
  for (const deadline of deadlines) {
    const { on, precision } = deadline.wave.closes ?? { on: "", precision: "day" };
    const month = on.slice(0, precision === "year" ? 4 : 7);
    months.set(month, [...(months.get(month) ?? []), deadline]);
  }
  return [...months];
}

export type Bar = {
  id: string;
  opens: Schema<"Moment"> | null;
  closes: Schema<"Moment">;
  from: number;
  to: number;
  isOpeningKnown: boolean;
  state: Deadline["wave"]["state"];
};
type Row = { call: Deadline["call"]; bars: Bar[] };
type Tick = { at: number; on: string; isYear: boolean };
export type Line = { rows: Row[]; ticks: Tick[]; today: number | null };

function timeOf({ at, on }: Schema<"Moment">, hour: string): number {
  return Date.parse(at ?? `${on}T${hour}Z`);
}

function monthOf(time: number, shift = 0): number {
  const day = new Date(time);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + shift, 1);
}

/** Calls as rows and their waves as bars, each between 0 and 1 of the time that the deadlines span; null without any. */
export function lineOf(deadlines: readonly Deadline[], now: Date): Line | null {
  const closings = deadlines.flatMap(({ wave: { closes } }) =>
    closes === null ? [] : [timeOf(closes, END)],
  );
  if (closings.length === 0) {
    return null;
  }
  const first = monthOf(Math.min(...closings, now.getTime()));
  const last = monthOf(Math.max(...closings), 1);
  const place = (time: number) => Math.min(1, Math.max(0, (time - first) / (last - first)));
  const rows = new Map<string, Row>();
  for (const { call, wave } of deadlines) {
    if (wave.closes !== null) {
      const end = timeOf(wave.closes, END);
      const start = wave.opens === null ? end - DAY : timeOf(wave.opens, START);
      const row = rows.get(call.slug) ?? { call, bars: [] };
      row.bars.push({
        id: `${call.slug}-${wave.rank}`,
        opens: wave.opens,
        closes: wave.closes,
        from: place(start),
        to: place(end),
        isOpeningKnown: wave.opens !== null,
        state: wave.state,
      });
      rows.set(call.slug, row);
    }
  }
  const today = now.getTime();
  return {
    rows: [...rows.values()],
    ticks: ticksOf(first, last, place),
    today: today < last ? place(today) : null,
  };
}

function ticksOf(first: number, last: number, place: (time: number) => number): Tick[] {
  const ticks: Tick[] = [];
  for (let time = first; time < last; time = monthOf(time, 1)) {
    const on = new Date(time).toISOString().slice(0, 10);
    ticks.push({ at: place(time), on, isYear: on.slice(5, 7) === "01" });
  }
  return ticks.length > MANY_MONTHS ? ticks.filter(({ isYear }) => isYear) : ticks;
}
