import { Link } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Notice } from "#ui/notice.tsx";
import css from "./found-besides.module.css";
import { FoundNotices } from "./found-notices.tsx";
import type { CallSearch } from "./search.ts";

const SHOWN = 5;

/** What typed words find besides calls: how they were read, and questions that have them. */
export function FoundBesides({
  page,
  search,
  q,
}: {
  page: Schema<"CallPage">;
  search: CallSearch;
  q: string;
}) {
  return (
    <>
      <FoundNotices page={page} search={search} />
      <FoundQuestions q={q} />
    </>
  );
}

function FoundQuestions({ q }: { q: string }) {
  const { t } = useI18n();
  const { data } = $api.useQuery("get", "/api/v1/search", {
    params: { query: { q, limit: SHOWN } },
  });
  const found = data?.questions.items ?? [];
  return (
    found.length > 0 && (
      <Notice tone="info">
        <details>
          <summary>{t.call.questions.found(found.length)}</summary>
          <ul className={css.list}>
            {found.map(({ call, slug, question }) => (
              <li key={`${call.slug} ${slug}`}>
                <Link to="/appels/$slug" params={{ slug: call.slug }} hash={`question-${slug}`}>
                  <Text of={question} />
                </Link>{" "}
                <span className="soft small">
                  <Text of={call.name} />
                  {call.fictitious && ` · ${t.funding.fictitious}`}
                </span>
              </li>
            ))}
          </ul>
        </details>
      </Notice>
    )
  );
}
