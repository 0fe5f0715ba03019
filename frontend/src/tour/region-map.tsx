import { type ReactNode, useId, useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import { Button } from "#ui/button.tsx";
import type { RouteState } from "#ui/route-line.tsx";
import css from "./region-map.module.css";
import atlas from "./regions.json";

/** A stop to draw: its rank on the tour, its region (INSEE), its name, and what the list says of it. */
export type MapStop = {
  id: string;
  rank: number;
  region: string;
  title: string;
  state: RouteState;
  card: ReactNode;
};

type Region = (typeof atlas.regions)[number];

const RADIUS = 17;

/** Where each stop is drawn: on its region, side by side when it has several. */
function place(stops: readonly MapStop[]) {
  return stops.flatMap((stop) => {
    const region = atlas.regions.find(({ code }) => code === stop.region);
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
  const hint = useId();
  const [lit, setLit] = useState<readonly string[]>([]);
  const placed = place(stops);
  const listed = stops.filter(({ region }) => selected === null || region === selected);
  const road = placed.filter(({ overseas }) => !overseas).map(({ x, y }) => `${x},${y}`);
  return (
    <div className={css.frame}>
      <div>
        <svg
          viewBox={atlas.viewBox.join(" ")}
          className={css.map}
          role="group"
          aria-label={t.tour.map.label}
          aria-describedby={hint}
        >
          {atlas.insets.map(([[left = 0, top = 0] = [], [right = 0, bottom = 0] = []]) => (
            <rect
              key={top}
              className={css.inset}
              x={left - 8}
              y={top - 8}
              width={right - left + 16}
              height={bottom - top + 16}
              rx="8"
            />
          ))}
          {atlas.regions.map((region) => (
            <RegionShape
              key={region.code}
              region={region}
              stops={stops.filter((stop) => stop.region === region.code)}
              lit={stops.some(({ id, region: code }) => code === region.code && lit.includes(id))}
              pressed={region.code === selected}
              onPress={() => onSelect(region.code === selected ? null : region.code)}
              onPoint={setLit}
            />
          ))}
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
        </svg>
        <p id={hint} className="soft small">
          {t.tour.map.hint}
        </p>
      </div>
      <div className={css.list}>
        {selected !== null && (
          <p className="row" role="status">
            <b>{atlas.regions.find(({ code }) => code === selected)?.name}</b>
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

/** A region. Only one that has stops can be pressed: the others have nothing to tell. */
function RegionShape({
  region,
  stops,
  lit,
  pressed,
  onPress,
  onPoint,
}: {
  region: Region;
  stops: readonly MapStop[];
  lit: boolean;
  pressed: boolean;
  onPress: () => void;
  onPoint: (stops: readonly string[]) => void;
}) {
  const point = () => onPoint(stops.map(({ id }) => id));
  const leave = () => onPoint([]);
  const scale = `scale(${atlas.scale})`;
  if (stops.length === 0) {
    return <path className={css.region} d={region.path} transform={scale} aria-hidden="true" />;
  }
  return (
    <path
      className={css.region}
      d={region.path}
      transform={scale}
      role="button"
      tabIndex={0}
      aria-pressed={pressed}
      data-lit={lit}
      aria-label={`${region.name} : ${stops.map(({ title }) => title).join(", ")}`}
      onPointerEnter={point}
      onPointerLeave={leave}
      onFocus={point}
      onBlur={leave}
      onClick={onPress}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          onPress();
        }
      }}
    />
  );
}
