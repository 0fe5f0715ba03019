import { createFileRoute } from "@tanstack/react-router";
import { EnrolPage } from "#identity/enrol-page.tsx";
import { WelcomePage } from "#identity/welcome-page.tsx";
import { doors, word } from "./-doors.ts";

/** `lien` is an invitation's secret; once it is taken, this is where a second factor is enrolled. */
export const Route = createFileRoute("/gestion/bienvenue")({
  validateSearch: ({ lien }: Record<string, unknown>): { lien?: string | undefined } => ({
    lien: word(lien),
  }),
  loader: async ({ context, location: { search } }) =>
    (await doors()).comeInvited(context, "lien" in search && search.lien !== undefined),
  component: Welcome,
});

function Welcome() {
  const { lien } = Route.useSearch();
  return lien === undefined ? <EnrolPage /> : <WelcomePage token={lien} />;
}
