import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import { pathIn } from "#i18n/locale.ts";
import { Mark } from "./mark.tsx";
import { CONTENT } from "./page.tsx";
import css from "./shell.module.css";

/**
 * What surrounds every page: mark, navigation, tools, footer. `nav` is the router's links, `tools` what stands there beside ours;
 * `pathname` is where we are, which closes the phone's menu and gives the other language's address.
 */
export function Shell({
  nav,
  tools,
  pathname,
  children,
}: {
  nav: ReactNode;
  tools: ReactNode;
  pathname: string;
  children: ReactNode;
}) {
  const { t } = useI18n();
  return (
    <div className={css.shell}>
      <a className={css.skip} href={`#${CONTENT}`}>
        {t.shell.skip}
      </a>
      <Header key={pathname} nav={nav} tools={tools} pathname={pathname} />
      {children}
      <footer className={css.footer}>
        <div>
          <p className={css.name}>
            <Mark /> {t.shell.name}
          </p>
          <p className="soft small">{t.shell.promise}</p>
        </div>
        <p className="soft small">
          {t.shell.sources}
          <br />
          {t.shell.free}
        </p>
        <p className={css.doors}>
          <Link to="/developpeurs">{t.shell.developers}</Link>
          <Link to="/confidentialite">{t.shell.privacy}</Link>
          <Link to="/accessibilite">{t.shell.accessibility}</Link>
          <Link to="/mentions-legales">{t.shell.legal}</Link>
          <Link to="/contact">{t.shell.contact}</Link>
          {/* Not fetched ahead: nearly nobody who points at it signs in. */}
          <Link to="/gestion" preload={false}>
            {t.shell.team}
          </Link>
        </p>
      </footer>
    </div>
  );
}

function Header({ nav, tools, pathname }: { nav: ReactNode; tools: ReactNode; pathname: string }) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) {
      return undefined;
    }
    function closeOnEscape(event: KeyboardEvent) {
      if (event.key === "Escape") {
        setOpen(false);
        button.current?.focus();
      }
    }
    document.addEventListener("keydown", closeOnEscape);
    return () => document.removeEventListener("keydown", closeOnEscape);
  }, [open]);

  return (
    <header className={css.header}>
      <Link to="/" className={css.mark}>
        <Mark />
        {t.shell.name}
      </Link>
      <button
        type="button"
        ref={button}
        className={css.menu}
        aria-expanded={open}
        aria-controls="menu"
        onClick={() => setOpen(!open)}
      >
        {t.shell.menu}
      </button>
      <div id="menu" className={css.panel} data-open={open}>
        <nav className={css.nav} aria-label={t.shell.navigation}>
          {nav}
        </nav>
        <div className={css.tools}>
          {tools}
          <LanguageLink pathname={pathname} />
        </div>
      </div>
    </header>
  );
}

/** A plain link: the other language is another document, so that one catalogue is loaded and `lang` is never wrong. */
function LanguageLink({ pathname }: { pathname: string }) {
  const { locale, t } = useI18n();
  const other = locale === "fr" ? "en" : "fr";
  return (
    <a
      className={css.tool}
      href={pathIn(other, pathname) + location.search}
      hrefLang={other}
      lang={other}
      title={t.shell.otherLanguage.label}
    >
      {t.shell.otherLanguage.code}
      <span className="hidden">, {t.shell.otherLanguage.label}</span>
    </a>
  );
}
