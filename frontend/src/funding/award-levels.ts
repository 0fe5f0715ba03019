/** How a map of awards is coloured: five steps, as many regions in each as their figures allow. */
import type { Schema } from "#api/schemas.ts";

type Facet = Schema<"AwardFacet">;

export type Measure = "count" | "amount_cents";

/** A step of the colours, and the figures between which it lies. */
export type Level = { level: number; least: number; most: number };

const STEPS = 5;

/** The step of each region that has something to show, by its code. Equal figures have one colour. */
export function levelsOf(regions: readonly Facet[], measure: Measure): Map<string, number> {
  const figures = regions.flatMap(({ value, [measure]: figure }) =>
    value === null || figure === 0 ? [] : [{ value, figure }],
  );
  return new Map(
    figures.map(({ value, figure }) => {
      const below = figures.filter((other) => other.figure < figure).length;
      return [value, 1 + Math.floor((STEPS * below) / figures.length)];
    }),
  );
}

/** The steps that are there, from pale to full, with the least and the most of each. */
export function legendOf(regions: readonly Facet[], measure: Measure): Level[] {
  const levels = levelsOf(regions, measure);
  return [1, 2, 3, 4, 5].flatMap((level) => {
    const figures = regions
      .filter(({ value }) => value !== null && levels.get(value) === level)
      .map(({ [measure]: figure }) => figure);
    return figures.length === 0
      ? []
      : [{ level, least: Math.min(...figures), most: Math.max(...figures) }];
  });
}
