import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  type ErrorComponentProps,
  Link,
  Outlet,
  useLocation,
  useRouter,
} from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import { asProblem } from "#api/problem.ts";
import { useI18n } from "#i18n/context.tsx";
import type { Speech } from "#i18n/load.ts";
import { LinkButton } from "#ui/button.tsx";
import { Page } from "#ui/page.tsx";
import { Shell } from "#ui/shell.tsx";
import { EmptyState, ErrorState } from "#ui/states.tsx";

const later = () => import("./-later.tsx");
const Announcer = lazy(async () => ({ default: (await later()).Announcer }));
const PageFoot = lazy(async () => ({ default: (await later()).PageFoot }));
const Tools = lazy(async () => ({ default: (await later()).Tools }));

export const Route = createRootRouteWithContext<{
  queryClient: QueryClient;
  learn: Speech["learn"];
}>()({
  component: () => (
    <Frame>
      <Outlet />
    </Frame>
  ),
  notFoundComponent: NotFound,
  errorComponent: Failure,
});

function Frame({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  const pathname = useLocation({ select: (location) => location.pathname });

  return (
    <Shell
      pathname={pathname}
      tools={
        <Suspense>
          <Tools pathname={pathname} />
        </Suspense>
      }
      nav={
        <>
          <Link to="/appels">{t.shell.calls}</Link>
          <Link to="/calendrier">{t.shell.deadlines}</Link>
          <Link to="/laureats">{t.shell.awards}</Link>
          <Link to="/tour">{t.shell.tour}</Link>
          <Link to="/budgets">{t.shell.budgets}</Link>
        </>
      }
    >
      {children}
      <Suspense>
        <PageFoot />
        <Announcer />
      </Suspense>
    </Shell>
  );
}

function NotFound() {
  const { t } = useI18n();
  const { title, detail, home, calls } = t.errors.notFound;
  return (
    <Page title={title} narrow>
      <EmptyState
        as="h1"
        title={title}
        actions={
          <>
            <LinkButton to="/">{home}</LinkButton>
            <LinkButton to="/appels" look="secondary">
              {calls}
            </LinkButton>
          </>
        }
      >
        {detail}
      </EmptyState>
    </Page>
  );
}

/** A page that could not be shown. What the API does not have is a page that does not exist. */
function Failure({ error, reset }: ErrorComponentProps) {
  const { t } = useI18n();
  const router = useRouter();
  if (asProblem(error).status === 404) {
    return <NotFound />;
  }
  return (
    <Page title={t.errors.unexpected.title} narrow>
      <ErrorState
        as="h1"
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </Page>
  );
}
