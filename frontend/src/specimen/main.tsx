/** The specimen sheets of the design system, at `/ui` while developing; the build does not know them. Their data are illustrations. */
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import type { ComponentType } from "react";
import { createRoot } from "react-dom/client";
import { I18nProvider } from "#i18n/context.tsx";
import { loadMessages } from "#i18n/load.ts";
import { Shell } from "#ui/shell.tsx";
import { ThemeToggle } from "#ui/theme-toggle.tsx";
import { CallSheet } from "./call-sheet.tsx";
import { CallsSheet } from "./calls-sheet.tsx";
import { FormsSheet } from "./forms-sheet.tsx";
import { PartsSheet } from "./parts-sheet.tsx";
import { StopSheet } from "./stop-sheet.tsx";
import { TourSheet } from "./tour-sheet.tsx";
import "#ui/tokens.css";
import "#ui/base.css";
import "#ui/shared.css";
import "#ui/print.css";

const SHEETS: Record<string, ComponentType> = {
  parts: PartsSheet,
  forms: FormsSheet,
  calls: CallsSheet,
  call: CallSheet,
  stop: StopSheet,
  tour: TourSheet,
};

const asked = new URLSearchParams(location.search);
const name = asked.get("sheet") ?? "parts";
const locale = asked.get("lang") === "en" ? "en" : "fr";
const Sheet = SHEETS[name] ?? PartsSheet;
document.documentElement.lang = locale;

function Frame() {
  const nav = Object.keys(SHEETS).map((sheet) => (
    <a key={sheet} href={`?sheet=${sheet}`} aria-current={sheet === name ? "page" : undefined}>
      {sheet}
    </a>
  ));
  return (
    <Shell pathname="/ui" nav={nav} tools={<ThemeToggle />}>
      <Sheet />
    </Shell>
  );
}

const router = createRouter({
  routeTree: createRootRoute({ component: Frame }),
  history: createMemoryHistory(),
});
const root = document.getElementById("root");
if (root === null) {
  throw new Error("The page has no #root to draw in");
}
const { messages } = await loadMessages(locale);
createRoot(root).render(
  <I18nProvider locale={locale} messages={messages} now={new Date("2026-11-23T08:00:00Z")}>
    <RouterProvider router={router} />
  </I18nProvider>,
);
