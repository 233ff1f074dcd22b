/**
 * From the values of a typed filter and its run-time arguments to what is sent to PostgreSQL.
 *
 * A binding is plain data: the compiler attaches one to each placeholder, a generated filter carries the same data, and this file, which
 * knows no parser, turns it into the text of the parameter.
 */
import { encodeArray, encodePlainArray } from "./array.js";
import type { WholeNumber } from "./exact-json.js";
import type { IpSet, NumberSet, NumberSlot, PatternSet, Slot, TimeBound, WordSet } from "./filter-values.js";
import {
  resolveAddresses,
  resolveBoolean,
  resolveMicros,
  resolveNumber,
  resolvePatterns,
  resolvePoints,
  resolveWords,
} from "./arguments.js";
import type { Execution } from "./execution.js";
import { formatIpRange } from "./ip-range.js";
import { queryTokens } from "./ip-tokens.js";
import { sparsePattern } from "./sparse-pattern.js";
import { escapeLike } from "./text.js";
import { formatMicros } from "./time.js";

/** The value of one placeholder. */
export type Binding =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean | Slot }
  | { readonly kind: "number"; readonly value: WholeNumber | NumberSlot }
  /** Array of numbers. */
  | { readonly kind: "points"; readonly points: NumberSet["points"] }
  /** Multirange of all points and ranges: int8multirange, or nummultirange. */
  | { readonly kind: "multirange"; readonly set: NumberSet }
  | { readonly kind: "words"; readonly set: WordSet; readonly fold: boolean }
  /** LIKE patterns for the words and what is below them in the hierarchy, each with a dot behind. */
  | { readonly kind: "under"; readonly set: WordSet; readonly fold: boolean }
  /** `sparse-pattern`: what an index of trigrams looks for, see {@link sparsePattern}. */
  | {
      readonly kind: "pattern" | "sparse-pattern" | "patterns";
      readonly set: PatternSet;
      readonly fold: boolean;
    }
  | { readonly kind: "instant" | "interval"; readonly bound: TimeBound }
  /** `merge`: the list means the union of its ranges. */
  | { readonly kind: "ips"; readonly set: IpSet; readonly merge: boolean }
  | { readonly kind: "ip-tokens"; readonly side: number; readonly set: IpSet; readonly merge: boolean };

/**
 * The parameter's text in PostgreSQL's input format.
 *
 * @throws ArgumentError when a run-time argument is missing or of the wrong type
 */
export function bind(binding: Binding, execution: Execution): string {
  switch (binding.kind) {
    case "text":
      return binding.value;
    case "boolean":
      return String(resolveBoolean(binding.value, execution.args));
    case "number":
      return String(resolveNumber(binding.value, execution.args));
    case "points":
      return encodePlainArray(resolvePoints(binding.points, execution.args));
    case "multirange":
      return multirange(binding.set, execution);
    case "words":
      return encodeArray(resolveWords(binding.set, binding.fold, execution.args));
    case "under":
      return encodeArray(
        resolveWords(binding.set, binding.fold, execution.args).map((word) => `${escapeLike(word)}.%`),
      );
    case "pattern":
      return resolvePatterns(binding.set, binding.fold, execution.args)[0] ?? "";
    case "sparse-pattern":
      return sparsePattern(resolvePatterns(binding.set, binding.fold, execution.args)[0] ?? "");
    case "patterns":
      return encodeArray(resolvePatterns(binding.set, binding.fold, execution.args));
    case "instant":
      return formatMicros(resolveMicros(binding.bound, execution));
    case "interval":
      return `${resolveMicros(binding.bound, execution)} microseconds`;
    case "ips":
      return encodeArray(resolveAddresses(binding.set, binding.merge, execution.args).map(formatIpRange));
    case "ip-tokens":
      return encodePlainArray(
        queryTokens(binding.side, resolveAddresses(binding.set, binding.merge, execution.args)),
      );
  }
}

function multirange(set: NumberSet, { args }: Execution): string {
  const points = resolvePoints(set.points, args).map((point) => `[${point},${point}]`);
  const ranges = set.ranges.map(({ low, high, lowInclusive, highInclusive }) => {
    const from = low === null ? null : resolveNumber(low, args);
    const to = high === null ? null : resolveNumber(high, args);
    // A range that ends before it starts holds nothing; PostgreSQL would refuse it.
    if (from !== null && to !== null && from > to) return "empty";
    return `${lowInclusive && low !== null ? "[" : "("}${from ?? ""},${to ?? ""}${highInclusive && high !== null ? "]" : ")"}`;
  });
  return `{${[...points, ...ranges].filter((range) => range !== "empty").join(",")}}`;
}
