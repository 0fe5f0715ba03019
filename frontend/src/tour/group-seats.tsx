import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";

/** How the seats of a group stand, session by session. */
export function GroupSeats({ seats }: { seats: Schema<"GroupRead">["seats"] }) {
  const { t } = useI18n();
  const words = t.registration.group;
  return (
    <ul className="plain">
      {seats.map(({ session, title, mode, confirmed, waiting }) => (
        <li key={session}>
          <b>
            <Text of={title} />
          </b>
          , {t.codes.mode[mode].toLowerCase()}{" "}
          <span className="soft">
            {[confirmed > 0 && words.confirmed(confirmed), waiting > 0 && words.waiting(waiting)]
              .filter(Boolean)
              .join(", ")}
          </span>
        </li>
      ))}
    </ul>
  );
}
