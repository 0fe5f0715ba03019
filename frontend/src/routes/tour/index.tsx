import { createFileRoute, redirect } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Page } from "#ui/page.tsx";
import { EmptyState } from "#ui/states.tsx";

/** `/tour` is the newest edition; it stays here only while there is none. */
export const Route = createFileRoute("/tour/")({
  loader: async ({ context: { queryClient, learn } }) => {
    const { items } = await queryClient.ensureQueryData($api.queryOptions("get", "/api/v1/tours"));
    const newest = items.toSorted((one, other) => other.edition - one.edition).at(0);
    if (newest !== undefined) {
      throw redirect({ to: "/tour/$edition", params: { edition: newest.slug }, replace: true });
    }
    await learn("tour");
  },
  component: NoTour,
});

function NoTour() {
  const { t } = useI18n();
  return (
    <Page title={t.tour.title} narrow>
      <EmptyState as="h1" title={t.tour.none.title}>
        {t.tour.none.detail}
      </EmptyState>
    </Page>
  );
}
