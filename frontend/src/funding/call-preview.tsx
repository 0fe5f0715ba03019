import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Text } from "#i18n/text.tsx";
import { LinkButton } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { MarkList } from "#ui/mark-list.tsx";
import { Skeleton } from "#ui/states.tsx";
import { CallMeta } from "./call-meta.tsx";
import { CallRoute } from "./call-route.tsx";

const LINES = 3;

/** The call under the eye, opened far enough to decide whether to read it whole. */
export function CallPreview({ slug }: { slug: string }) {
  const { t } = useI18n();
  const { data: call } = $api.useQuery("get", "/api/v1/calls/{slug}", {
    params: { path: { slug } },
  });
  if (call === undefined) {
    return (
      <Card>
        <Skeleton lines={5} />
      </Card>
    );
  }
  return (
    <Card>
      <CallMeta call={call} />
      <p className="loud">
        <Text of={call.name} />
      </p>
      <CallRoute call={call} />
      {call.funds.length > 0 ? (
        <div className="small">
          <b>{t.call.funds}</b>
          <MarkList
            mark="yes"
            items={call.funds
              .slice(0, LINES)
              .map(({ text }) => ({ id: text.fr, words: <Text of={text} /> }))}
          />
        </div>
      ) : (
        call.description !== null && (
          <p className="small">
            <Text of={call.description} />
          </p>
        )
      )}
      <LinkButton to="/appels/$slug" params={{ slug }}>
        {t.funding.preview.open}
      </LinkButton>
    </Card>
  );
}
