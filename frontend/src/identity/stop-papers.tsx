import { $api } from "#api/client.ts";
import { asProblem } from "#api/problem.ts";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { useAct } from "./grave.tsx";
import { save } from "./saving.ts";

type Wish = { params: { path: { slug: string } }; parseAs: "blob" };
type Making = { mutateAsync: (wish: Wish) => Promise<unknown> };

/** What is printed for the day of a stop, and who came to it; each is a grave act. */
export function StopPapers({ slug }: { slug: string }) {
  const { t } = useI18n();
  const words = t.desk.day;
  const badges = $api.useMutation("get", "/api/v1/manage/stops/{slug}/badges.pdf");
  const sheets = $api.useMutation("get", "/api/v1/manage/stops/{slug}/attendance.pdf");
  const table = $api.useMutation("get", "/api/v1/manage/stops/{slug}/attendance.csv");
  return (
    <div className="row">
      <Paper slug={slug} making={badges} name={`${slug}-badges.pdf`} label={words.badges} />
      <Paper slug={slug} making={sheets} name={`${slug}-presences.pdf`} label={words.sheets} />
      <Paper slug={slug} making={table} name={`${slug}-presences.csv`} label={words.table} />
    </div>
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
