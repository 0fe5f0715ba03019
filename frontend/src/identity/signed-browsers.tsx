import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { Pill } from "#ui/pill.tsx";
import { ErrorState } from "#ui/states.tsx";
import { At } from "./at.tsx";
import { browserName } from "./browsers.ts";
import { useAct } from "./grave.tsx";
import { PAGING } from "#api/paging.ts";
import { Listed } from "./listed.tsx";
import { Row, Rows } from "./row.tsx";

/** The browsers in which one is signed in; any other can be signed out from here. */
export function Browsers() {
  const { t } = useI18n();
  const list = $api.useInfiniteQuery("get", "/api/v1/me/sessions", {}, PAGING);
  return (
    <Listed list={list} empty={null}>
      {(items) => (
        <Rows label={t.team.access.browsers}>
          {items.map((signed) => (
            <Signed key={signed.id} signed={signed} />
          ))}
        </Rows>
      )}
    </Listed>
  );
}

function Signed({
  signed: { id, browser, is_current: isHere, created_at: since, seen_at: seen },
}: {
  signed: Schema<"BrowserRead">;
}) {
  const { t } = useI18n();
  const words = t.team.access;
  const end = useAct($api.useMutation("delete", "/api/v1/me/sessions/{session_id}"));
  const name = browserName(browser) ?? words.unknownBrowser;
  return (
    <Row
      title={name}
      detail={
        <>
          {words.since} <At at={since} /> · {words.seen} <At at={seen} />
        </>
      }
    >
      {isHere ? (
        <Pill tone="open">{words.here}</Pill>
      ) : (
        <Button
          look="plain"
          aria-label={words.endOne(name)}
          busy={end.isPending}
          onClick={() => end.mutate({ params: { path: { session_id: id } } })}
        >
          {words.end}
        </Button>
      )}
      {end.error !== null && <ErrorState as="h3" error={end.error} />}
    </Row>
  );
}
