import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { Card } from "#ui/card.tsx";
import { Facts } from "#ui/facts.tsx";
import { Section } from "#ui/page.tsx";
import { Calls, DoorLink, Stops } from "./contents.tsx";
import { hasRole, ME } from "./me.ts";
import { RoleList } from "./role-list.tsx";
import { Space } from "./space.tsx";
import { useStopNames } from "./stop-names.ts";

/** The home of the team: who one is, and what one may edit, with its state. */
export function HomePage() {
  const { t } = useI18n();
  return (
    <Space title={t.team.home.title}>
      <Mine />
    </Space>
  );
}

function Mine() {
  const { t } = useI18n();
  const words = t.team.home;
  const { data: me } = $api.useSuspenseQuery("get", ME);
  const names = useStopNames(me.roles.some(({ stop }) => stop !== null));
  const { member, roles } = me;
  const writesCalls = hasRole(me, "coordinator", "funding_editor");
  const writesStops = hasRole(me, "coordinator", "stop_organiser");
  const doors = roles.flatMap(({ role, stop }) => (role === "host" && stop !== null ? [stop] : []));
  return (
    <>
      <Card>
        <p>
          <b>{member?.name ?? t.team.somebody}</b>
        </p>
        <Facts
          look="list"
          facts={[
            ...(member === null
              ? []
              : [{ term: t.team.entry.welcome.address, value: member.email }]),
            { term: words.roles, value: <RoleList roles={roles} names={names} /> },
          ]}
        />
      </Card>
      {writesCalls && (
        <Section title={words.calls}>
          <Calls />
        </Section>
      )}
      {writesStops && (
        <Section title={words.stops}>
          <Stops />
        </Section>
      )}
      {doors.length > 0 && (
        <Section title={words.doors}>
          <ul>
            {doors.map((stop) => (
              <li key={stop}>
                {names.get(stop) ?? stop} · <DoorLink stop={stop} name={names.get(stop) ?? stop} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {!writesCalls && !writesStops && doors.length === 0 && (
        <p className="soft">{words.nothing}</p>
      )}
    </>
  );
}
