import { type ReactNode, useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import { FranceMap, REGIONS, type Told } from "#ui/france-map.tsx";
import type { RouteState } from "#ui/route-line.tsx";
import css from "./region-map.module.css";

/** A stop to draw: its rank on the tour, its region (INSEE), its name, and what the list says of it. */
export type MapStop = {
  id: string;
  rank: number;
  region: string;
  title: string;
  state: RouteState;
  card: ReactNode;
};

const RADIUS = 17;

/** Where each stop is drawn: on its region, side by side when it has several. */
function place(stops: readonly MapStop[]) {
  return stops.flatMap((stop) => {
    const region = REGIONS.find(({ code }) => code === stop.region);
    if (region === undefined) {
      return [];
    }
    const together = stops.filter((other) => other.region === stop.region);
    const shift = (together.indexOf(stop) - (together.length - 1) / 2) * RADIUS * 2.2;
    const [x = 0, y = 0] = region.center;
    return [{ stop, overseas: region.overseas, x: x + shift, y }];
  });
}

/**
 * The tour on the map of France, overseas regions in their insets, and the same stops as a list. Pressing a region, on
 * the map or by keyboard, keeps its stops in the list; what is pointed at on one side is lit on the other. The list alone
 * says everything.
 */
export function RegionMap({
  stops,
  selected,
  onSelect,
}: {
  stops: readonly MapStop[];
  selected: string | null;
  onSelect: (region: string | null) => void;
}) {
  const { t } = useI18n();
  const [lit, setLit] = useState<readonly string[]>([]);
  const placed = place(stops);
  const listed = stops.filter(({ region }) => selected === null || region === selected);
  const told = new Map(
    stops.map(({ region }): [string, Told] => {
      const there = stops.filter((stop) => stop.region === region);
      return [
        region,
        {
          label: there.map(({ title }) => title).join(", "),
          isLit: there.some(({ id }) => lit.includes(id)),
          onPoint: (isPointed) => setLit(isPointed ? there.map(({ id }) => id) : []),
        },
      ];
    }),
  );
  const road = placed.filter(({ overseas }) => !overseas).map(({ x, y }) => `${x},${y}`);
  return (
    <div className={css.frame}>
      <FranceMap
        label={t.tour.map.label}
        hint={t.tour.map.hint}
        told={told}
        pressed={selected === null ? [] : [selected]}
        onPress={(region) => onSelect(region === selected ? null : region)}
      >
        <polyline className={css.road} points={road.join(" ")} />
        {placed.map(({ stop, x, y }) => (
          <g
            key={stop.id}
            className={css.dot}
            data-state={stop.state}
            data-lit={lit.includes(stop.id)}
            aria-hidden="true"
          >
            <circle cx={x} cy={y} r={RADIUS} />
            <text x={x} y={y}>
              {stop.rank}
            </text>
          </g>
        ))}
      </FranceMap>
      <div className={css.list}>
        {selected !== null && (
          <p className="row" role="status">
            <b>{REGIONS.find(({ code }) => code === selected)?.name}</b>
            <Button look="plain" onClick={() => onSelect(null)}>
              {t.tour.map.everywhere}
            </Button>
          </p>
        )}
        <ol className={css.stops}>
          {listed.map(({ id, rank, state, card }) => (
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it only lights the map, which says nothing more
            <li
              key={id}
              value={rank}
              data-state={state}
              data-lit={lit.includes(id)}
              onPointerEnter={() => setLit([id])}
              onPointerLeave={() => setLit([])}
              onFocus={() => setLit([id])}
              onBlur={() => setLit([])}
            >
              <span className={css.rank} aria-hidden="true">
                {rank}
              </span>
              <div>{card}</div>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
