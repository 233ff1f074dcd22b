/**
 * From the values of a typed filter and its run-time arguments to what is sent to PostgreSQL.
 *
 * A binding is plain data: the compiler attaches one to each placeholder, a generated filter carries the same data, and this file, which
 * knows no parser, turns it into the text of the parameter.
 */
import { encodeArray, encodePlainArray } from "./array.js";
import type { WholeNumber } from "./exact-json.js";
import type {
  IpSet,
  NumberSet,
  NumberSlot,
  PatternSet,
  RegexSlot,
  Slot,
  TimeBound,
  WordSet,
} from "./filter-values.js";
import {
  resolveAddresses,
  resolveBoolean,
  resolveMicros,
  resolveNumber,
  resolvePatterns,
  resolvePoints,
  resolveRegexes,
  resolveWords,
} from "./arguments.js";
import type { Execution } from "./execution.js";
import { addressBound, networks } from "./ip-bounds.js";
import { formatIpRange, mapped, withoutMapped, type IpRange } from "./ip-range.js";
import { queryTokens } from "./ip-tokens.js";
import { regexToPostgres } from "./regex.js";
import { asciiPattern, sparsePattern } from "./sparse-pattern.js";
import { escapeLike } from "./text.js";
import { formatMicros } from "./time.js";

/** The value of one placeholder. */
export type Binding =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean | Slot }
  /** A regular expression that is given at run time, or (`regexes`) a list of them, in the notation of PostgreSQL. */
  | { readonly kind: "regex" | "regexes"; readonly slot: RegexSlot }
  | { readonly kind: "number"; readonly value: WholeNumber | NumberSlot }
  /** Array of numbers. */
  | { readonly kind: "points"; readonly points: NumberSet["points"] }
  /** Multirange of all points and ranges: int8multirange, or nummultirange. */
  | { readonly kind: "multirange"; readonly set: NumberSet }
  /** `only`: those that a value of the type can be equal to; PostgreSQL refuses other texts, or reads them as another one. */
  | {
      readonly kind: "words";
      readonly set: WordSet;
      readonly fold: boolean;
      readonly only?: "uuid" | "character";
    }
  /** LIKE patterns for the words and what is below them in the hierarchy, each followed by a dot. */
  | { readonly kind: "under"; readonly set: WordSet; readonly fold: boolean }
  /**
   * `sparse-pattern`: what an index of trigrams looks for, see {@link sparsePattern}; `ascii-pattern`: the same for an index whose case folding
   * is that of the database's locale.
   */
  | {
      readonly kind: "pattern" | "sparse-pattern" | "ascii-pattern" | "patterns";
      readonly set: PatternSet;
      readonly fold: boolean;
    }
  | { readonly kind: "instant" | "interval"; readonly bound: TimeBound }
  /** `merge`: the list means the union of its ranges; `family`: those of it alone. */
  | AddressesBinding<"ips">
  /**
   * Networks for PostgreSQL's `inet`. `parts`: those that make up the ranges; `around`: for each range the smallest that holds it; `exact`:
   * the ranges that are networks.
   */
  | (AddressesBinding<"nets"> & { readonly form: "parts" | "around" | "exact" })
  /**
   * The least and the greatest value of a btree index that can lie within a range: an address, or for `inet` (`network`) a network below
   * which nothing sorts that lies within it. Such that nothing lies between them where there are no ranges.
   */
  | (AddressesBinding<"ip-bound"> & { readonly end: "first" | "last"; readonly network: boolean })
  | { readonly kind: "ip-tokens"; readonly side: number; readonly set: IpSet; readonly merge: boolean };

interface AddressesBinding<Kind extends string> {
  readonly kind: Kind;
  readonly set: IpSet;
  readonly merge: boolean;
  readonly family?: 4 | 6;
  readonly mapped?: MappedForms;
}

