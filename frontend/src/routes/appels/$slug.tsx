import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { useTypedWords } from "#find/typed-words.ts";
import { CallPage } from "#funding/call-page.tsx";

function callOptions(slug: string) {
  return $api.queryOptions("get", "/api/v1/calls/{slug}", { params: { path: { slug } } });
}

export const Route = createFileRoute("/appels/$slug")({
  /** The words that its questions are narrowed by. */
  validateSearch: ({ faq }): { faq?: string } => (typeof faq === "string" && faq ? { faq } : {}),
  loader: ({ context: { queryClient, learn }, params: { slug } }) =>
    Promise.all([
      learn("call", "deadlines"),
      queryClient.ensureQueryData(callOptions(slug)),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/themes")),
      queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/regions")),
    ]),
  component: Call,
});

function Call() {
  const { slug } = Route.useParams();
  const { data: call } = $api.useSuspenseQuery("get", "/api/v1/calls/{slug}", {
    params: { path: { slug } },
  });
  const { faq = "" } = Route.useSearch();
  const navigate = useNavigate({ from: "/appels/$slug" });
  const typing = useTypedWords(faq, (words) => {
    void navigate({ search: { faq: words }, replace: true, resetScroll: false });
  });
  return <CallPage key={slug} call={call} asking={{ words: faq.trim(), ...typing }} />;
}
