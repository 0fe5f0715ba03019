import { Link } from "@tanstack/react-router";
import { useI18n } from "#i18n/context.tsx";
import { LinkButton } from "#ui/button.tsx";
import { Page, Section } from "#ui/page.tsx";
import { EmptyState } from "#ui/states.tsx";
import { CodeBlock } from "./code-block.tsx";
import type { Answer, Contract, Example, Operation, Parameter } from "./contract.ts";
import css from "./developers.module.css";
import { Address } from "./operation-line.tsx";
import { Policy } from "./policy.tsx";
import { Line, Prose } from "./prose.tsx";
import { curlOf, written } from "./request.ts";
import { ShapeFields, Value } from "./shape.tsx";

/** One operation, whole: how to call it, who may, what it takes, what it answers, how it refuses. */
export function OperationPage({
  contract,
  operation,
}: {
  contract: Contract;
  operation: Operation;
}) {
  const { t } = useI18n();
  const words = t.developers;
  const { summary, method, path, description, parameters, body, answers, refusals } = operation;
  return (
    <Page title={`${summary} · ${words.title}`} narrow>
      <nav aria-label={words.back}>
        <Link to="/developpeurs">← {words.back}</Link>
      </nav>
      <div className="stack">
        <h1 lang="en">{summary}</h1>
        <Address method={method} path={path} />
        <Prose of={description} />
      </div>
      <CodeBlock label={words.call} text={curlOf(operation, location.origin)} />
      <Section title={words.who}>
        <Policy allowed={operation.allowed} />
      </Section>
      {parameters.length > 0 && (
        <Section title={words.parameters}>
          <Parameters parameters={parameters} />
        </Section>
      )}
      {body?.shape && (
        <Section title={words.body}>
          <ShapeFields contract={contract} shape={body.shape} asked />
          <Examples examples={body.examples} />
        </Section>
      )}
      <Section title={words.answers}>
        {answers.map((answer) => (
          <AnswerPart key={answer.status} contract={contract} answer={answer} />
        ))}
      </Section>
      <Section title={words.refusals}>
        <p>{words.refusalsLead}</p>
        <Refusals refusals={refusals} />
      </Section>
    </Page>
  );
}

/** An address that names no operation: of another version, or mistyped. */
export function UnknownOperation() {
  const { t } = useI18n();
  const { unknown, back } = t.developers;
  return (
    <Page title={unknown} narrow>
      <EmptyState
        as="h1"
        title={unknown}
        actions={<LinkButton to="/developpeurs">{back}</LinkButton>}
      />
    </Page>
  );
}

function Parameters({ parameters }: { parameters: readonly Parameter[] }) {
  const { t } = useI18n();
  const words = t.developers;
  return (
    <dl className={css.fields}>
      {parameters.map(({ name, in: place, required, schema, description, example }) => (
        <div key={`${place} ${name}`}>
          <dt>
            <code>{name}</code>{" "}
            <span className="small soft">
              {words.places[place] ?? place}
              {required === true && `, ${words.required}`}
            </span>
          </dt>
          <dd>
            <Value shape={schema} description={description} />
            {example !== undefined && (
              <p className="small">
                {words.example} <code>{written(example)}</code>
              </p>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Examples({ examples }: { examples: readonly Example[] }) {
  const { t } = useI18n();
  return examples.map((example) => (
    <details key={written(example.value)} className={css.folded}>
      <summary>{t.developers.seeExample}</summary>
      <CodeBlock label={t.developers.example} text={written(example.value)} />
    </details>
  ));
}

function AnswerPart({
  contract,
  answer: { status, description, mediaType, shape, examples, links },
}: {
  contract: Contract;
  answer: Answer;
}) {
  const { t } = useI18n();
  return (
    <section className="stack" aria-labelledby={`answer-${status}`}>
      <h3 id={`answer-${status}`}>
        <span className="num">{status}</span>{" "}
        {mediaType !== undefined && <code className="small soft">{mediaType}</code>}
      </h3>
      <p lang="en">
        <Line of={description} />
      </p>
      {shape !== undefined && <ShapeFields contract={contract} shape={shape} />}
      <Examples examples={examples} />
      {links.length > 0 && (
        <div>
          <p>{t.developers.leadsTo}</p>
          <ul className={css.list}>
            {links.map((link) => (
              <li key={`${link.operationId} ${link.description}`}>
                <Link
                  to="/developpeurs/$operation"
                  params={{ operation: link.operationId }}
                  translate="no"
                >
                  {link.operationId}
                </Link>{" "}
                <span lang="en">
                  <Line of={link.description} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Refusals({ refusals }: { refusals: Operation["refusals"] }) {
  return (
    <dl className={css.fields}>
      {refusals.map(({ code, problem: { status, title, detail } }) => (
        <div key={code}>
          <dt>
            <span className="num">{status}</span> <code>{code}</code>
          </dt>
          <dd lang="fr">
            <p>
              <b>{title}</b>
              {detail !== title && (
                <>
                  <br />
                  {detail}
                </>
              )}
            </p>
          </dd>
        </div>
      ))}
    </dl>
  );
}
