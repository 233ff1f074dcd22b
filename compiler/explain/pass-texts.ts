/** How the passes simplify a filter, as text. */
import { analyseFilter, type FilterOptions } from "../compile.js";
import { passSteps } from "../passes/index.js";
import { conditionText } from "./condition-text.js";

/** A condition after a pass. */
export interface PassText {
  /** Name of the pass; `as written` before the first. */
  readonly name: string;
  /** The condition, a line each node, indented by depth. */
  readonly tree: string;
}

/** The condition before the first pass and after each one that changes it; none for a filter with a mistake. */
export function passTexts(text: string, options: FilterOptions = {}): readonly PassText[] {
  const { written } = analyseFilter(text, options);
  if (written === null) return [];
  return [{ name: "as written", condition: written }, ...passSteps(written)]
    .map(({ name, condition }) => ({ name, tree: conditionText(condition) }))
    .filter(({ tree }, position, all) => tree !== all[position - 1]?.tree);
}
