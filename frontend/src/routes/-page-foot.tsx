import { useLocation, useParams } from "@tanstack/react-router";
import { PageAddresses } from "#developers/page-addresses.tsx";
import { useI18n } from "#i18n/context.tsx";
import css from "./-page-foot.module.css";
import "#ui/print.css";

const TAGS = { fr: "fr-FR", en: "en-GB" } as const;

/** What ends every page: the way to the same as JSON and, on paper, the day and the address that it was printed from. */
export function PageFoot() {
  const { t, locale, now } = useI18n();
  const pathname = useLocation({ select: (here) => here.pathname });
  // A link that opens somebody's own page is a secret: it is not put on paper.
  const isOwn = useParams({ strict: false, select: (held) => "token" in held || "code" in held });
  const day = new Intl.DateTimeFormat(TAGS[locale], { dateStyle: "long" }).format(now);
  return (
    <aside className={css.foot} aria-label={t.shell.json}>
      <PageAddresses key={pathname} />
      <p className={css.printed}>
        {t.shell.name} · {t.shell.printed} {day} · {isOwn ? location.origin : location.href}
      </p>
    </aside>
  );
}
