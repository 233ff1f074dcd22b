/** The `filter` and `args` of an operation, compiled and bound to one reading of the clock. */
import { isSpread } from "../../compiler/catalogue/spread.js";
import type { CompiledFilter, FilterOptions } from "../../compiler/compile.js";
import { compileSimple, composeFilter, isComposed, type BoundComposition } from "../../compiler/compose.js";
import { children } from "../../compiler/condition-parts.js";
import { isEverything } from "../../compiler/everything/is-everything.js";
import { FilterOptionError } from "../../compiler/filter-option-error.js";
import { lowerCondition } from "../../compiler/lower/condition.js";
import { lowerForRows, lowerForStore } from "../../compiler/lower/for-store.js";
import { render, type Fragment } from "../../compiler/sql/fragment.js";
import { timeBounds, withoutBounds, type TimeBounds } from "../../compiler/time-bounds.js";
import type { Condition } from "../../compiler/tree.js";
import { ArgumentError } from "../../compiler/values/arguments.js";
import { bind } from "../../compiler/values/binding.js";
import { dateToMicros } from "../../compiler/values/time.js";
import { argumentError } from "../../compiler/values/errors.js";
import type { FilterSlot } from "../postgres/statement.js";
import type { KnownPartitions } from "./search/days.js";
import type { FilterArgument } from "./types/events.js";

/** A filter in the middle of an operation. */
export interface BoundFilter {
  readonly compiled: CompiledFilter;
  /** Values of its `$parameters`, as given. */
  readonly args: NonNullable<FilterArgument["args"]>;
  /** The condition is no condition: every event matches. */
  readonly matchesAll: boolean;
  readonly matchesNone: boolean;
  /** No event of the catalogue can fail to match, whatever the filter says: `id exists`. */
  readonly matchesEverything: () => boolean;
  /** SQL with placeholders from `firstParameter`, and its values. */
  readonly slot: (firstParameter: number) => FilterSlot;
  /**
   * The same for rows that are looked at one by one: without what only helps an index, and the cheap tests first; null where it is no
   * other text.
   */
  readonly slotOfRows: () => BoundFilter["slot"] | null;
  /** The same for events that are known to lie within the bounds of the catalogue's time field; null where it is no other condition. */
  readonly slotWithin: (field: string) => BoundFilter["slot"] | null;
  /**
   * The same for a row that has these fields alone, of an event that is known to lie within the bounds of the time field; null where the condition
   * asks for more.
   */
  readonly slotOfFields: (fields: ReadonlySet<string>, time: string) => BoundFilter["slot"] | null;
  /** Bounds of the catalogue's time field outside of which nothing matches. */
  readonly bounds: (field: string) => TimeBounds;
}

/** What a filter has to know of the store that is asked. */
export interface FilterContext {
  readonly filterOptions: FilterOptions;
  readonly partitions: Pick<KnownPartitions, "crowded">;
}

/**
 * Compiles and binds a filter. Its texts ask the lists of values of those fields that are not crowded at the moment.
 *
 * @throws FilterError when the text does not compile
 * @throws DataError when an argument is missing or of the wrong type, or the filter was compiled for another catalogue
 */
