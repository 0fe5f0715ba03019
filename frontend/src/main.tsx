import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createQueryClient } from "#api/client.ts";
import { isProblem } from "#api/problem.ts";
import { I18nProvider } from "#i18n/context.tsx";
import { localeOf } from "#i18n/locale.ts";
import { loadMessages } from "#i18n/load.ts";
import { createAppRouter } from "./router.ts";
import "#ui/tokens.css";
import "#ui/base.css";
import "#ui/shared.css";
import "#ui/told.css";

const root = document.getElementById("root");
if (root === null) {
  throw new Error("The page has no #root to draw in");
}

const locale = localeOf(location.pathname);
document.documentElement.lang = locale;

const queryClient = createQueryClient();
const { messages, learn } = await loadMessages(locale);
// The server names the site as whoever runs it does.
messages.shell.name =
  document.querySelector<HTMLMetaElement>("[name=application-name]")?.content ??
  messages.shell.name;
const router = createAppRouter({ queryClient, locale, learn });
// Until there is something to draw, what the server says of the page stays.
await router.load();

createRoot(root, {
  onCaughtError: (error) => {
    if (!isProblem(error)) {
      reportError(error); // a refusal is shown on the page; what nobody foresaw is told here
    }
  },
}).render(
  <StrictMode>
    <I18nProvider locale={locale} messages={messages}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
);
