import { $api } from "#api/client.ts";
import { PAGING } from "#api/paging.ts";
import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { WideTable } from "#ui/table.tsx";
import { Listed } from "./listed.tsx";
import { Row, Rows } from "./row.tsx";

/** How useful those who came found the stop, and what they wrote; nothing tells who. */
export function StopOpinions({ slug }: { slug: string }) {
  const { t } = useI18n();
  const words = t.desk.opinions;
  const list = $api.useInfiniteQuery(
    "get",
    "/api/v1/manage/stops/{slug}/opinions",
    { params: { path: { slug }, query: { limit: 50 } } },
    PAGING,
  );
  const useful = list.data?.pages[0]?.useful ?? [];
  return (
    <Listed list={list} empty={<p className="soft">{words.none}</p>}>
      {(opinions) => {
        const written = opinions.filter(({ missing, next_step: next }) => missing ?? next);
        return (
          <>
            <WideTable label={words.useful} look={undefined}>
              <thead>
                <tr>
                  <th scope="col">{words.mark}</th>
                  <th scope="col">{words.count}</th>
                </tr>
              </thead>
              <tbody>
                {t.registration.opinion.scale.map((mark, at) => (
                  <tr key={mark}>
                    <th scope="row">{mark}</th>
                    <td className="num">{useful[at] ?? 0}</td>
                  </tr>
                ))}
              </tbody>
            </WideTable>
            {written.length > 0 && (
              <Rows label={words.words}>
                {written.map((opinion) => (
                  <Said key={opinion.id} opinion={opinion} />
                ))}
              </Rows>
            )}
          </>
        );
      }}
    </Listed>
  );
}

function Said({
  opinion: { useful, missing, next_step: next },
}: {
  opinion: Schema<"OpinionRead">;
}) {
  const { t } = useI18n();
  const words = t.desk.opinions;
  return (
    <Row
      title={words.given(useful)}
      detail={
        <>
          {missing !== null && (
            <p>
              <b>{words.missing}</b> {missing}
            </p>
          )}
          {next !== null && (
            <p>
              <b>{words.next}</b> {next}
            </p>
          )}
        </>
      }
    />
  );
}
