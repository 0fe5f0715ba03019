import type { Messages } from "./messages.ts";
import { call } from "./en/call.ts";
import { codes, qualified } from "./en/codes.ts";
import { dates } from "./en/dates.ts";
import { errors } from "./en/errors.ts";
import { figures } from "./en/figures.ts";
import { find } from "./en/find.ts";
import { funding } from "./en/funding.ts";
import { home } from "./en/home.ts";
import { registration } from "./en/registration.ts";
import { shell } from "./en/shell.ts";
import { tour } from "./en/tour.ts";
import { ui } from "./en/ui.ts";

export const en: Messages = {
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
