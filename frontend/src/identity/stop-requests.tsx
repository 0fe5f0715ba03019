import { useState } from "react";
import { $api } from "#api/client.ts";
import { asProblem } from "#api/problem.ts";
import { PAGING } from "#api/paging.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { useText } from "#i18n/text.tsx";
import { Button } from "#ui/button.tsx";
import { FormErrors } from "#ui/form-errors.tsx";
import { Notice } from "#ui/notice.tsx";
import { useAct } from "./grave.tsx";
import { Listed } from "./listed.tsx";
import { Row, Rows } from "./row.tsx";

type Stop = Schema<"StopRead">;
type Line = Schema<"RegistrationLine">;

const FULL = "/problems/pool-full";

/** Who asks for a seat in a session that the organisers fill themselves, each with an answer to give. */
export function StopRequests({ stop }: { stop: Stop }) {
  const { t } = useI18n();
  const words = t.desk.requests;
  const [answered, setAnswered] = useState<string | null>(null);
  const query = { status: "requested", limit: 50 } as const;
  const list = $api.useInfiniteQuery(
    "get",
    "/api/v1/manage/stops/{slug}/registrations",
    { params: { path: { slug: stop.slug }, query } },
    PAGING,
  );
  return (
    <>
      {answered !== null && (
        <Notice tone="good" live>
          {words.done(answered)}
        </Notice>
      )}
      <Listed list={list} empty={<p className="soft">{words.none}</p>}>
        {(lines) => (
          <Rows label={words.title}>
            {lines.flatMap((line) =>
              line.seats
                .filter(({ status }) => status === "requested")
                .map(({ session }) => (
                  <Request
                    key={`${line.id} ${session}`}
                    stop={stop}
                    line={line}
                    session={session}
                    onAnswer={() => setAnswered(line.name)}
                  />
                )),
            )}
          </Rows>
        )}
      </Listed>
    </>
  );
}

function Request({
  stop,
  line: { id, name, organisation, email },
  session,
  onAnswer,
}: {
  stop: Stop;
  line: Line;
  session: string;
  onAnswer: () => void;
}) {
  const { t } = useI18n();
  const words = t.desk.requests;
  const textOf = useText();
  const asked = stop.sessions.find(({ slug }) => slug === session);
  const title = asked === undefined ? session : textOf(asked.title);
  const path = "/api/v1/manage/stops/{slug}/registrations/{registration}/seats/{seat}/answer";
  const { mutate, isPending, error } = useAct($api.useMutation("post", path), onAnswer);
  const place = { slug: stop.slug, registration: id, seat: session };
  const answer = (accepted: boolean, if_full: Schema<"IfFull"> = "refuse") =>
    mutate({ params: { path: place }, body: { accepted, if_full } });
  const problem = error === null ? null : asProblem(error);
  return (
    <Row title={name} detail={[title, organisation, email].filter(Boolean).join(" · ")}>
      {problem?.type === FULL ? (
        <>
          <span role="alert">{words.full}</span>
          <Button busy={isPending} onClick={() => answer(true, "wait")}>
            {words.wait}
          </Button>
        </>
      ) : (
        <>
          {problem !== null && <FormErrors form={id} problem={problem} />}
          <Button
            aria-label={words.acceptOne(name, title)}
            busy={isPending}
            onClick={() => answer(true)}
          >
            {words.accept}
          </Button>
        </>
      )}
      <Button
        look="plain"
        aria-label={words.refuseOne(name, title)}
        busy={isPending}
        onClick={() => answer(false)}
      >
        {words.refuse}
      </Button>
    </Row>
  );
}
