import { Link } from "@tanstack/react-router";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import { Hours } from "#ui/moment.tsx";
import { Notice } from "#ui/notice.tsx";
import { Clock } from "./clock.tsx";
import { hoursOf, programmeOf } from "./programme.ts";
import { RegistrationPill } from "./registration-pill.tsx";
import { StopBrief } from "./stop-brief.tsx";
import css from "./stop-head.module.css";

type Stop = Schema<"StopRead">;

const ACCESSES = ["open", "on_request", "invited", "delegation"] as const;

/** The opening of a stop's page: where, which days at which hours of the place, who may come. */
export function StopHead({ stop, count }: { stop: Stop; count: number | null }) {
  const { t } = useI18n();
  return (
    <header className={css.head}>
      <p className="soft">
        <Link to="/tour/$edition" params={{ edition: stop.tour.slug }}>
          <Text of={stop.tour.name} />
        </Link>{" "}
        · {t.tour.rank(stop.rank, count)}
      </p>
      <h1 className="display">
        <Text of={stop.name} />
      </h1>
      {stop.title !== null && (
        <p className={css.title}>
          <Text of={stop.title} />
        </p>
      )}
      <StopDays stop={stop} />
      <p className="row">
        <RegistrationPill stop={stop} />
        <WhoMayCome sessions={stop.sessions} />
      </p>
      {stop.status_reason !== null && (
        <Notice tone="alarm" title={t.codes.stopStatus[stop.status]}>
          <Text of={stop.status_reason} />
        </Notice>
      )}
      <StopBrief stop={stop} />
      {stop.summary !== null && (
        <p className="lead">
          <Text of={stop.summary} />
        </p>
      )}
    </header>
  );
}

function StopDays({ stop: { name, days, sessions, zone, cities } }: { stop: Stop }) {
  const i18n = useI18n();
  const { t } = i18n;
  const programme = programmeOf(sessions, zone);
  if (days.length === 0) {
    return <p className="loud">{t.dates.daysNotStated}</p>;
  }
  return (
    <ul className={css.days}>
      {days.map(({ on, theme }) => {
        const day = programme.find((other) => other.on === on);
        const hours = day === undefined ? null : hoursOf(day);
        return (
          <li key={on}>
            <b>
              <time dateTime={on}>{dayText(on, i18n, "long")}</time>
            </b>
            {", "}
            {hours === null ? (
              <span className="soft">{t.tour.hourNotStated}</span>
            ) : (
              <>
                <Hours start={hours.start} end={hours.end} zone={zone} />
                <Clock at={hours.start} zone={zone} />
              </>
            )}
            {theme !== null && (
              <span className={css.theme}>
                <Text of={theme} />
              </span>
            )}
          </li>
        );
      })}
      {cities.some((city) => city !== name.fr) && (
        <li className={css.cities}>{cities.join(", ")}</li>
      )}
    </ul>
  );
}

/** "10 séances : 8 ouvertes à tous, 1 sur demande, 1 sur invitation · sur place et en ligne". */
function WhoMayCome({ sessions }: { sessions: Stop["sessions"] }) {
  const { locale, t } = useI18n();
  if (sessions.length === 0) {
    return null;
  }
  const counts = ACCESSES.map(
    (access) => [access, sessions.filter((session) => session.access === access).length] as const,
  ).filter(([, count]) => count > 0);
  const only = counts.length === 1 && counts[0]?.[0] === "open";
  const modes = (["on_site", "online"] as const).filter((wanted) =>
    sessions.some(({ seats }) => seats.some(({ mode }) => mode === wanted)),
  );
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  return (
    <span className="soft">
      {t.tour.stop.sessions(sessions.length)} ·{" "}
      {only
        ? t.tour.stop.allOpen
        : counts.map(([access, count]) => t.tour.stop.access[access](count)).join(", ")}
      {modes.length > 0 &&
        ` · ${list.format(modes.map((mode) => t.codes.mode[mode].toLowerCase()))}`}
    </span>
  );
}
