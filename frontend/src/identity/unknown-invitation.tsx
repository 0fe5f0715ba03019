import { asProblem } from "#api/problem.ts";
import { useI18n } from "#i18n/context.tsx";
import { LinkButton } from "#ui/button.tsx";
import { Page } from "#ui/page.tsx";
import { useProblemWords } from "#ui/problem-words.ts";
import { EmptyState } from "#ui/states.tsx";
import { Unlisted } from "#ui/unlisted.tsx";

/** Unknown, or not even the shape of a link. */
const NO_SUCH_LINK = new Set([404, 422]);

/** An invitation that lets nobody in, or not any more; other faults are the page's around. */
export function UnknownInvitation({ error }: { error: unknown }) {
  const { t } = useI18n();
  const words = t.team.entry.welcome;
  const { detail } = useProblemWords(asProblem(error));
  if (!NO_SUCH_LINK.has(asProblem(error).status)) {
    throw error;
  }
  return (
    <Page title={words.unknown} narrow>
      <Unlisted />
      <EmptyState
        as="h1"
        title={words.unknown}
        actions={
          <LinkButton to="/gestion/connexion" preload={false}>
            {words.toSignIn}
          </LinkButton>
        }
      >
        {detail}
      </EmptyState>
    </Page>
  );
}
