import type { Messages, Room } from "../messages.ts";
import { codes, qualified } from "./codes.ts";
import { dates } from "./dates.ts";
import { errors } from "./errors.ts";
import { find } from "./find.ts";
import { funding } from "./funding.ts";
import { shell } from "./shell.ts";
import { ui } from "./ui.ts";

export const common: Omit<Messages, Room> = {
  codes,
  dates,
  errors,
  find,
  funding,
  qualified,
  shell,
  ui,
};
