import { createFileRoute } from "@tanstack/react-router";
import { useI18n } from "#i18n/context.tsx";
import { Page } from "#ui/page.tsx";

export const Route = createFileRoute("/tour/")({ component: Tours });

function Tours() {
  const { t } = useI18n();
  return (
    <Page title={t.tour.title}>
      <h1>{t.tour.title}</h1>
    </Page>
  );
}
