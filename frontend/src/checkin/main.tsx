/** The document of the door (`/pointage`), which works without a network, and of the links to join a session (`/rejoindre`). */
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "#api/client.ts";
import { I18nProvider } from "#i18n/context.tsx";
import { loadMessages } from "#i18n/load.ts";
import { localeOf } from "#i18n/locale.ts";
import { DoorPage } from "./door-page.tsx";
import { Entered } from "./entered.tsx";
import { installed, passInAddress } from "./entering.ts";
import { JoinPage } from "./join-page.tsx";
import { type Place, placeOf } from "./place.ts";
import { StopsPage } from "./stops-page.tsx";
import { WordsProvider } from "./words.ts";
import "#ui/tokens.css";
import "#ui/base.css";
import "#ui/shared.css";

function Page({ place: at, pass }: { place: Place; pass: string | null }) {
  switch (at.page) {
    case "door":
      return (
        <Entered token={pass}>
          <DoorPage stop={at.stop} />
        </Entered>
      );
    case "stops":
      return <StopsPage />;
    case "join":
      return <JoinPage session={at.session} proof={at.proof} />;
  }
}

/** What this file loads leans on it in turn: nothing is awaited before it is whole. */
async function start(root: HTMLElement): Promise<void> {
  const locale = localeOf(location.pathname);
  document.documentElement.lang = locale;
  const place = placeOf(location.pathname);
  const pass = passInAddress();
  const [{ messages }, { checkin }] = await Promise.all([
    loadMessages(locale),
    locale === "en" ? import("#i18n/en/checkin.ts") : import("#i18n/fr/checkin.ts"),
  ]);
  if (place.page !== "join") {
    installed(locale);
  }
  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale={locale} messages={messages}>
        <WordsProvider value={checkin}>
          <QueryClientProvider client={createQueryClient()}>
            <Page place={place} pass={pass} />
          </QueryClientProvider>
        </WordsProvider>
      </I18nProvider>
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root === null) {
  throw new Error("The page has no #root to draw in");
}
void start(root);
