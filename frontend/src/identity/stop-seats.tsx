import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { useText } from "#i18n/text.tsx";
import { WideTable } from "#ui/table.tsx";

/** The seats of each session and mode, as they stand. */
export function StopSeats({ sessions }: { sessions: readonly Schema<"SessionRead">[] }) {
  const { t } = useI18n();
  const words = t.desk.seats;
  const textOf = useText();
  const pools = sessions.flatMap((session) => session.seats.map((seats) => ({ session, seats })));
  if (pools.length === 0) {
    return <p className="soft">{words.none}</p>;
  }
  return (
    <WideTable label={words.title} look={undefined}>
      <thead>
        <tr>
          <th scope="col">{words.session}</th>
          <th scope="col">{words.mode}</th>
          <th scope="col">{words.taken}</th>
          <th scope="col">{words.waiting}</th>
        </tr>
      </thead>
      <tbody>
        {pools.map(({ session, seats: { mode, capacity, left, waiting } }) => (
          <tr key={`${session.slug} ${mode}`}>
            <th scope="row">{textOf(session.title)}</th>
            <td>{t.codes.mode[mode]}</td>
            <td className="num">
              {capacity === null || left === null
                ? t.ui.seats.unlimited
                : words.of(capacity - left, capacity)}
            </td>
            <td className="num">{waiting}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
