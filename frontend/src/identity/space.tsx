import { Link } from "@tanstack/react-router";
import { type ReactNode, Suspense } from "react";
import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Page } from "#ui/page.tsx";
import { Skeleton } from "#ui/states.tsx";
import { Unlisted } from "#ui/unlisted.tsx";
import { ProofProvider } from "./grave.tsx";
import { hasRole, ME } from "./me.ts";
import { useSignOut } from "./sign-out.ts";
import css from "./space.module.css";

/** A page of the team: where else one may go, the page, and the window of fresh proofs. */
export function Space({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: string;
  children: ReactNode;
}) {
  return (
    <ProofProvider>
      <Page title={title}>
        <Unlisted />
        <Places />
        <header className="stack">
          <h1>{title}</h1>
          {lead !== undefined && <p className="lead">{lead}</p>}
        </header>
        <Suspense fallback={<Skeleton lines={6} />}>{children}</Suspense>
      </Page>
    </ProofProvider>
  );
}

/** Nothing is fetched before a press: the list of the team and the journal note who looks at them. */
function Places() {
  const { t } = useI18n();
  const words = t.team;
  const { data: me } = $api.useSuspenseQuery("get", ME);
  const leave = useSignOut();
  return (
    <div className={css.places}>
      <nav className={css.nav} aria-label={words.navigation}>
        <Link to="/gestion" activeOptions={{ exact: true }} preload={false}>
          {words.nav.home}
        </Link>
        {me.member !== null && (
          <>
            <Link to="/gestion/acces" preload={false}>
              {words.nav.access}
            </Link>
            <Link to="/gestion/cles" preload={false}>
              {words.nav.keys}
            </Link>
          </>
        )}
        {hasRole(me, "coordinator") && (
          <>
            <Link to="/gestion/equipe" preload={false}>
              {words.nav.team}
            </Link>
            <Link to="/gestion/journal" preload={false}>
              {words.nav.journal}
            </Link>
          </>
        )}
      </nav>
      <Button look="plain" busy={leave.isPending} onClick={() => leave.mutate({})}>
        {words.signOut}
      </Button>
    </div>
  );
}
