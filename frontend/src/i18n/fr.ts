import { awards } from "./fr/awards.ts";
import { budget } from "./fr/budget.ts";
import { call } from "./fr/call.ts";
import { common } from "./fr/common.ts";
import { deadlines } from "./fr/deadlines.ts";
import { desk } from "./fr/desk.ts";
import { developers } from "./fr/developers.ts";
import { figures } from "./fr/figures.ts";
import { home } from "./fr/home.ts";
import { palette } from "./fr/palette.ts";
import { registration } from "./fr/registration.ts";
import { site } from "./fr/site.ts";
import { structure } from "./fr/structure.ts";
import { team } from "./fr/team.ts";
import { tour } from "./fr/tour.ts";

/** The French catalogue, complete. Its shape is the type that every other language must fill. */
export const fr = {
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
