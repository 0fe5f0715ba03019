import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { useTypedWords } from "#find/typed-words.ts";
import { CallPage } from "#funding/call-page.tsx";
import {
  addressOf,
  type Answers,
  answersIn,
  keepStructure,
  keptStructure,
} from "#funding/structure.ts";

type CallAddress = { faq?: string; [answer: string]: unknown };

function callOptions(slug: string) {
  return $api.queryOptions("get", "/api/v1/calls/{slug}", { params: { path: { slug } } });
}

function budgetOptions(slug: string) {
  return $api.queryOptions("get", "/api/v1/calls/{slug}/budget", { params: { path: { slug } } });
}

export const Route = createFileRoute("/appels/$slug")({
  /** The words that its questions are narrowed by, and what one answers about one's structure, which the page reads. */
  validateSearch: ({ faq, ...answers }: Record<string, unknown>): CallAddress =>
    typeof faq === "string" && faq ? { ...answers, faq } : answers,
  loader: ({ context: { queryClient, learn }, params: { slug } }) =>
    Promise.all([
      learn("budget", "call", "deadlines", "figures", "structure"),
      queryClient.ensureQueryData(callOptions(slug)),
      queryClient.prefetchQuery(budgetOptions(slug)),
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
  const address = Route.useSearch();
  const { faq = "" } = address;
  const navigate = useNavigate({ from: "/appels/$slug" });
  const typing = useTypedWords(faq, (words) => {
    void navigate({ search: { ...address, faq: words }, replace: true, resetScroll: false });
  });
  const told = answersIn(address);
  const answers = Object.keys(told).length > 0 ? told : keptStructure();

  function answer(next: Answers) {
    keepStructure(next);
    void navigate({ search: { faq, ...addressOf(next) }, replace: true, resetScroll: false });
  }

  return (
    <CallPage
      key={slug}
      call={call}
      asking={{ words: faq.trim(), ...typing }}
      answers={answers}
      onAnswers={answer}
    />
  );
}
