/** Times as options: they are read as those of filters are. */
import type { FilterOptions } from "../../compiler/compile.js";
import { readInstantText } from "../../compiler/resolve/instant.js";
import { dateToMicros, microsToDate } from "../../compiler/values/time.js";
import { UsageError } from "./errors.js";

/**
 * An instant as in a filter: `2024-05-01`, `2024-05-01T08:00+02:00`, `now-7d/d`, `yesterday`.
 *
 * @throws UsageError when it is none
 */
export function instantOption(name: string, text: string, now: Date, { timeZone }: FilterOptions): Date {
  const read = readInstantText(text, { now: dateToMicros(now), timeZone });
  if (read.kind === "instant") return microsToDate(read.micros);
  throw new UsageError(`${name} is a time such as 2024-05-01 or now-7d/d: ${read.message}`);
}
