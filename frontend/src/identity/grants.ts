import type { Schema } from "#api/schemas.ts";
import type { Grant } from "./role-list.tsx";

const WHOLE = ["coordinator", "funding_editor"] as const;
const OF_A_STOP = ["stop_organiser", "host"] as const;

/** The name of a role's box in a form: `roles/coordinator`, `roles/host/lille`. */
export function boxOf(role: Grant["role"], stop: string | null = null): string {
  return ["roles", role, ...(stop === null ? [] : [stop])].join("/");
}

/** The roles whose boxes are ticked. */
export function grantsOf(data: FormData): Schema<"GrantContent-Input">[] {
  return [...data.keys()].flatMap((name): Schema<"GrantContent-Input">[] => {
    const [of, said, stop] = name.split("/");
    const whole = WHOLE.find((role) => role === said);
    const ofStop = OF_A_STOP.find((role) => role === said);
    if (of !== "roles") {
      return [];
    }
    if (whole !== undefined) {
      return [{ role: whole }];
    }
    return ofStop === undefined || stop === undefined ? [] : [{ role: ofStop, stop }];
  });
}
