import { createFileRoute } from "@tanstack/react-router";
import { DoorPage } from "#identity/door-page.tsx";
import { doors, word } from "./-doors.ts";

/** `lien` is the mailed link's secret, `refus` why the identity provider's way back let nobody in. */
export const Route = createFileRoute("/gestion/connexion")({
  validateSearch: ({
    lien,
    refus,
  }: Record<string, unknown>): { lien?: string | undefined; refus?: string | undefined } => ({
    lien: word(lien),
    refus: word(refus),
  }),
  loader: async ({ context }) => (await doors()).comeToDoor(context),
  component: Door,
});

function Door() {
  const { lien, refus } = Route.useSearch();
  return <DoorPage token={lien ?? null} refused={refus ?? null} me={Route.useLoaderData()} />;
}
