/**
 * Holds the walls of the front: `routes` → rooms → `ui` → `api`, `i18n`; rooms blind to each other; the generated client
 * touched by `api` and `mocks` only; no cycles. Fails when it has read nothing: a checker that sees no module approves.
 */
import { cruise } from "dependency-cruiser";

const ROOMS = [
  "funding",
  "tour",
  "find",
  "voice",
  "developers",
  "directory",
  "identity",
  "site",
  "alerts",
  "checkin",
];
const SRC = "^frontend/src";
const room = `${SRC}/(${ROOMS.join("|")})/`;

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
const forbidden = [
  { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
  {
    name: "no-unresolved",
    severity: "error",
    from: {},
    to: { couldNotResolve: true, pathNot: "\\.woff2$" },
  },
  {
    name: "rooms-are-blind",
    severity: "error",
    from: { path: room },
    to: { path: room, pathNot: `${SRC}/$1/` },
  },
  {
    name: "rooms-know-no-page",
    severity: "error",
    from: { path: room },
    to: { path: `${SRC}/(routes/|main|mocks/)` },
  },
  {
    name: "ui-knows-no-room",
    severity: "error",
    from: { path: `${SRC}/ui/` },
    to: { path: `${SRC}/(?!ui/|i18n/|api/(problem|schemas))` },
  },
  {
    name: "api-is-a-floor",
    severity: "error",
    from: { path: `${SRC}/api/` },
    to: { path: `${SRC}/(?!api/)` },
  },
  {
    name: "i18n-is-a-floor",
    severity: "error",
    from: { path: `${SRC}/i18n/` },
    to: { path: `${SRC}/(?!i18n/)` },
  },
  {
    name: "generated-stays-inside",
    severity: "error",
    from: { pathNot: `${SRC}/(api|mocks)/` },
    to: { path: `${SRC}/api/generated/` },
  },
  {
    name: "mocks-stay-out",
    severity: "error",
    from: { pathNot: `${SRC}/mocks/|\\.test\\.tsx?$` },
    to: { path: `${SRC}/mocks/` },
  },
];

const { output } = await cruise(
  ["frontend/src"],
  {
    ruleSet: { forbidden },
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
  },
  {
    exportsFields: ["exports"],
    conditionNames: ["import", "default"],
    extensions: [".ts", ".tsx", ".js", ".json", ".css"],
  },
);
if (typeof output === "string") {
  throw new TypeError("dependency-cruiser answered text where modules were asked for");
}
const read = (/** @type {string} */ folder) =>
  output.modules.filter(
    ({ source, dependencies }) =>
      source.startsWith(`frontend/src/${folder}/`) && dependencies.length > 0,
  ).length;
const unread = ["routes", "ui", "i18n", "api"].filter((folder) => read(folder) === 0);
for (const { rule, from, to } of output.summary.violations) {
  console.error(`${rule.name}: ${from} → ${to}`);
}
if (unread.length > 0) {
  console.error(`walls: read no module in ${unread.join(", ")}; nothing is proved`);
}
console.log(
  `walls: ${output.summary.totalCruised} modules, ${output.summary.totalDependenciesCruised} imports`,
);
process.exitCode = output.summary.violations.length + unread.length > 0 ? 1 : 0;
