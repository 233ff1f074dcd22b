/** A time that is alone, such as an option or an argument: read as the values of filters are, and never as a part of a filter. */
import { reporter } from "../../grammar/report.js";
import { readTime } from "../../grammar/time-text.js";
import { checkTimeZone } from "../filter-option-error.js";
import { readTimeLiteral } from "../values/time-literal.js";
import type { Micros } from "../values/civil.js";
import { evaluateRelativeTime } from "../values/relative-time.js";
import { readRelativeTime } from "./times.js";

/** What a time is read with. */
export interface InstantReading {
  /** The reading of the clock for relative times. */
  readonly now: Micros;
  /** IANA zone or offset for times without offset and for calendar units; UTC when absent. */
  readonly timeZone?: string | undefined;
}

/** The instant, in microseconds since 1970-01-01T00:00:00Z, or why the text names none. */
export type InstantText =
  | { readonly kind: "instant"; readonly micros: Micros }
  | { readonly kind: "problem"; readonly message: string };

/**
 * Reads `2024-05-01`, `2024-05-01T08:00+02:00`, `now-7d/d` or `yesterday`; a text that names a whole unit means its start.
 *
 * @throws FilterOptionError when there is no such zone
 */
export function readInstantText(text: string, { now, timeZone = "UTC" }: InstantReading): InstantText {
  checkTimeZone(timeZone);
  const written = text.trim();
  const relative = readTime(written, 0);
  if (relative !== null) {
    const { report, diagnostics } = reporter(written);
    const expression = readRelativeTime(relative, { timeZone, text: written, report });
    if (expression !== null)
      return { kind: "instant", micros: evaluateRelativeTime(expression, now, "start") };
    return { kind: "problem", message: diagnostics[0]?.message ?? `${written} is no time` };
  }
  const read = readTimeLiteral(written, timeZone);
  return read.kind === "value"
    ? { kind: "instant", micros: read.value.start }
    : { kind: "problem", message: read.problem.message };
}
