import type { Messages } from "./messages.ts";
import { awards } from "./en/awards.ts";
import { budget } from "./en/budget.ts";
import { call } from "./en/call.ts";
import { common } from "./en/common.ts";
import { deadlines } from "./en/deadlines.ts";
import { desk } from "./en/desk.ts";
import { developers } from "./en/developers.ts";
import { figures } from "./en/figures.ts";
import { home } from "./en/home.ts";
import { palette } from "./en/palette.ts";
import { registration } from "./en/registration.ts";
import { site } from "./en/site.ts";
import { structure } from "./en/structure.ts";
import { team } from "./en/team.ts";
import { tour } from "./en/tour.ts";

export const en: Messages = {
  ...common,
  awards,
  budget,
  call,
  deadlines,
  desk,
  developers,
  figures,
  home,
  palette,
  registration,
  site,
  structure,
  team,
  tour,
};
