import { $api } from "#api/client.ts";
import { useI18n } from "#i18n/context.tsx";
import { useText } from "#i18n/text.tsx";
import type { Filter } from "./search.ts";

/** Calls for the whole country, as the facet of regions counts them. */
export const NATIONWIDE = "00";

export type LabelOf = (filter: Filter, value: string) => string;

/** How each value of each filter reads; themes and regions are the directory's, which loaders fetch first. */
export function useLabels(): { labelOf: LabelOf; regions: readonly string[] } {
  const { t } = useI18n();
  const text = useText();
  const { data: themes } = $api.useSuspenseQuery("get", "/api/v1/themes");
  const { data: regions } = $api.useSuspenseQuery("get", "/api/v1/regions");
  const labels: Record<Filter, Readonly<Record<string, string>>> = {
    status: t.codes.callState,
    theme: Object.fromEntries(themes.items.map(({ slug, label }) => [slug, text(label)])),
    applicant: t.codes.applicant,
    kind: t.codes.callKind,
    aid: t.codes.aid,
    stage: t.codes.stage,
    region: {
      [NATIONWIDE]: t.funding.nationwide,
      ...Object.fromEntries(regions.items.map(({ code, name }) => [code, name])),
    },
    edition: t.funding.editions,
  };
  return {
    labelOf: (filter, value) => labels[filter][value] ?? value,
    regions: regions.items.map(({ code }) => code),
  };
}
