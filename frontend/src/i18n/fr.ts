import { call } from "./fr/call.ts";
import { codes, qualified } from "./fr/codes.ts";
import { dates } from "./fr/dates.ts";
import { errors } from "./fr/errors.ts";
import { figures } from "./fr/figures.ts";
import { find } from "./fr/find.ts";
import { funding } from "./fr/funding.ts";
import { home } from "./fr/home.ts";
import { registration } from "./fr/registration.ts";
import { shell } from "./fr/shell.ts";
import { tour } from "./fr/tour.ts";
import { ui } from "./fr/ui.ts";

/** The French catalogue, complete. Its shape is the type that every other language must fill. */
export const fr = {
  call,
  codes,
  dates,
  errors,
  figures,
  find,
  funding,
  home,
  qualified,
  registration,
  shell,
  tour,
  ui,
};
