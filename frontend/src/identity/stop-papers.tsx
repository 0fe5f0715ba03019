import { $api } from "#api/client.ts";
import { asProblem } from "#api/problem.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay } from "#i18n/dates.ts";
import { Button } from "#ui/button.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { useAct } from "./grave.tsx";
import { save } from "./saving.ts";

type Wish = { params: { path: { slug: string } }; parseAs: "blob" };
type Making = { mutateAsync: (wish: Wish) => Promise<unknown> };

/** What is printed for the day of a stop, and who came to it; what tells of people is a grave act, posters are not. */
export function StopPapers({ stop }: { stop: Schema<"StopRead"> }) {
  const { t } = useI18n();
  const { slug } = stop;
  const words = t.desk.day;
  const badges = $api.useMutation("get", "/api/v1/manage/stops/{slug}/badges.pdf");
  const sheets = $api.useMutation("get", "/api/v1/manage/stops/{slug}/attendance.pdf");
  const table = $api.useMutation("get", "/api/v1/manage/stops/{slug}/attendance.csv");
  return (
    <div className="row">
      <Posters stop={stop} />
      <Paper slug={slug} making={badges} name={`${slug}-badges.pdf`} label={words.badges} />
      <Paper slug={slug} making={sheets} name={`${slug}-presences.pdf`} label={words.sheets} />
      <Paper slug={slug} making={table} name={`${slug}-presences.csv`} label={words.table} />
    </div>
  );
}

/** The programme of the stop, and of each of its rooms on each day that something happens there. */
function Posters({ stop: { slug, sessions, zone } }: { stop: Schema<"StopRead"> }) {
  const i18n = useI18n();
  const words = i18n.t.desk.day;
  const rooms = new Map(
    sessions.flatMap(({ slug: session, room, venue, starts_at: at, on }) => {
      const day = at === null ? on : isoDay(new Date(at), zone);
      const name = [room, day !== null && dayText(day, i18n)].filter(Boolean).join(", ");
      return room === null ? [] : [[`${room} ${venue?.slug} ${day}`, { name, session }] as const];
    }),
  );
  const address = (query: Record<string, string>) =>
    `/sheets/stops/${slug}/poster.pdf?${new URLSearchParams({ ...query, lang: i18n.locale }).toString()}`;
  return (
    <details className="small">
      <summary>{words.posters}</summary>
      <ul>
        <li>
          <a href={address({})}>{words.poster}</a>
        </li>
        {[...rooms].map(([key, { name, session }]) => (
          <li key={key}>
            <a href={address({ session })}>{name}</a>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Paper({
  slug,
  making,
  name,
  label,
}: {
  slug: string;
  making: Making;
  name: string;
  label: string;
}) {
  const { mutate, isPending, error } = useAct<Wish, unknown>(making, (made) => {
    if (made instanceof Blob) {
      save(made, name);
    }
  });
  return (
    <>
      <Button
        look="secondary"
        busy={isPending}
        onClick={() => mutate({ params: { path: { slug } }, parseAs: "blob" })}
      >
        {label}
      </Button>
      {error !== null && <FormErrors form={name} problem={asProblem(error)} />}
    </>
  );
}
