import { keepPreviousData } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { When } from "#ui/moment.tsx";
import { Section } from "#ui/page.tsx";
import { Pill } from "#ui/pill.tsx";
import { SearchBox } from "#ui/search-box.tsx";
import css from "./call-questions.module.css";
import { SourceRef } from "./sources.tsx";

type Answer = Omit<Schema<"QuestionRead">, "slug" | "question" | "earlier" | "valid">;

/** Past so many questions, one searches in them. */
const MANY = 5;
const MOST = 100;

/** The words that questions are narrowed by, as they are typed and as the address tells them. */
export type Asking = {
  words: string;
  typed: string;
  type: (words: string) => void;
  submit: () => void;
};

/** What was asked about a call, each question folded over its answers; `asking` narrows many of them. */
export function CallQuestions({
  call: { slug, questions },
  asking: { words, typed, type, submit },
}: {
  call: Schema<"CallRead">;
  asking: Asking;
}) {
  const { t } = useI18n();
  const { data } = $api.useQuery(
    "get",
    "/api/v1/calls/{slug}/faq",
    { params: { path: { slug }, query: { q: words, limit: MOST } } },
    { enabled: words !== "", placeholderData: keepPreviousData },
  );
  const shown = words === "" || data === undefined ? questions : data.items;
  return (
    questions.length > 0 && (
      <Section title={t.call.questions.title}>
        {questions.length > MANY && (
          <>
            <SearchBox
              label={t.call.questions.search}
              placeholder={t.call.questions.search}
              value={typed}
              onChange={type}
              onSubmit={submit}
            />
            <p className="soft small" role="status">
              {t.call.questions.count(shown.length)}
            </p>
          </>
        )}
        {shown.length === 0 && <p>{t.call.questions.none}</p>}
        <div className={css.questions}>
          {shown.map((asked) => (
            <Question key={asked.slug} asked={asked} slug={slug} />
          ))}
        </div>
      </Section>
    )
  );
}

/** One question, open where the address names it. */
function Question({ asked, slug }: { asked: Schema<"QuestionRead">; slug: string }) {
  const { t } = useI18n();
  const id = `question-${asked.slug}`;
  const isNamed = useLocation({ select: ({ hash }) => hash === id });
  return (
    <details id={id} open={isNamed} className="unfolded">
      <summary>
        <Text of={asked.question} />
        {!asked.valid && (
          <>
            {" "}
            <Pill tone="closed">{t.call.questions.withdrawn}</Pill>
          </>
        )}
      </summary>
      <div className="stack">
        <AnswerText answer={asked} isOver={!asked.valid} />
        {asked.earlier.length > 0 && (
          <details>
            <summary>{t.call.questions.earlier(asked.earlier.length)}</summary>
            {asked.earlier.map((answer) => (
              <AnswerText key={`${answer.until.on} ${answer.answer.fr}`} answer={answer} isOver />
            ))}
          </details>
        )}
        <p className="small">
          <Link to="/appels/$slug" params={{ slug }} hash={id}>
            {t.call.questions.link}
          </Link>
        </p>
      </div>
    </details>
  );
}

/** What was answered, when, by which rules; one that is over says so in words before it is struck out. */
function AnswerText({ answer: told, isOver }: { answer: Answer; isOver: boolean }): ReactNode {
  const { t } = useI18n();
  const words = t.call.questions;
  const { answer, answered, rulebook, source, until, reason } = told;
  const end = until !== null && (
    <p className="small">
      <b>
        {isOver ? words.ended : words.ends} <When moment={until} length="long" />.
      </b>{" "}
      {reason !== null && <Text of={reason} />}
    </p>
  );
  return (
    <div className={css.answer}>
      {isOver && end}
      <p>
        {isOver ? (
          <s className="soft">
            <Text of={answer} />
          </s>
        ) : (
          <Text of={answer} />
        )}
      </p>
      {(answered !== null || rulebook !== null || source !== null) && (
        <p className="soft small">
          {answered !== null && (
            <>
              {words.answered} <When moment={answered} />
            </>
          )}
          {rulebook !== null && (
            <>
              {answered !== null && ", "}
              {words.rulebook} <Text of={rulebook} />
            </>
          )}
          {source !== null && (
            <>
              {" "}
              <SourceRef slug={source} />
            </>
          )}
        </p>
      )}
      {!isOver && end}
    </div>
  );
}
