/** The `filter` and `args` of an operation, compiled and bound to one reading of the clock. */
import {
  compileFilter,
  FilterOptionError,
  type CompiledFilter,
  type FilterOptions,
} from "../../compiler/compile.js";
import { timeBounds, type TimeBounds } from "../../compiler/time-bounds.js";
import { ArgumentError } from "../codecs/arguments.js";
import { dateToMicros } from "../codecs/time.js";
import { DataError } from "../errors.js";
import type { FilterSlot } from "../statement.js";
import type { FilterArgument } from "./types.js";

/** A filter in the middle of an operation. */
export interface BoundFilter {
  readonly compiled: CompiledFilter;
  /** The condition is no condition: every event matches. */
  readonly matchesAll: boolean;
  readonly matchesNone: boolean;
  /** SQL with placeholders from `firstParameter`, and its values. */
  readonly slot: (firstParameter: number) => FilterSlot;
  /** Bounds of the catalogue's time field outside of which nothing matches. */
  readonly bounds: (field: string) => TimeBounds;
}

/**
 * Compiles and binds a filter.
 *
 * @throws FilterError when the text does not compile
 * @throws DataError when an argument is missing or of the wrong type, or the filter was compiled for another catalogue
 */
export function bindFilter({ filter, args = {} }: FilterArgument, options: FilterOptions): BoundFilter {
  const compiled = compileArgument(filter, options);
  const now = new Date();
  const { condition } = compiled;
  return {
    compiled,
    matchesAll: condition.kind === "constant" && condition.value,
    matchesNone: condition.kind === "constant" && !condition.value,
    slot: (firstParameter) => checked(() => compiled.sql(args, { firstParameter, now })),
    bounds: (field) => checked(() => timeBounds(condition, field, { args, now: dateToMicros(now) })),
  };
}

function compileArgument(filter: FilterArgument["filter"], options: FilterOptions): CompiledFilter {
  if (typeof filter === "object") {
    if (filter.catalogue !== (options.catalogue ?? filter.catalogue))
      throw new DataError("the filter was compiled for another catalogue than this store has", {
        operation: "compileFilter",
      });
    return filter;
  }
  return checked(() => compileFilter(filter ?? "", options));
}

/** Wrong arguments and options are wrong data of the caller. */
function checked<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ArgumentError || error instanceof FilterOptionError)
      throw new DataError(error.message, { operation: "compileFilter", cause: error });
    throw error;
  }
}
