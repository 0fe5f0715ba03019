import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { MarkList } from "#ui/mark-list.tsx";
import { SourceLine } from "#ui/source-line.tsx";
import css from "./sources.module.css";

type Source = Schema<"SourceRead">;

/** Every source of a call, each once: those of its sentences first, then those of its dates, funders, figures and states. */
function sourcesOf(call: Schema<"CallRead">): Source[] {
  const ofWaves = call.waves.flatMap(({ figures }) => figures);
  const sets = [...(call.budget === null ? [] : [call.budget]), ...call.figures, ...ofWaves];
  const all = [
    ...call.sources,
    ...call.waves.flatMap(({ source, sources }) => [source, ...sources]),
    ...call.funders.map(({ source }) => source),
    ...sets.flatMap(({ headline, others }) => [headline, ...others].map(({ source }) => source)),
    ...call.observations.map(({ source }) => source),
  ].filter((source) => source !== null);
  return [...new Map(all.map((source) => [source.slug, source])).values()];
}

const SourcesContext = createContext<readonly Source[]>([]);

/** Numbers the sources of a page, so that a sentence can name its own in two characters. */
export function Sources({ call, children }: { call: Schema<"CallRead">; children: ReactNode }) {
  const sources = useMemo(() => sourcesOf(call), [call]);
  return <SourcesContext value={sources}>{children}</SourcesContext>;
}

/** The number of a source, which leads to its line. */
export function SourceRef({ slug }: { slug: string }) {
  const { t } = useI18n();
  const sources = useContext(SourcesContext);
  const at = sources.findIndex((source) => source.slug === slug);
  const source = sources[at];
  return (
    source !== undefined && (
      <a
        href={`#source-${slug}`}
        className={css.ref}
        aria-label={t.call.cited(at + 1, source.title)}
        title={source.title}
        lang={source.language}
      >
        {at + 1}
      </a>
    )
  );
}

/** Sentences with the source of each; where all have the same, it is said once, under them. */
export function Statements({
  mark,
  of: statements,
}: {
  mark?: "yes" | "no";
  of: readonly Schema<"Statement">[];
}) {
  const { t } = useI18n();
  const slugs = new Set(statements.map(({ source }) => source));
  const [shared] = slugs;
  const isShared = slugs.size === 1 && typeof shared === "string";
  const items = statements.map(({ text, source }) => ({
    id: text.fr,
    words: (
      <>
        <Text of={text} />
        {!isShared && source !== null && (
          <>
            {" "}
            <SourceRef slug={source} />
          </>
        )}
      </>
    ),
  }));
  return (
    <div className="stack">
      {mark === undefined ? (
        <ul className={css.sentences}>
          {items.map(({ id, words }) => (
            <li key={id}>{words}</li>
          ))}
        </ul>
      ) : (
        <MarkList mark={mark} items={items} />
      )}
      {isShared && (
        <p className="soft small">
          {t.call.sourceOf} <SourceRef slug={shared} />
        </p>
      )}
    </div>
  );
}

/** The sources of the page, numbered as they are cited. */
export function SourceList() {
  const sources = useContext(SourcesContext);
  return (
    <ol className={css.list}>
      {sources.map((source) => (
        <li key={source.slug} id={`source-${source.slug}`} tabIndex={-1}>
          <SourceLine source={source} />
        </li>
      ))}
    </ol>
  );
}