/**
 * Where a column may hold IPv4-mapped addresses (`::ffff:10.1.2.3`), which PostgreSQL takes for IPv6: `added`, the ranges and the mapped form of each
 * IPv4 one; `only`, the mapped forms; `apart`, as `added`, the IPv6 ranges without the addresses that stand for IPv4 ones.
 */
export type MappedForms = "added" | "only" | "apart";

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
    case "regex":
    case "regexes": {
      const texts = resolveRegexes(binding.slot, execution.args).map(regexToPostgres);
      return binding.kind === "regex" ? (texts[0] ?? "") : encodeArray(texts);
    }
    case "number":
      return String(resolveNumber(binding.value, execution.args));
    case "points":
      return encodePlainArray(resolvePoints(binding.points, execution.args));
    case "multirange":
      return multirange(binding.set, execution);
    case "words":
      return encodeArray(
        equalTexts(resolveWords(binding.set, binding.fold, execution.args), binding.only ?? null),
      );
    case "under":
      return encodeArray(
        resolveWords(binding.set, binding.fold, execution.args).map((word) => `${escapeLike(word)}.%`),
      );
    case "pattern":
      return resolvePatterns(binding.set, binding.fold, execution.args)[0] ?? "";
    case "sparse-pattern":
      return sparsePattern(resolvePatterns(binding.set, binding.fold, execution.args)[0] ?? "");
    case "ascii-pattern":
      return asciiPattern(sparsePattern(resolvePatterns(binding.set, binding.fold, execution.args)[0] ?? ""));
    case "patterns":
      return encodeArray(resolvePatterns(binding.set, binding.fold, execution.args));
    case "instant":
      return formatMicros(resolveMicros(binding.bound, execution));
    case "interval":
      return `${resolveMicros(binding.bound, execution)} microseconds`;
    case "ips":
      return encodeArray(addresses(binding, execution).map(formatIpRange));
    case "nets":
      return encodeArray(addresses(binding, execution).flatMap((range) => networks(range, binding.form)));
    case "ip-bound":
      return addressBound(addresses(binding, execution), binding);
    case "ip-tokens":
      return encodePlainArray(
        queryTokens(binding.side, resolveAddresses(binding.set, binding.merge, execution.args)),
      );
  }
}

function equalTexts(words: readonly string[], only: "uuid" | "character" | null): readonly string[] {
  if (only === null) return words;
  return words.filter((word) => (only === "uuid" ? UUID.test(word) : !word.endsWith(" ")));
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function addresses(
  { set, merge, family, mapped: forms }: AddressesBinding<string>,
  { args }: Execution,
): readonly IpRange[] {
  const ranges = withMapped(resolveAddresses(set, merge, args), forms);
  return family === undefined ? ranges : ranges.filter((range) => range.family === family);
}

function withMapped(ranges: readonly IpRange[], forms: MappedForms | undefined): readonly IpRange[] {
  if (forms === undefined) return ranges;
  const standIns = ranges.filter((range) => range.family === 4).map(mapped);
  if (forms === "only") return standIns;
  return [...(forms === "apart" ? ranges.flatMap(withoutMapped) : ranges), ...standIns];
}

function multirange(set: NumberSet, { args }: Execution): string {
  const points = resolvePoints(set.points, args).map((point) => `[${point},${point}]`);
  const ranges = set.ranges.map(({ low, high, lowInclusive, highInclusive, cycle }) => {
    const from = low === null ? null : resolveNumber(low, args);
    const to = high === null ? null : resolveNumber(high, args);
    // A range that ends before it starts holds nothing; PostgreSQL would refuse it.
    if (from !== null && to !== null && from > to)
      return cycle === true ? `[${from},),(,${to}${highInclusive ? "]" : ")"}` : "empty";
    return `${lowInclusive && low !== null ? "[" : "("}${from ?? ""},${to ?? ""}${highInclusive && high !== null ? "]" : ")"}`;
  });
  return `{${[...points, ...ranges].filter((range) => range !== "empty").join(",")}}`;
}
