import type { Schema } from "#api/schemas.ts";
import { useI18n } from "#i18n/context.tsx";
import { LinkButton } from "#ui/button.tsx";
import { useLabels } from "./labels.ts";
import {
  type CallSearch,
  fromStart,
  chosenIn,
  FILTERS,
  validateCallSearch,
  withFilter,
} from "./search.ts";

/** Where no call has every word: one thing less to ask for, and how many calls that shows, one press each. */
export function Relief({ page, search }: { page: Schema<"CallPage">; search: CallSearch }) {
  const { t } = useI18n();
  const { labelOf } = useLabels();
  return page.relief.map((relief) => {
    const count = t.funding.list.count(relief.total);
    if (relief.words !== null) {
      return (
        <LinkButton
          key={relief.words}
          look="secondary"
          to="/appels"
          search={{ ...fromStart(search), q: relief.q }}
        >
          {t.call.found.withoutWords(relief.words, count)}
        </LinkButton>
      );
    }
    if (relief.drop.startsWith("structure")) {
      return (
        <LinkButton
          key={relief.drop}
          look="secondary"
          to="/appels"
          search={validateCallSearch({ ...fromStart(search), [relief.drop]: "" })}
        >
          {t.call.found.withoutFilter(t.structure.mine.title, count)}
        </LinkButton>
      );
    }
    const filter = FILTERS.find((each) => each === relief.drop);
    if (filter === undefined) {
      return null;
    }
    const chosen = chosenIn(search, filter).map((value) => labelOf(filter, value));
    return (
      <LinkButton
        key={filter}
        look="secondary"
        to="/appels"
        search={withFilter(search, filter, [])}
      >
        {t.call.found.withoutFilter(chosen.join(", "), count)}
      </LinkButton>
    );
  });
}
