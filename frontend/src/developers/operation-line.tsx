import { Link } from "@tanstack/react-router";
import type { Operation } from "./contract.ts";
import css from "./developers.module.css";
import { PolicyPill } from "./policy.tsx";

/** An operation in a list. */
export function OperationLine({
  operation: { id, summary, method, path, allowed },
}: {
  operation: Operation;
}) {
  return (
    <li className={css.operation}>
      <div>
        <Link to="/developpeurs/$operation" params={{ operation: id }} lang="en">
          {summary}
        </Link>
        <Address method={method} path={path} />
      </div>
      <PolicyPill allowed={allowed} />
    </li>
  );
}

/** The method and the path, which may break at its slashes. */
export function Address({ method, path }: { method: string; path: string }) {
  return (
    <p className={css.address} translate="no">
      <b>{method}</b> <code>{path}</code>
    </p>
  );
}
