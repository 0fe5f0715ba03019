import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Section } from "#ui/page.tsx";
import { Subscribe } from "#ui/subscribe.tsx";

/** Where the ways to follow a call stand on its page. */
export const FOLLOW = "suivre";

/** Two ways to learn what becomes of a call: its dates in a calendar while some are to come, its changes in a reader. */
export function CallFollow({
  call: { slug, waves },
}: {
  call: Pick<Schema<"CallRead">, "slug" | "waves">;
}) {
  const { t, locale } = useI18n();
  const words = t.call.follow;
  return (
    <div id={FOLLOW} tabIndex={-1}>
      <Section title={words.title}>
        {waves.some(({ closes, state }) => closes !== null && state !== "closed") && (
          <Subscribe
            path={`/calendars/calls/${slug}.ics`}
            search={{}}
            lead={t.deadlines.subscribe.one}
          />
        )}
        <p className="small">
          {words.feed}{" "}
          <a href={`/feeds/calls/${slug}.atom${locale === "en" ? "?lang=en" : ""}`}>
            {t.call.changes.follow}
          </a>
        </p>
        <p className="small phone-only">
          <a href={`/sheets/calls/${slug}.pdf${locale === "en" ? "?lang=en" : ""}`}>
            {t.call.sheet}
          </a>
        </p>
      </Section>
    </div>
  );
}
