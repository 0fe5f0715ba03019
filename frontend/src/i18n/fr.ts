import { codes, qualified } from "./fr/codes.ts";
import { dates } from "./fr/dates.ts";
import { errors } from "./fr/errors.ts";
import { figures } from "./fr/figures.ts";
import { funding } from "./fr/funding.ts";
import { home } from "./fr/home.ts";
import { shell } from "./fr/shell.ts";
import { tour } from "./fr/tour.ts";
import { ui } from "./fr/ui.ts";

/** The French catalogue, complete. Its shape is the type that every other language must fill. */
export const fr = { codes, dates, errors, figures, funding, home, qualified, shell, tour, ui };