export function bindFilter(argument: FilterArgument, context: FilterContext): BoundFilter {
  const { compiled: given, args } = compileArgument(argument, context.filterOptions);
  const compiled = inLayout(given, context.filterOptions.catalogue);
  const now = new Date();
  const { crowded } = context.partitions;
  const { condition } = compiled;
  const execution = { args, now: dateToMicros(now) };
  const slotOf =
    (fragment: Fragment): BoundFilter["slot"] =>
    (firstParameter) => {
      const { text, bindings } = rendered(fragment, firstParameter);
      return { text, values: checked(() => bindings.map((binding) => bind(binding, execution))) };
    };
  return {
    compiled,
    args,
    matchesAll: condition.kind === "constant" && condition.value,
    matchesNone: condition.kind === "constant" && !condition.value,
    matchesEverything: () => checked(() => isEverything(condition, compiled.catalogue, execution)),
    slot: (firstParameter) => slotOf(lowerForStore(compiled, crowded()))(firstParameter),
    slotOfRows: () => {
      const fragment = lowerForRows(compiled, crowded());
      return fragment === null ? null : slotOf(fragment);
    },
    slotWithin: (field) => {
      const fragment = lowerWithin(compiled, field, crowded());
      return fragment === null ? null : slotOf(fragment);
    },
    slotOfFields: (fields, time) => {
      const rest = withoutBounds(condition, time);
      return asksOnly(rest, fields)
        ? slotOf(lowerCondition(rest, compiled.catalogue, { prefilters: "none" }))
        : null;
    },
    bounds: (field) => checked(() => timeBounds(condition, field, execution)),
  };
}

type Rendered = Pick<ReturnType<typeof render>, "text" | "bindings">;

/** What was printed: a search prints the same fragments each time. */
const printed = new WeakMap<Fragment, Map<number, Rendered>>();

function rendered(fragment: Fragment, firstParameter: number): Rendered {
  const known = printed.get(fragment) ?? new Map<number, Rendered>();
  printed.set(fragment, known);
  const found = known.get(firstParameter) ?? render(fragment, firstParameter);
  known.set(firstParameter, found);
  return found;
}

/** What is left of the filters where the bounds of their time are known to hold. */
const within = new WeakMap<
  CompiledFilter,
  { readonly key: string; readonly fragment: Fragment | null; readonly crowded: ReadonlySet<string> }
>();

function lowerWithin(compiled: CompiledFilter, field: string, crowded: ReadonlySet<string>): Fragment | null {
  const known = within.get(compiled);
  if (known?.key === field && known.crowded === crowded) return known.fragment;
  const { condition, catalogue } = compiled;
  const rest = withoutBounds(condition, field);
  const fragment =
    rest === condition ? null : lowerCondition(rest, catalogue, { prefilters: "store", crowded });
  within.set(compiled, { key: field, fragment, crowded });
  return fragment;
}

const spreadFilters = new WeakMap<CompiledFilter, CompiledFilter>();

/** The filter for the layout of a catalogue, which may be that of another catalogue of the same content. */
function inLayout(
  compiled: CompiledFilter,
  catalogue: CompiledFilter["catalogue"] | undefined,
): CompiledFilter {
  if (catalogue === undefined || !isSpread(catalogue) || compiled.catalogue === catalogue) return compiled;
  const found = spreadFilters.get(compiled) ?? { ...compiled, catalogue };
  spreadFilters.set(compiled, found);
  return found;
}

/** Whether the condition can be told from the values of these fields. */
function asksOnly(condition: Condition, fields: ReadonlySet<string>): boolean {
  if (condition.kind === "has") return false;
  if (condition.kind === "atom") return condition.fields.every(({ name }) => fields.has(name));
  return children(condition).every((child) => asksOnly(child, fields));
}

function compileArgument(
  { filter = "", args = {} }: FilterArgument,
  options: FilterOptions,
): BoundComposition {
  return checked(() =>
    isComposed(filter)
      ? composeFilter(filter, readArgs(args), options)
      : { compiled: compileSimple(filter, options), args: readArgs(args) },
  );
}

/** The values as they are now, whatever they are computed from. @throws DataError where reading one throws */
export function readArgs(args: NonNullable<FilterArgument["args"]>): NonNullable<FilterArgument["args"]> {
  try {
    return { ...args };
  } catch (error) {
    const reason = error instanceof Error ? error.message : "they throw";
    throw argumentError("compileFilter", `the arguments can't be read: ${reason}`, error);
  }
}

/** Wrong arguments and options are wrong data of the caller. */
export function checked<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ArgumentError || error instanceof FilterOptionError)
      throw argumentError("compileFilter", error.message, error);
    throw error;
  }
}
