import type { NavigateOptions } from "@tanstack/react-router";
import type { I18n } from "#i18n/context.tsx";
import { pathIn } from "#i18n/locale.ts";
import { switchTheme } from "#ui/theme.ts";

/** Something that the palette does: it goes to a page, or acts at once. `also` are words that find it. */
export type Act = {
  id: string;
  label: string;
  also?: string;
  /** Whether it changes something here, rather than leading elsewhere. */
  acts?: boolean;
} & ({ to: Pick<NavigateOptions, "to" | "hash"> } | { run: () => void });

function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** All that the palette can do, in the order in which it is shown to who has typed nothing. */
function everyAct({ locale, t }: I18n, pathname: string, showKeys: () => void): readonly Act[] {
  const { shell, palette } = t;
  const other = locale === "fr" ? "en" : "fr";
  return [
    { id: "calls", label: shell.calls, to: { to: "/appels" } },
    {
      id: "deadlines",
      label: shell.deadlines,
      also: palette.also.deadlines,
      to: { to: "/calendrier" },
    },
    { id: "awards", label: shell.awards, to: { to: "/laureats" } },
    { id: "tour", label: shell.tour, also: palette.also.tour, to: { to: "/tour" } },
    { id: "budgets", label: shell.budgets, to: { to: "/budgets" } },
    { id: "home", label: palette.home, to: { to: "/" } },
    { id: "structure", label: palette.structure, to: { to: "/", hash: "ma-structure" } },
    {
      id: "lost",
      label: palette.lost,
      also: palette.also.lost,
      to: { to: "/contact", hash: "lien-perdu" },
    },
    { id: "theme", label: palette.theme, also: palette.also.theme, acts: true, run: switchTheme },
    {
      id: "language",
      label: shell.otherLanguage.label,
      also: palette.also.language,
      acts: true,
      run: () => location.assign(pathIn(other, pathname) + location.search),
    },
    { id: "keys", label: palette.keys.title, also: "?", acts: true, run: showKeys },
    {
      id: "developers",
      label: shell.developers,
      also: "API, JSON, OpenAPI",
      to: { to: "/developpeurs" },
    },
    {
      id: "privacy",
      label: shell.privacy,
      also: palette.also.privacy,
      to: { to: "/confidentialite" },
    },
    {
      id: "accessibility",
      label: shell.accessibility,
      also: "RGAA, WCAG",
      to: { to: "/accessibilite" },
    },
    { id: "legal", label: shell.legal, to: { to: "/mentions-legales" } },
    { id: "contact", label: shell.contact, to: { to: "/contact" } },
    { id: "team", label: shell.team, also: palette.also.team, to: { to: "/gestion" } },
  ];
}

/** What the palette can do that the words typed begin to say; everything while none are. */
export function actsFor(
  typed: string,
  i18n: I18n,
  pathname: string,
  showKeys: () => void,
): readonly Act[] {
  const wanted = fold(typed).split(/\s+/u).filter(Boolean);
  return everyAct(i18n, pathname, showKeys).filter(({ label, also = "" }) => {
    const said = fold(`${label} ${also}`).split(/[\s,’'-]+/u);
    return wanted.every((word) => said.some((one) => one.startsWith(word)));
  });
}
