import { keepPreviousData } from "@tanstack/react-query";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { Pill, type Tone } from "#ui/pill.tsx";
import { Section } from "#ui/page.tsx";
import { AnswersForm } from "./answers-form.tsx";
import css from "./call-eligibility.module.css";
import { SourceRef } from "./sources.tsx";
import { type Answers, questionOf } from "./structure.ts";

type Judged = {
  call: Schema<"CallRead">;
  answers: Answers;
  onAnswers: (answers: Answers) => void;
};

const PLACE = "et-ma-structure";

const TONES: Readonly<Record<Schema<"Verdict">, Tone>> = {
  eligible: "open",
  not_eligible: "alarm",
  depends: "soon",
  not_stated: "closed",
};

/** What the service answers about these answers; while the next one comes, the last one stays. */
function useEligibility({ call: { slug }, answers }: Pick<Judged, "call" | "answers">) {
  return $api.useQuery(
    "post",
    "/api/v1/calls/{slug}/eligibility",
    { params: { path: { slug } }, body: questionOf(answers) },
    { placeholderData: keepPreviousData },
  );
}

/** In one line, above the fold: whether the structure that was told may answer, and the first thing that would change it. */
export function EligibilityLine({ call, answers }: Pick<Judged, "call" | "answers">) {
  const { t } = useI18n();
  const words = t.structure;
  const { data } = useEligibility({ call, answers });
  const isTold = Object.keys(answers).length > 0;
  return (
    <p className="row small">
      <b>{words.ask}</b>
      {data !== undefined && (isTold || data.verdict === "not_stated") && <Answer of={data} />}
      <a href={`#${PLACE}`}>{isTold || data?.verdict === "not_stated" ? words.why : words.tell}</a>
    </p>
  );
}

/** The answer in a word, and the first thing that would change it. */
function Answer({ of: { verdict, changes } }: { of: Schema<"EligibilityAnswer"> }) {
  const { t } = useI18n();
  const words = t.structure;
  const [first, ...others] = changes;
  return (
    <>
      <Pill tone={TONES[verdict]}>{words.verdict[verdict]}</Pill>
      {first !== undefined && (
        <span>
          <Text of={first} /> {others.length > 0 && words.others(others.length)}
        </span>
      )}
    </>
  );
}

/** Who may answer a call, criterion by criterion, and a short form that puts each of them to one's own structure. */
export function CallEligibility({ call, answers, onAnswers }: Judged) {
  const { t } = useI18n();
  const words = t.structure;
  const { data, error } = useEligibility({ call, answers });
  const stated = data?.criteria.filter(({ outcome }) => outcome !== "not_stated") ?? [];
  const silent = data?.criteria.filter(({ outcome }) => outcome === "not_stated") ?? [];
  return (
    <div id={PLACE} tabIndex={-1}>
      <Section title={words.title}>
        {call.criteria.length === 0 ? (
          <p>{words.nothing}</p>
        ) : (
          <>
            {/* Before the form: on a phone its end is far below. */}
            <p role="status" className="row">
              {data !== undefined && <Answer of={data} />}
            </p>
            <p className="soft small">{words.kept}</p>
            <AnswersForm
              topics={new Set(call.criteria.map(({ about }) => about))}
              answers={answers}
              onChange={onAnswers}
              error={error}
            />
            <ul className={css.criteria}>
              {stated.map((criterion) => (
                <Criterion key={criterion.text?.fr} criterion={criterion} />
              ))}
            </ul>
          </>
        )}
        {silent.length > 0 && (
          <p className="soft small">
            {words.silent}{" "}
            {silent
              .map(({ about }) => words.about[about])
              .join(", ")
              .toLowerCase()}
            .
          </p>
        )}
      </Section>
    </div>
  );
}

function Criterion({ criterion }: { criterion: Schema<"CriterionAnswer"> }) {
  const { t } = useI18n();
  const words = t.structure;
  const { about, outcome, text, source, change } = criterion;
  return (
    <li data-outcome={outcome}>
      <p className="soft small">
        {words.about[about]} · <b>{words.outcome[outcome]}</b>
      </p>
      {text !== null && (
        <p>
          <Text of={text} /> {source !== null && <SourceRef slug={source} />}
        </p>
      )}
      {change !== null && (
        <p className="small">
          <Text of={change} />
        </p>
      )}
    </li>
  );
}
