import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useI18n } from "#i18n/context.tsx";
import { Button, LinkButton } from "#ui/button.tsx";
import { EmptyState, ErrorState, Skeleton } from "#ui/states.tsx";
import { isSignedOut } from "./me.ts";

type Page<Item> = { items: readonly Item[]; total: number; next: string | null };

/** A list as far as it was asked for, and the way to more; or why there is none. */
export function Listed<Item>({
  list: { data, error, isFetchingNextPage, hasNextPage, fetchNextPage, refetch },
  empty,
  children,
}: {
  list: UseInfiniteQueryResult<InfiniteData<Page<Item>>, unknown>;
  empty: ReactNode;
  children: (items: Item[], total: number) => ReactNode;
}) {
  const { t } = useI18n();
  if (data === undefined) {
    return error === null ? (
      <Skeleton lines={4} />
    ) : (
      <Trouble error={error} onRetry={() => void refetch()} />
    );
  }
  const items = data.pages.flatMap((page) => page.items);
  return (
    <>
      {items.length === 0 ? empty : children(items, data.pages[0]?.total ?? items.length)}
      {error !== null && <Trouble error={error} onRetry={() => void fetchNextPage()} />}
      {hasNextPage && error === null && (
        <p>
          <Button look="secondary" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t.team.more}
          </Button>
        </p>
      )}
    </>
  );
}

/** Why there is nothing to show; whoever was signed out is shown the door. */
function Trouble({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useI18n();
  const { title, detail, again } = t.team.signedOut;
  return isSignedOut(error) ? (
    <EmptyState
      title={title}
      actions={
        <LinkButton to="/gestion/connexion" preload={false}>
          {again}
        </LinkButton>
      }
    >
      {detail}
    </EmptyState>
  ) : (
    <ErrorState error={error} onRetry={onRetry} />
  );
}
