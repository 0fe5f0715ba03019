import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import { Hero } from "#ui/hero.tsx";
import { Page } from "#ui/page.tsx";
import { SearchBox } from "#ui/search-box.tsx";

export const Route = createFileRoute("/")({ component: Home });

function Home() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const [q, setQ] = useState("");
  return (
    <Page title={t.shell.name}>
      <Hero title={t.home.title} lead={t.home.lead}>
        <SearchBox
          label={t.funding.searchLabel}
          placeholder={t.funding.searchHint}
          value={q}
          onChange={setQ}
          onSubmit={() => void navigate({ to: "/appels", search: q === "" ? {} : { q } })}
        />
      </Hero>
    </Page>
  );
}
