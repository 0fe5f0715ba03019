import { $api } from "#api/client.ts";
import { PAGING } from "#api/paging.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { moneyText } from "#i18n/money.ts";
import { Text, useText } from "#i18n/text.tsx";
import { Button } from "#ui/button.tsx";
import { Cite } from "#ui/cite.tsx";
import { Money } from "#ui/money.tsx";
import { When } from "#ui/moment.tsx";
import { Section } from "#ui/page.tsx";
import { SourceLine } from "#ui/source-line.tsx";
import { ErrorState, Skeleton } from "#ui/states.tsx";
import css from "./budget.module.css";

/** Every entry that counts by a day, the latest first; what is reversed stays, struck out. */
export function BudgetLedger({ programme, asOf }: { programme: string; asOf: string }) {
  const words = useI18n().t.budget;
  const query = { programme, as_of: asOf, limit: 20 };
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    $api.useInfiniteQuery("get", "/api/v1/ledger", { params: { query } }, PAGING);
  const entries = data?.pages.flatMap(({ items }) => items);
  return (
    <Section title={words.ledger}>
      <p className="soft small">{words.ledgerLead}</p>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : entries === undefined ? (
        <Skeleton lines={4} />
      ) : entries.length === 0 ? (
        <p>{words.ledgerEmpty}</p>
      ) : (
        <ol className={css.entries}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button look="secondary" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </Section>
  );
}

function Entry({ entry }: { entry: Schema<"LedgerEntryRead"> }) {
  const i18n = useI18n();
  const say = useText();
  const words = i18n.t.budget;
  const { subject, kind, amount_cents: cents, effective, source, note, reverses } = entry;
  return (
    <li>
      <p>
        <span className="soft">
          <When moment={effective} />
          {" · "}
        </span>
        <b data-reversed={entry.reversed_by !== null}>
          {words.kinds[kind]} <Money cents={reverses === null ? cents : -cents} />
        </b>
        {reverses !== null && ` (${words.reverses})`}
        {entry.reversed_by !== null && ` (${words.reversed})`}
        {" · "}
        <Text of={subject.name} />
        {subject.wave !== null && `, ${words.wave(subject.wave)}`}
      </p>
      {note !== null && (
        <p className="small">
          <Text of={note} />
        </p>
      )}
      <p className="small">
        <SourceLine source={source} />{" "}
        <Cite
          words={`${words.kinds[kind]} ${moneyText(reverses === null ? cents : -cents, i18n)}`}
          scope={say(subject.name)}
          on={effective}
          source={source}
        />
      </p>
    </li>
  );
}
