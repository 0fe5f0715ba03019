import { codes, qualified } from "./codes.ts";
import { dates } from "./dates.ts";
import { errors } from "./errors.ts";
import { find } from "./find.ts";
import { funding } from "./funding.ts";
import { shell } from "./shell.ts";
import { ui } from "./ui.ts";

/** What every page says. */
export const common = {
  codes,
  dates,
  errors,
  find,
  funding,
  qualified,
  shell,
  ui,
};
