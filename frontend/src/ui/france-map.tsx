import { type ReactNode, useId } from "react";
import css from "./france-map.module.css";
import atlas from "./regions.json";

/** A region as it is drawn: its INSEE code, its name, whether it lies overseas, and the centre of its largest piece. */
export type Region = (typeof atlas.regions)[number];

/** The eighteen regions, as they are drawn. */
export const REGIONS: readonly Region[] = atlas.regions;

/** What is told of a region: in words, from 1 (palest) to 5 in colour (0: without a figure), and whether it is lit from elsewhere. */
export type Told = {
  label: string;
  level?: number;
  isLit?: boolean;
  onPoint?: (isPointed: boolean) => void;
};

/**
 * France and its overseas regions, in their insets. A region that something is `told` of is a button, for mouse, touch
 * and keyboard alike; the others have nothing to tell. What is drawn here, the page says in words beside it.
 */
export function FranceMap({
  label,
  hint,
  told,
  pressed,
  onPress,
  children,
}: {
  label: string;
  hint: ReactNode;
  told: ReadonlyMap<string, Told>;
  pressed: readonly string[];
  onPress: (code: string) => void;
  children?: ReactNode;
}) {
  const described = useId();
  return (
    <div>
      <svg
        viewBox={atlas.viewBox.join(" ")}
        className={css.map}
        role="group"
        aria-label={label}
        aria-describedby={described}
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
        {REGIONS.map((region) => (
          <Shape
            key={region.code}
            region={region}
            told={told.get(region.code)}
            pressed={pressed.includes(region.code)}
            onPress={() => onPress(region.code)}
          />
        ))}
        {children}
      </svg>
      <p id={described} className="soft small">
        {hint}
      </p>
    </div>
  );
}

function Shape({
  region,
  told,
  pressed,
  onPress,
}: {
  region: Region;
  told: Told | undefined;
  pressed: boolean;
  onPress: () => void;
}) {
  const scale = `scale(${atlas.scale})`;
  if (told === undefined) {
    return <path className={css.region} d={region.path} transform={scale} aria-hidden="true" />;
  }
  const { label, level, isLit = false, onPoint } = told;
  return (
    <path
      className={css.region}
      d={region.path}
      transform={scale}
      role="button"
      tabIndex={0}
      aria-pressed={pressed}
      aria-label={`${region.name} : ${label}`}
      data-level={level}
      data-lit={isLit}
      onPointerEnter={() => onPoint?.(true)}
      onPointerLeave={() => onPoint?.(false)}
      onFocus={() => onPoint?.(true)}
      onBlur={() => onPoint?.(false)}
      onClick={onPress}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          onPress();
        }
      }}
    >
      <title>{`${region.name} : ${label}`}</title>
    </path>
  );
}

/** The colour of a level in a legend; of no level, that of a region of which nothing is told. */
export function Swatch({ level }: { level?: number }) {
  return <span className={css.swatch} data-level={level} aria-hidden="true" />;
}
