/** Values of the `$parameters` of a filter, given as text: on a command line, in an address, in a box of the page. */
import type { FieldType } from "../../compiler/catalogue/model.js";
import type { CompiledFilter } from "../../compiler/compile.js";
import { durationMicros, readDurationLiteral } from "../../compiler/literals/duration.js";
import { readFloatLiteral, readIntegerLiteral } from "../../compiler/literals/number.js";
import { weekdayOf } from "../../compiler/values/weekday.js";
import { didYouMean, nearest } from "../../compiler/values/suggest.js";
import { UsageError } from "./errors.js";

/** Names separated by commas. */
export function nameList(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/**
 * The arguments of a filter from `NAME=VALUE` texts, read by the types that the filter infers for its parameters; of a parameter
 * that takes a list, values are separated by commas or given one at a time.
 *
 * @throws UsageError for a text without `=`, a name that the filter has not, a second value where one is due, and one that is not of its type
 */
export function filterArguments(texts: readonly string[], filter: CompiledFilter): Record<string, unknown> {
  const args: Record<string, unknown> = {};
  for (const text of texts) {
    const [, name = "", value = ""] = /^\$?([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
    if (name === "") throw new UsageError(`--param takes NAME=VALUE, not "${text}"`);
    const use = filter.parameterUses.find((one) => one.name === name);
    if (use === undefined) {
      const suggestion = didYouMean(
        nearest(
          `$${name}`,
          Object.keys(filter.parameters).map((known) => `$${known}`),
        ),
      );
      throw new UsageError(`the filter has no parameter $${name}`, suggestion || undefined);
    }
    const before = args[name];
    if (before !== undefined && !use.list)
      throw new UsageError(
        `$${name} is given twice; it takes one value`,
        `write it once, or in $${name} in the filter, which takes a list`,
      );
    args[name] = use.list
      ? [
          ...(Array.isArray(before) ? (before as readonly unknown[]) : []),
          ...nameList(value).map((part) => argumentValue(name, part, use.type)),
        ]
      : argumentValue(name, value, use.type);
  }
  return args;
}

/** A number as filters have it: with a unit of bytes, in percent, of an autonomous system, a day of the week. */
function numberValue(name: string, text: string, type: "integer" | "float"): unknown {
  if (type === "integer" && weekdayOf(text) !== undefined) return text;
  const plain = type === "integer" ? text.replace(/^AS(?=\d+$)/i, "") : text;
  const read = type === "integer" ? readIntegerLiteral(plain, LARGEST) : readFloatLiteral(plain);
  if (read?.kind === "value") return read.value;
  throw new UsageError(`$${name} is a number, not "${text}"`, read?.problem.message);
}

/** No number of a filter is greater: it is that of all addresses. */
const LARGEST = 2n ** 129n;

function argumentValue(name: string, text: string, type: FieldType): unknown {
  switch (type) {
    case "integer":
    case "float":
      return numberValue(name, text.trim(), type);
    case "boolean":
      if (text !== "true" && text !== "false")
        throw new UsageError(`$${name} is true or false, not "${text}"`);
      return text === "true";
    case "duration": {
      const read = readDurationLiteral(text);
      const micros = read.kind === "value" ? durationMicros(read.value) : null;
      // Months have no length of their own, but lead back from now.
      if (micros === null && /^(?:\d{1,9}(?:ms|mo|[smhdwy]))+$/.test(text)) return text;
      if (micros === null) throw new UsageError(`$${name} is a length of time such as 30s, not "${text}"`);
      return micros;
    }
    default:
      return text;
  }
}
