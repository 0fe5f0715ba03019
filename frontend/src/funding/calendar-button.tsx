import { useI18n } from "#i18n/context.tsx";
import { AnchorButton } from "#ui/button.tsx";
import { feedOf } from "#ui/subscribe.tsx";

/** The deadlines of a call as they are today, for one's own calendar, under the thumb. */
export function CalendarButton({ slug }: { slug: string }) {
  const { t, locale } = useI18n();
  const query = new URLSearchParams(locale === "en" ? { lang: "en" } : {});
  return (
    <AnchorButton look="secondary" href={feedOf(`/calendars/calls/${slug}.ics`, query)} download>
      {t.deadlines.subscribe.short}
    </AnchorButton>
  );
}
