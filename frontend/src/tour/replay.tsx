import type { ReactNode } from "react";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import type { Session } from "./programme.ts";
import { clockText, replayAt } from "./replay-at.ts";
import css from "./session-card.module.css";

/** What a session leaves: a recording, with its link only where a source gives one, its chapters, its documents. */
export function Replay({ session }: { session: Session }) {
  const { t } = useI18n();
  const { has_replay: recorded, replay_url: url, chapters, documents } = session;
  return (
    <>
      {url !== null && (
        <p className="small">
          <a href={url} rel="noreferrer">
            {t.tour.session.replay}
          </a>
        </p>
      )}
      {url === null && recorded === true && (
        <p className="small soft">{t.tour.session.replayUnlinked}</p>
      )}
      {url !== null && chapters.length > 0 && (
        <ol className={css.left} aria-label={t.tour.session.chapters}>
          {chapters.map(({ at, title }) => (
            <li key={at}>
              <Chapter at={clockText(at)} href={replayAt(url, at)}>
                <Text of={title} />
              </Chapter>
            </li>
          ))}
        </ol>
      )}
      {documents.length > 0 && (
        <ul className={css.left} aria-label={t.tour.session.documents}>
          {documents.map(({ title, url: href, language }) => (
            <li key={title.fr}>
              {href === null ? (
                <Text of={title} />
              ) : (
                <a href={href} rel="noreferrer" hrefLang={language}>
                  <Text of={title} />
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Chapter({ at, href, children }: { at: string; href: string | null; children: ReactNode }) {
  const words = (
    <>
      <span className="soft">{at}</span> {children}
    </>
  );
  return href === null ? (
    words
  ) : (
    <a href={href} rel="noreferrer">
      {words}
    </a>
  );
}
