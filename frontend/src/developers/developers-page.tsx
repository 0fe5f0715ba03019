import { Link } from "@tanstack/react-router";
import { useI18n } from "#i18n/context.tsx";
import { Page, Section } from "#ui/page.tsx";
import { SearchBox } from "#ui/search-box.tsx";
import { EmptyState } from "#ui/states.tsx";
import { CodeBlock } from "./code-block.tsx";
import { type Contract, operationsOf } from "./contract.ts";
import css from "./developers.module.css";
import { OperationLine } from "./operation-line.tsx";
import { Line, Prose } from "./prose.tsx";
import { operationsWith } from "./searching.ts";

const FIRST = "/api/v1/calls?q=donnees+de+sante&edition=real&limit=1";

/** How to begin, and every operation by its subject; `words` narrow them. */
export function DevelopersPage({
  contract,
  words,
  onSearch,
}: {
  contract: Contract;
  words: string;
  onSearch: (words: string) => void;
}) {
  const { t } = useI18n();
  const { title, lead, begin, beginLabel, document, pick, all, none } = t.developers;
  const found = operationsWith(words, operationsOf(contract));
  const tags = contract.tags.filter(({ name }) => found.some(({ tag }) => tag === name));
  return (
    <Page title={title} narrow>
      <h1>{title}</h1>
      <p className="lead">{lead}</p>
      <Section title={begin}>
        <CodeBlock label={beginLabel} text={`curl '${location.origin}${FIRST}'`} />
        <div className="stack">
          <Prose of={contract.info.description} />
        </div>
        <p>
          {document}{" "}
          <a href="/api/v1/openapi.json">
            OpenAPI 3.1, <span className="num">{contract.info.version}</span>
          </a>
        </p>
        <p>
          <Link to="/developpeurs/cle">{t.developers.takeKey}</Link>
        </p>
      </Section>
      <Section title={all}>
        <SearchBox
          label={pick}
          placeholder={pick}
          value={words}
          onChange={onSearch}
          onSubmit={() => undefined}
        />
        <p role="status" className="soft small">
          {t.developers.count(found.length)}
        </p>
        {found.length === 0 && <EmptyState as="h3" title={none} />}
        {tags.map(({ name, description }) => (
          <section key={name} className="stack" aria-labelledby={`tag-${name}`}>
            <div>
              <h3 id={`tag-${name}`} lang="en" className={css.tag}>
                {name}
              </h3>
              <p className="soft" lang="en">
                <Line of={description} />
              </p>
            </div>
            <ul className={css.operations}>
              {found
                .filter(({ tag }) => tag === name)
                .map((operation) => (
                  <OperationLine key={operation.id} operation={operation} />
                ))}
            </ul>
          </section>
        ))}
      </Section>
    </Page>
  );
}
