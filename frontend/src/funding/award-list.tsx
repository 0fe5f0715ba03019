import { Link } from "@tanstack/react-router";
import { $api } from "#api/client.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { When } from "#ui/moment.tsx";
import { Money } from "#ui/money.tsx";
import { SourceLine } from "#ui/source-line.tsx";
import css from "./award-list.module.css";

type Award = Schema<"AwardRead">;

/** Awards, one after the other. On the page of their call, the call itself goes without saying. */
export function AwardList({
  awards,
  as,
  ofOneCall = false,
}: {
  awards: readonly Award[];
  as: "h3" | "h4";
  ofOneCall?: boolean;
}) {
  return (
    <ul className={css.list}>
      {awards.map((award) => (
        <li key={award.slug} className={css.award}>
          <AwardLine award={award} as={as} ofOneCall={ofOneCall} />
        </li>
      ))}
    </ul>
  );
}

function AwardLine({
  award,
  as: Title,
  ofOneCall,
}: {
  award: Award;
  as: "h3" | "h4";
  ofOneCall: boolean;
}) {
  const { t } = useI18n();
  const { data: regions } = $api.useQuery("get", "/api/v1/regions");
  const { project, summary, recipient, place, region, call, decided, source } = award;
  const where = [place, regions?.items.find(({ code }) => code === region)?.name].filter(Boolean);
  return (
    <>
      <div>
        <Title className={css.project}>
          {award.url === null ? (
            <Text of={project} />
          ) : (
            <a href={award.url} rel="noreferrer">
              <Text of={project} />
            </a>
          )}
        </Title>
        <p>
          {[recipient ?? t.awards.recipientNotStated, ...where].join(" · ")}
          {award.fictitious && <span className="soft small"> · {t.awards.fictitious}</span>}
        </p>
        {summary !== null && (
          <p className="small">
            <Text of={summary} />
          </p>
        )}
        <p className="soft small">
          {call !== null && !ofOneCall && (
            <>
              <Link to="/appels/$slug" params={{ slug: call.slug }}>
                <Text of={call.name} />
              </Link>
              {" · "}
            </>
          )}
          {call !== null && call.wave !== null && (
            <>
              {call.wave_name === null ? t.awards.wave(call.wave) : <Text of={call.wave_name} />}
              {" · "}
            </>
          )}
          {decided !== null && (
            <>
              {t.awards.decided} <When moment={decided} />
            </>
          )}
        </p>
        <p className="small">
          <SourceLine source={source} />
        </p>
      </div>
      <p className={css.amount}>
        {award.amount_cents === null ? (
          <span className="soft small">{t.awards.amountNotStated}</span>
        ) : (
          <b>
            <Money cents={award.amount_cents} />
          </b>
        )}
      </p>
    </>
  );
}
