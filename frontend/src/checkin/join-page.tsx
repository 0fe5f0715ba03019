import { $api } from "#api/client.ts";
import { asProblem } from "#api/problem.ts";
import { useI18n } from "#i18n/context.tsx";
import { dayText, isoDay, timeText, zoneText } from "#i18n/dates.ts";
import { Text } from "#i18n/text.tsx";
import { basepathOf } from "#i18n/locale.ts";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";
import { useProblemWords } from "#ui/problem-words.ts";
import { Frame } from "./frame.tsx";
import { useWords } from "./words.ts";

const JOIN = "/api/v1/join/{session_slug}/{proof}";

/** A session to attend online: one press leads there, and is the check-in. What only opens this page checks nobody in. */
export function JoinPage({ session, proof }: { session: string; proof: string }) {
  const i18n = useI18n();
  const words = useWords().join;
  const params = { path: { session_slug: session, proof } };
  const { data, error } = $api.useQuery("get", JOIN, { params });
  const join = $api.useMutation("post", JOIN, {
    onSuccess: ({ join_url: url }) => location.assign(url),
  });
  const refused = error ?? join.error;
  if (data === undefined) {
    return (
      <Frame title={words.tab}>
        <h1>{error === null ? words.tab : words.unknown}</h1>
        {refused !== null && <Refused error={refused} />}
        {asProblem(error).status === 404 && <p>{words.unknownDetail}</p>}
      </Frame>
    );
  }
  const { zone, starts_at: start, ends_at: end, opens_at: opens } = data;
  const base = basepathOf(i18n.locale);
  return (
    <Frame title={words.tab} fictitious={data.fictitious}>
      <header className="stack">
        <p className="soft">
          <Text of={data.stop_name} />, {dayText(isoDay(new Date(start), zone), i18n, "long")},{" "}
          {timeText(start, zone, i18n)}–{timeText(end, zone, i18n)}
          {` (${zoneText(zone, i18n)})`}
        </p>
        <h1>
          <Text of={data.title} />
        </h1>
      </header>
      {refused === null && i18n.now.getTime() < Date.parse(opens) && (
        <Notice tone="info">{words.from(timeText(opens, zone, i18n))}</Notice>
      )}
      {refused !== null && <Refused error={refused} />}
      <Button busy={join.isPending} onClick={() => join.mutate({ params })}>
        {words.act}
      </Button>
      <p className="small soft">{words.hint}</p>
      <p>
        <a href={`${base === "/" ? "" : base}/etapes/${data.stop}`}>{words.stop}</a>
      </p>
    </Frame>
  );
}

function Refused({ error }: { error: unknown }) {
  const { title, detail } = useProblemWords(asProblem(error));
  return (
    <Notice tone="alarm" title={title} live>
      {detail}
    </Notice>
  );
}
