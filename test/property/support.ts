/** What the pure properties share. */
import { FilterError } from "../../grammar/filter-error.js";
import { compileFilter, type CompiledFilter, type FilterOptions } from "../../compiler/compile.js";

/** How many times a property is tried: PROPERTY_RUNS times a hundredth of `runs`, all of them when absent. */
export function times(runs: number): number {
  return Math.max(1, Math.round((runs * Number(process.env["PROPERTY_RUNS"] ?? 100)) / 100));
}

/** The compiled filter, or null for a text with errors. */
export function tryCompile(text: string, options?: FilterOptions): CompiledFilter | null {
  try {
    return compileFilter(text, options);
  } catch (error) {
    if (error instanceof FilterError) return null;
    throw error;
  }
}
