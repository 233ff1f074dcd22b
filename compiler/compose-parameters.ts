/** Other names for the `$parameters` of a compiled filter, so that those of two parts of a composition don't meet. */
import { mapChildren } from "./condition-parts.js";
import type { ParameterUse } from "./resolve/context.js";
import type { AtomTest, Condition, NumberSet } from "./tree.js";

type Rename = (name: string) => string;

/** The condition with every run-time argument renamed. */
export function renameParameters(condition: Condition, rename: Rename): Condition {
  if (condition.kind === "atom")
    return { ...condition, test: renameSlots(condition.test, rename) as AtomTest };
  const renamed = mapChildren(condition, (child) => renameParameters(child, rename));
  return renamed.kind === "has" && renamed.count !== undefined
    ? { ...renamed, count: renameSlots(renamed.count, rename) as NumberSet }
    : renamed;
}

/** The uses under their new names. */
export function renameUses(uses: readonly ParameterUse[], rename: Rename): readonly ParameterUse[] {
  return uses.map((use) => ({ ...use, name: rename(use.name) }));
}

/** Tests are plain data in which a run-time argument is marked by its kind, wherever it is; what has none is kept as it is. */
function renameSlots(value: unknown, rename: Rename): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => renameSlots(item, rename));
    return items.some((item, position) => item !== value[position]) ? items : value;
  }
  if (isSlot(value)) return { ...value, name: rename(value.name) };
  const entries = Object.entries(value).map(([key, item]) => [key, renameSlots(item, rename), item] as const);
  if (entries.every(([, after, before]) => after === before)) return value;
  return Object.fromEntries(entries.map(([key, after]) => [key, after]));
}

function isSlot(value: object): value is { readonly kind: "slot"; readonly name: string } {
  return "kind" in value && value.kind === "slot";
}
