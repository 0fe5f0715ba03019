import { createFileRoute } from "@tanstack/react-router";
import { KeyPage, type KeySearch } from "#developers/key-page.tsx";

export const Route = createFileRoute("/developpeurs/cle")({
  validateSearch: ({ lien, revocation }: Record<string, unknown>): KeySearch =>
    typeof lien === "string" ? { lien } : typeof revocation === "string" ? { revocation } : {},
  loader: ({ context: { learn } }) => learn("developers"),
  component: Key,
});

function Key() {
  return <KeyPage search={Route.useSearch()} />;
}
