import { type ReactNode, useState } from "react";
import { useI18n } from "#i18n/context.tsx";
import { type Contract, follow, nameOf, type Shape } from "./contract.ts";
import css from "./developers.module.css";
import { Line } from "./prose.tsx";
import { written } from "./request.ts";

/** Defaults that say no more than "none". */
const NOTHING: ReadonlySet<string | undefined> = new Set([undefined, "null", '""', "[]"]);

/** What a value is, in the words of the contract: `list of CallHit`, `string (date) or null`. */
function typeOf(shape: Shape): string {
  const name = nameOf(shape);
  if (name !== undefined) {
    return name;
  }
  const options = shape.anyOf ?? shape.oneOf;
  if (options !== undefined) {
    return options.map(typeOf).join(" or ");
  }
  if (shape.type === "array") {
    return `list of ${typeOf(shape.items ?? {})}`;
  }
  if (typeof shape.additionalProperties === "object") {
    return `map of ${typeOf(shape.additionalProperties)}`;
  }
  const format = shape.format === undefined || shape.format === "int64" ? "" : ` (${shape.format})`;
  return `${shape.type ?? "any"}${format}`;
}

/** The shapes with fields or values that a value may be of, through lists and options. */
function partsOf(shape: Shape): Shape[] {
  if (shape.$ref !== undefined) {
    return [shape];
  }
  const inside = [shape.items, shape.additionalProperties, ...(shape.anyOf ?? shape.oneOf ?? [])];
  return inside.flatMap((part) => (typeof part === "object" ? partsOf(part) : []));
}

/** What bounds a value, in short: `1 to 300 characters`. */
function boundsOf(shape: Shape): string[] {
  const said: string[] = [];
  const between = (least: number | undefined, most: number | undefined, what: string) => {
    if (most !== undefined) {
      said.push(`${least === undefined ? "up to" : `${least} to`} ${most}${what}`);
    } else if (least !== undefined && least > 0) {
      said.push(`at least ${least}${what}`);
    }
  };
  between(shape.minimum, shape.maximum, "");
  between(shape.minLength, shape.maxLength, " characters");
  between(shape.minItems, shape.maxItems, " items");
  if (!NOTHING.has(JSON.stringify(shape.default))) {
    said.push(`default ${written(shape.default)}`);
  }
  return said;
}

/**
 * The fields of a shape, each with what it is; the shapes of fields are drawn when they are opened. In a body some are
 * `asked` for; in an answer none is ever missing.
 */
export function ShapeFields({
  contract,
  shape,
  asked = false,
}: {
  contract: Contract;
  shape: Shape;
  asked?: boolean;
}) {
  const { t } = useI18n();
  const whole = follow(contract, shape);
  if (whole.enum !== undefined) {
    return (
      <p className={css.values} lang="en">
        {whole.enum.map((value) => (
          <code key={String(value)}>{String(value)}</code>
        ))}
      </p>
    );
  }
  if (whole.properties === undefined) {
    return partsOf(whole).map((part) => (
      <Folded key={part.$ref} contract={contract} shape={part} asked={asked} />
    ));
  }
  return (
    <dl className={css.fields}>
      {Object.entries(whole.properties).map(([name, field]) => (
        <div key={name}>
          <dt>
            <code>{name}</code>{" "}
            {asked && whole.required?.includes(name) === true && (
              <span className="small soft">{t.developers.required}</span>
            )}
          </dt>
          <dd>
            <Value shape={field} />
            {partsOf(field).map((part) => (
              <Folded key={part.$ref} contract={contract} shape={part} asked={asked} />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** One value: its type, its bounds, what it is for. */
export function Value({ shape, description }: { shape: Shape; description?: string | undefined }) {
  const prose = description ?? shape.description;
  return (
    <p lang="en">
      <span className={css.type}>{[typeOf(shape), ...boundsOf(shape)].join(" · ")}</span>
      {prose !== undefined && (
        <>
          <br />
          <Line of={prose} />
        </>
      )}
    </p>
  );
}

function Folded({
  contract,
  shape,
  asked,
}: {
  contract: Contract;
  shape: Shape;
  asked: boolean;
}): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <details className={css.folded} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <code>{nameOf(shape)}</code>
      </summary>
      {open && <ShapeFields contract={contract} shape={shape} asked={asked} />}
    </details>
  );
}
