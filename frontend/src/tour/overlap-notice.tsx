import { useI18n } from "#i18n/context.tsx";
import { useText } from "#i18n/text.tsx";
import { Checkbox } from "#ui/choice.tsx";
import { Notice } from "#ui/notice.tsx";
import type { Session, Way } from "./programme.ts";

/** Says, before anything is sent, that chosen sessions clash, by their hours or by the way between; one may know it and want both. */
export function OverlapNotice({
  pairs,
  ways,
}: {
  pairs: readonly (readonly [Session, Session])[];
  ways: readonly Way[];
}) {
  const { t } = useI18n();
  const say = useText();
  const words = t.registration.overlap;
  if (pairs.length === 0 && ways.length === 0) {
    return null;
  }
  return (
    <Notice tone="point" title={pairs.length > 0 ? words.title : words.wayTitle} live>
      <ul className="plain">
        {pairs.map(([one, other]) => (
          <li key={`${one.slug} ${other.slug}`}>{words.pair(say(one.title), say(other.title))}</li>
        ))}
        {ways.map(({ pair: [one, other], minutes, needed }) => (
          <li key={`${one.slug} ${other.slug}`}>
            {words.way(say(one.title), say(other.title), minutes, needed)}
          </li>
        ))}
      </ul>
      <Checkbox name="overlaps_accepted" label={words.accept} />
    </Notice>
  );
}
