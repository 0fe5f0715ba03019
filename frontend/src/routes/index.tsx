import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import { Page } from "#ui/page.tsx";
import { SearchBox } from "#ui/search-box.tsx";

export const Route = createFileRoute("/")({ component: Home });

function Home() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const [q, setQ] = useState("");
  return (
    <Page title={t.shell.name}>
      <h1>{t.home.title}</h1>
      <p>{t.home.lead}</p>
      <SearchBox
        label={t.funding.searchLabel}
        placeholder={t.funding.searchHint}
        value={q}
        onChange={setQ}
        onSubmit={() => void navigate({ to: "/appels", search: { q } })}
      />
    </Page>
  );
}
