import { useI18n } from "#i18n/context.tsx";
import { useText } from "#i18n/text.tsx";
import { Checkbox } from "#ui/choice.tsx";
import { Notice } from "#ui/notice.tsx";
import type { Session } from "./programme.ts";

/** Says, before anything is sent, that chosen sessions take place at once; one may know it and want both. */
export function OverlapNotice({ pairs }: { pairs: readonly (readonly [Session, Session])[] }) {
  const { t } = useI18n();
  const say = useText();
  const words = t.registration.overlap;
  if (pairs.length === 0) {
    return null;
  }
  return (
    <Notice tone="point" title={words.title} live>
      <ul className="plain">
        {pairs.map(([one, other]) => (
          <li key={`${one.slug} ${other.slug}`}>{words.pair(say(one.title), say(other.title))}</li>
        ))}
      </ul>
      <Checkbox name="overlaps_accepted" label={words.accept} />
    </Notice>
  );
}
