import { useState } from "react";
import { $api } from "#api/client.ts";
import { PAGING } from "#api/paging.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Notice } from "#ui/notice.tsx";
import { Pill, type Tone } from "#ui/pill.tsx";
import { At } from "./at.tsx";
import { Listed } from "./listed.tsx";
import { NeedAnswer } from "./need-answer.tsx";
import { NeedOwner } from "./need-owner.tsx";
import { Row, Rows } from "./row.tsx";

type Need = Schema<"NeedLine">;

const TONES: Record<Need["state"], Tone> = {
  requested: "soon",
  confirmed: "open",
  impossible: "alarm",
};

/** What those who come need. Data about health: read, and noted in the journal, only once it is opened. */
export function StopNeeds({ slug }: { slug: string }) {
  const words = useI18n().t.desk.needs;
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words.see}</summary>
      <div className="stack">
        <p className="soft small">{words.lead}</p>
        {open && <Needs slug={slug} />}
      </div>
    </details>
  );
}

function Needs({ slug }: { slug: string }) {
  const words = useI18n().t.desk.needs;
  const [done, setDone] = useState<string | null>(null);
  const list = $api.useInfiniteQuery(
    "get",
    "/api/v1/manage/stops/{slug}/needs",
    { params: { path: { slug }, query: { limit: 50 } } },
    PAGING,
  );
  return (
    <>
      {done !== null && (
        <Notice tone="good" live>
          {done}
        </Notice>
      )}
      <Listed list={list} empty={<p className="soft">{words.none}</p>}>
        {(needs) => (
          <Rows label={words.title}>
            {needs.map((need) => (
              <Line key={need.id} slug={slug} need={need} onDone={setDone} />
            ))}
          </Rows>
        )}
      </Listed>
    </>
  );
}

function Line({
  slug,
  need,
  onDone,
}: {
  slug: string;
  need: Need;
  onDone: (told: string) => void;
}) {
  const { t } = useI18n();
  const words = t.registration.needs;
  const { name, email, kind, words: said, state, alternative, owner, asked_at: at } = need;
  return (
    <Row
      title={
        <span className="row">
          {words.kinds[kind]} · {name} <Pill tone={TONES[state]}>{words.states[state]}</Pill>
        </span>
      }
      detail={
        <>
          <p>
            <a href={`mailto:${email}`}>{email}</a> · <At at={at} />
            {owner !== null && ` · ${words.owner(owner)}`}
          </p>
          {said !== null && <p>{said}</p>}
          {alternative !== null && (
            <p>
              <b>{words.instead}</b> {alternative}
            </p>
          )}
          {/* What was sent leaves a closed form. */}
          <div className="stack">
            <NeedAnswer
              key={need.changed_at}
              slug={slug}
              need={need}
              onAnswer={() => onDone(t.desk.needs.done(name))}
            />
            <NeedOwner
              key={need.owner_id}
              slug={slug}
              need={need}
              onEntrust={() => onDone(t.desk.needs.entrusted)}
            />
          </div>
        </>
      }
    />
  );
}
