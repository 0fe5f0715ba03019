import { createFileRoute } from "@tanstack/react-router";
import { StopDeskPage } from "#identity/stop-desk-page.tsx";
import { shownIn } from "#identity/stop-people.tsx";
import { enter, word } from "../-doors.ts";

export const Route = createFileRoute("/gestion/etapes/$slug")({
  validateSearch: ({ statut }: Record<string, unknown>): { statut?: string | undefined } => ({
    statut: word(statut),
  }),
  loader: async ({ context }) => {
    await Promise.all([enter({ context }), context.learn("desk", "registration")]);
  },
  component: Desk,
});

function Desk() {
  return <StopDeskPage slug={Route.useParams().slug} shown={shownIn(Route.useSearch().statut)} />;
}
