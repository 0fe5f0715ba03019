import type { ReactNode } from "react";
import { useI18n } from "#i18n/context.tsx";
import css from "./seat-meter.module.css";

/** How many seats are left in one mode, said honestly. A pool without a limit (`capacity` null) has nothing to draw. */
export function SeatMeter({
  label,
  capacity,
  taken,
  waiting,
}: {
  label: ReactNode;
  capacity: number | null;
  taken: number;
  waiting: number;
}) {
  const { t } = useI18n();
  if (capacity === null) {
    return (
      <p className={css.words}>
        {label} : <span>{t.ui.seats.unlimited}</span>
      </p>
    );
  }
  const free = Math.max(0, capacity - taken);
  const share = capacity === 0 ? 1 : Math.min(1, taken / capacity);
  return (
    <div className={css.meter} data-full={free === 0}>
      <div className={css.track} aria-hidden="true">
        <div className={css.taken} style={{ inlineSize: `${share * 100}%` }} />
      </div>
      <p className={css.words}>
        {label} : <b>{free === 0 ? t.ui.seats.full : t.ui.seats.left(free, capacity)}</b>
        {waiting > 0 && <span className="soft"> · {t.ui.seats.waiting(waiting)}</span>}
      </p>
    </div>
  );
}
