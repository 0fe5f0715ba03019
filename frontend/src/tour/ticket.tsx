import { useI18n } from "#i18n/context.tsx";
import { isoDay } from "#i18n/dates.ts";
import { Section } from "#ui/page.tsx";
import { heldOf, type Registration } from "./held.ts";
import css from "./registration.module.css";

/** Whether a place on site is for today there: then the ticket is what one opens the page for. */
export function isToday(seats: Registration["seats"], zone: string, now: Date): boolean {
  return heldOf(seats).some(
    ({ seat }) =>
      seat.mode === "on_site" && isoDay(new Date(seat.starts_at), zone) === isoDay(now, zone),
  );
}

/** What is shown at the door. It opens nothing: a picture of it may be printed or sent. */
export function Ticket({ token, registration }: { token: string; registration: Registration }) {
  const { t } = useI18n();
  const words = t.registration.mine.ticket;
  const picture = `/api/v1/registrations/${token}/ticket.svg`;
  const placed = registration.seats.filter(({ mode }) => mode === "on_site");
  if (placed.length === 0 || !registration.changeable) {
    return null;
  }
  return (
    <Section title={words.title}>
      <div className={css.ticket}>
        <img src={picture} alt={words.alt} width={220} height={220} />
        <div className="stack">
          {!placed.some(({ status }) => status === "confirmed") && (
            <p>
              <b>{words.notYet}</b>
            </p>
          )}
          <p>{words.hint}</p>
          <p>
            <a href={picture} download="billet.svg">
              {words.download}
            </a>
          </p>
        </div>
      </div>
    </Section>
  );
}
