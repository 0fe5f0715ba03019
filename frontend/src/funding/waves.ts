/** The road of a call: its waves as steps, and where today stands among them. */
import type { Schema } from "#api/schemas.ts";
import type { RouteState } from "#ui/route-line.tsx";

type Wave = Schema<"WaveRead">;
type Moment = Schema<"Moment">;

export type Step = {
  id: string;
  /** `wave` stands for a whole wave, where several share the road. */
  what: "opens" | "closes" | "results" | "endless" | "wave" | "now";
  state: RouteState;
  wave: Wave | null;
  moment: Moment | null;
};

type Bare = Omit<Step, "state"> & { isPast: boolean };

const KNOWN = { year: 4, month: 7, day: 10, after: 10, instant: 10 };

/** Whether a moment is behind, as far as it is known: a month is not over on its first day. */
function isBehind({ at, on, precision }: Moment, now: Date): boolean {
  if (at !== null) {
    return Date.parse(at) <= now.getTime();
  }
  const length = KNOWN[precision];
  return on.slice(0, length) < now.toISOString().slice(0, length);
}

function stepsOfOne(wave: Wave, now: Date): Bare[] {
  const { opens, closes, results, state, rolling } = wave;
  const steps: Bare[] = [];
  if (opens !== null) {
    steps.push({ id: "opens", what: "opens", wave, moment: opens, isPast: state !== "to_come" });
  }
  if (closes !== null) {
    steps.push({ id: "closes", what: "closes", wave, moment: closes, isPast: state === "closed" });
  } else if (rolling) {
    steps.push({ id: "endless", what: "endless", wave, moment: null, isPast: false });
  }
  if (results !== null) {
    const isPast = isBehind(results, now);
    steps.push({ id: "results", what: "results", wave, moment: results, isPast });
  }
  return steps;
}

function stepOfMany(wave: Wave): Bare {
  return {
    id: `wave-${wave.rank}`,
    what: "wave",
    wave,
    moment: wave.state === "to_come" ? (wave.opens ?? wave.closes) : wave.closes,
    isPast: wave.state === "closed",
  };
}

/**
 * The steps in order, today among them. One wave is told step by step, several one step each. A call that was halted goes
 * no further, whatever its dates.
 */
export function stepsOf(waves: readonly Wave[], now: Date, isHalted = false): Step[] {
  const [only] = waves;
  const steps: Bare[] =
    only !== undefined && waves.length === 1 ? stepsOfOne(only, now) : waves.map(stepOfMany);
  const placed = (step: Bare, state: RouteState): Step => {
    const { isPast: _, ...rest } = step;
    return { ...rest, state };
  };
  const past = steps.filter(({ isPast }) => isPast);
  const ahead = isHalted ? [] : steps.filter(({ isPast }) => !isPast);
  return steps.length === 0
    ? []
    : [
        ...past.map((step) => placed(step, "past")),
        { id: "now", what: "now", state: "now", wave: null, moment: null },
        ...ahead.map((step, at) => placed(step, at === 0 ? "next" : "coming")),
      ];
}

/** A moment whose hour matters to nobody, such as results: its day, as far as it is known. */
export function dayOf(moment: Moment): Schema<"Day"> {
  const { on, precision } = moment;
  return { on, precision: precision === "instant" ? "day" : precision };
}

/** The wave whose closing is the deadline of the call. */
export function waveOfDeadline({
  waves,
  deadline,
}: Pick<Schema<"CallRead">, "waves" | "deadline">): Wave | null {
  return (
    waves.find(
      ({ closes }) => deadline !== null && closes?.on === deadline.on && closes.at === deadline.at,
    ) ?? null
  );
}

/** The wave that closed last, among those whose closing is stated. */
export function lastClosed(waves: readonly Wave[]): Wave | null {
  return waves.findLast(({ state, closes }) => state === "closed" && closes !== null) ?? null;
}
