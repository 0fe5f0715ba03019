/** Whole pages in jsdom, over the mocked API: for the tests of a journey. */
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { cleanup, configure, render } from "@testing-library/react";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { createQueryClient } from "#api/client.ts";
import { I18nProvider } from "#i18n/context.tsx";
import { fr } from "#i18n/fr.ts";
import { createAppRouter } from "../router.ts";
import { createHandlers } from "./handlers.ts";

/** A page's code and its data are fetched before it shows. */
export const LONG = { timeout: 5_000 };

const now = new Date("2026-11-23T08:00:00Z");

function show(this: HTMLDialogElement) {
  this.open = true;
}

function close(this: HTMLDialogElement) {
  this.open = false;
}

/** Answers each test of the file from fresh mocks. A request that no handler answers fails its test. */
export function serveMocks(): void {
  const server = setupServer();
  const unanswered: string[] = [];

  // Whether each element is visible is not asked of jsdom, which takes seconds to answer on a whole page.
  configure({ defaultHidden: true });
  vi.setConfig({ testTimeout: 20_000 });

  beforeAll(() => {
    server.listen({ onUnhandledRequest: ({ url }) => void unanswered.push(url) });
    // What jsdom does not have: a viewport, and windows above the page.
    vi.stubGlobal("scrollTo", () => undefined);
    Element.prototype.scrollIntoView = () => undefined;
    vi.stubGlobal("matchMedia", () => Object.assign(new EventTarget(), { matches: false }));
    HTMLDialogElement.prototype.showModal = show;
    HTMLDialogElement.prototype.close = close;
  });
  beforeEach(() => server.resetHandlers(...createHandlers(now)));
  afterEach(() => {
    cleanup();
    expect(unanswered.splice(0)).toEqual([]);
  });
  afterAll(() => server.close());
}

/** These tests have the whole catalogue. */
const learn = () => Promise.resolve();

/** Draws the page of an address, in French. */
export function open(path: string): void {
  history.replaceState(null, "", path);
  const queryClient = createQueryClient();
  render(
    <I18nProvider locale="fr" messages={fr} now={now}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={createAppRouter({ queryClient, locale: "fr", learn })} />
      </QueryClientProvider>
    </I18nProvider>,
  );
}
