/** The filter that is asked: what the person wrote, the time that is looked at, and what the person is restricted to. */
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import type { FilterOptions } from "../../../compiler/compile.js";
import { andFilters, composeFilter, type FilterPart } from "../../../compiler/compose.js";
import { readInstantText } from "../../../compiler/resolve/instant.js";
import { dateToMicros, formatMicros, type Micros } from "../../../compiler/values/time.js";
import { rolesOf } from "./catalogue-roles.js";
import type { Question } from "./data.js";

/** A parameter of a request that makes no sense: what, and what to write instead. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";
  readonly code = "argument_invalid";
}

/** The field by whose times events are ordered and bounded. */
function timeFieldOf({ catalogue = IDEA_CATALOGUE }: FilterOptions): string {
  return rolesOf(catalogue).time;
}

/**
 * The instant that a text names as in a filter: `2024-05-01`, `2024-05-01T08:00+02:00`, `now-7d/d`.
 *
 * @throws ParameterError when it names none
 */
export function readTimeText(name: string, text: string, now: Date, options: FilterOptions): Micros {
  const refuse = (): ParameterError =>
    new ParameterError(
      `${name} is a time such as 2024-05-01T08:00:00Z or now-24h, not ${JSON.stringify(text)}`,
    );
  const read = readInstantText(text, { now: dateToMicros(now), timeZone: options.timeZone });
  if (read.kind === "instant") return read.micros;
  throw refuse();
}

/** A half-open range `[from, to)`; null is open. */
export interface InstantRange {
  readonly from: Micros | null;
  readonly to: Micros | null;
}

/** The condition that a time lies in the range; null where any does. */
export function rangeFilter({ from, to }: InstantRange, options: FilterOptions): string | null {
  const field = timeFieldOf(options);
  const bounds = [
    from === null ? [] : [`${field} >= ${formatMicros(from)}`],
    to === null ? [] : [`${field} < ${formatMicros(to)}`],
  ].flat();
  return bounds.length === 0 ? null : bounds.join(" and ");
}

/**
 * The question about the events that meet every part. Each part is compiled by itself, so that none can reach beyond its end: `true) or (true` is refused
 * although it would fit between parentheses.
 *
 * @throws FilterError for one that does not compile, with its own places
 */
export function askFor(
  parts: readonly FilterPart[],
  args: Readonly<Record<string, unknown>>,
  options: FilterOptions,
): Question {
  const { compiled, args: all } = composeFilter(andFilters(...parts), args, options);
  return { filter: compiled, args: all };
}
