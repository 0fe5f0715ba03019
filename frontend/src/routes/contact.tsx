import { createFileRoute } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { ContactPage } from "#site/contact-page.tsx";
import { LostLink } from "#tour/lost-link.tsx";

const SITE = "/api/v1/site";

export const Route = createFileRoute("/contact")({
  loader: ({ context: { queryClient, learn } }) =>
    Promise.all([
      learn("registration", "site"),
      queryClient.ensureQueryData($api.queryOptions("get", SITE)),
    ]),
  component: Contact,
});

function Contact() {
  return <ContactPage site={$api.useSuspenseQuery("get", SITE).data} lost={<LostLink />} />;
}
