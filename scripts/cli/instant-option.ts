/** Times as options: they are read as those of filters are. */
import { compileFilter, type FilterOptions } from "../../compiler/compile.js";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { timeBounds } from "../../compiler/time-bounds.js";
import { dateToMicros, microsToDate } from "../../compiler/values/time.js";
import { UsageError } from "./errors.js";
import { timeField } from "./time-field.js";

/**
 * An instant as in a filter: `2024-05-01`, `2024-05-01T08:00+02:00`, `now-7d/d`, `yesterday`.
 *
 * @throws FilterError, UsageError when it is none
 */
export function instantOption(name: string, text: string, now: Date, options: FilterOptions): Date {
  const field = timeField(options.catalogue ?? IDEA_CATALOGUE);
  const { condition } = compileFilter(`${field} >= ${text}`, options);
  const { from } = timeBounds(condition, field, { args: {}, now: dateToMicros(now) });
  if (from === null) throw new UsageError(`${name} is a time such as 2024-05-01 or now-7d/d, not "${text}"`);
  return microsToDate(from);
}
