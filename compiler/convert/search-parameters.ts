/**
 * The legacy search parameters of Mentat's event storage, as the syntax tree of a filter.
 *
 * Which parameter names which field is in the catalogue (`aliases`, `paths`); here is only what the parameters mean.
 */
import type { Expr, Item } from "../../grammar/ast.js";
import { formatIpRange, ipNetProblem, parseIpNet, tryParseIpRange } from "../values/ip-range.js";
import { dateToMicros, unixSecondsToMicros } from "../values/time.js";
import { enumerationOf, holdsUnknownWords, indexCatalogue, storedFields } from "../catalogue/lookup.js";
import type { Catalogue, Field } from "../catalogue/model.js";
import { wordReader } from "../extract/word.js";
import { shown } from "../values/checks.js";
import { didYouMean, nearest } from "../values/suggest.js";
import * as build from "./build.js";
import { exactText, readInstant } from "./instant.js";
import { conversionError, convertAll } from "./refusal.js";
import { OPTION_KEYS, readSearchOptions, type OptionsOfSearch } from "./search-options.js";
import {
  attempt,
  fail,
  given,
  plainText,
  keySpan,
  type ParameterReport,
  type Reading,
  type SearchParameters,
} from "./search-reading.js";

export type { SearchParameters } from "./search-reading.js";

/** What legacy parameters come to. Field names are those of the catalogue. */
export interface ConvertedParameters extends OptionsOfSearch {
  /** The condition; null when every event is meant. */
  readonly syntax: Expr | null;
  readonly reports: readonly ParameterReport[];
}

const EMPTY = "__EMPTY__";
const ANY = "__ANY__";

/** Bounds in time: parameter → path of the event and operator. Both ends belong to the range. */
const TIME_BOUNDS: Readonly<Record<string, readonly [path: string, op: ">=" | "<="]>> = {
  dt_from: ["DetectTime", ">="],
  dt_to: ["DetectTime", "<="],
  st_from: ["_CESNET.StorageTime", ">="],
  st_to: ["_CESNET.StorageTime", "<="],
};

/** Searched as a part of the text. */
const TEXTS: Readonly<Record<string, string>> = { description: "Description" };

/** True or false; an event without the flag counts as one where it is false. */
const FLAGS: Readonly<Record<string, string>> = {
  shadow_reporting: "_Mentat.ShadowReporting",
  shadow_reporting_target: "_Mentat.ShadowReportingTarget",
};

/**
 * Converts legacy search parameters.
 *
 * @param text the parameters as JSON, for the positions of errors; made from the parameters when absent
 * @throws ConversionError with all mistakes: unknown parameters (E602, with the nearest right one) and wrong values (E607)
 */
export function searchParametersToSyntax(
  parameters: SearchParameters,
  catalogue: Catalogue,
  text: string = parametersText(parameters),
): ConvertedParameters {
  const spanOf = (key: string) => keySpan(text, key);
  const reading: Reading = { parameters, index: indexCatalogue(catalogue), reports: [], reasons: [], spanOf };
  refuseUnknown(reading);
  const conditions = [
    ...TIME_KEYS.flatMap((key) => timeBound(key, reading)),
    ...listConditions(reading),
    ...textConditions(reading),
    ...flagConditions(reading),
  ];
  const result: ConvertedParameters = {
    syntax: conditions.length === 0 ? null : build.flattenedOperands(build.joined("and", conditions)),
    ...readSearchOptions(reading),
    reports: reading.reports,
  };
  if (reading.reasons.length > 0) throw conversionError(text, reading.reasons);
  return result;
}

/** The parameters as JSON; without positions where they have none, which is a mistake of their values. */
export function parametersText(parameters: SearchParameters): string {
  try {
    return JSON.stringify(parameters, (_, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
  } catch {
    return "";
  }
}

const TIME_KEYS = Object.keys(TIME_BOUNDS);

function refuseUnknown({ parameters, index, reasons, spanOf }: Reading): void {
  const lists = [...index.aliases.keys(), ...flags(index).keys()];
  const known = [
    ...TIME_KEYS,
    ...Object.keys(TEXTS),
    ...OPTION_KEYS,
    ...lists,
    ...lists.map((name) => `not_${name}`),
  ];
  for (const key of Object.keys(parameters)) {
    if (known.includes(key)) continue;
    const guess = nearest(key, known);
    const proposal = guess === undefined ? `the parameters are ${known.join(", ")}` : didYouMean(guess, '"');
    const replacement = guess === undefined ? undefined : JSON.stringify(guess);
    reasons.push({
      code: "E602",
      message: `there is no search parameter "${key}"`,
      span: spanOf(key),
      proposal,
      replacement,
    });
  }
}

/** The stored field that takes its value from a path of the event. */
function fieldOfPath(path: string, { index }: Reading): Field {
  const field = storedAt(path, index);
  if (field === undefined)
    throw new Error(`catalogue "${index.catalogue.name}": no field has the path ${path}`);
  return field;
}

function storedAt(path: string, { catalogue }: Reading["index"]): Field | undefined {
  return catalogue.fields.find((field) => field.kind === "stored" && field.paths.includes(path));
}

function timeBound(key: string, reading: Reading): readonly Expr[] {
  const value = reading.parameters[key];
  const bound = TIME_BOUNDS[key];
  if (bound === undefined || !given(value)) return [];
  const [path, op] = bound;
  const micros = attempt(reading, () => readTimeValue(key, value, reading));
  return micros === null
    ? []
    : [build.compare({ field: fieldOfPath(path, reading).name }, op, build.atom(exactText(micros)))];
}

function readTimeValue(key: string, value: unknown, reading: Reading): bigint {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return dateToMicros(value);
  if (typeof value === "number")
    return unixSecondsToMicros(value) ?? fail(key, `${value} lies outside the years 1 to 9999`, reading);
  const instant = readInstant(typeof value === "string" ? value.trim() : shown(value));
  return typeof instant === "string"
    ? fail(key, instant, reading, "write 2024-05-01 08:00:00, or with T and a zone")
    : instant.micros;
}

function textConditions(reading: Reading): readonly Expr[] {
  return Object.entries(TEXTS).flatMap(([key, path]) => {
    const value = reading.parameters[key];
    if (!given(value)) return [];
    const text = attempt(reading, () =>
      typeof value === "string" ? value : fail(key, "this must be a text", reading),
    );
    return text === null
      ? []
      : [build.textTest({ field: fieldOfPath(path, reading).name }, "contains", [build.quoted(text)])];
  });
}

/** The flags that the catalogue has, by parameter: those of newer tables. */
function flags(index: Reading["index"]): ReadonlyMap<string, Field> {
  const found = new Map<string, Field>();
  for (const [key, path] of Object.entries(FLAGS)) {
    const field = storedAt(path, index);
    if (field !== undefined) found.set(key, field);
  }
  return found;
}

function flagConditions(reading: Reading): readonly Expr[] {
  return [...flags(reading.index)].flatMap(([key, { name }]) => {
    if (!given(reading.parameters[key])) return [];
    const wanted = attempt(reading, () => readFlag(key, reading) !== isNegated(`not_${key}`, reading));
    if (wanted === null) return [];
    const isSet = build.isTrue({ field: name });
    return [wanted ? isSet : build.negate(isSet)];
  });
}

/** One condition for each list parameter; a union parameter (`host_addrs`) puts those of its parts out of force. */
function listConditions(reading: Reading): readonly Expr[] {
  const { index, parameters } = reading;
  const present = [...index.aliases].filter(([key]) => given(parameters[key]));
  const overridden = new Set(present.flatMap(([, field]) => (field.kind === "union" ? field.of : [])));
  return present
    .filter(([, field]) => !overridden.has(field.name))
    .flatMap(([key, field]) => attempt(reading, () => listCondition(key, field, reading)) ?? []);
}

function listCondition(key: string, field: Field, reading: Reading): Expr {
  const value = reading.parameters[key];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const subject = { field: field.name };
  const words = values.filter((item) => item !== EMPTY && item !== ANY);
  const items = convertAll(words, (item) => listItem(key, field, item, reading)).flat();
  const parts = [
    ...(values.includes(EMPTY) ? [build.presence(subject, "missing")] : []),
    ...(values.includes(ANY) ? [build.presence(subject, "exists")] : []),
    ...(words.length > 0 ? [membership(field, items)] : []),
  ];
  const condition = build.joined("or", parts);
  return isNegated(`not_${key}`, reading) ? build.negate(condition) : condition;
}

function membership(field: Field, items: readonly Item[]): Expr {
  const [only] = items;
  if (only === undefined) return build.constant(false);
  if (field.type === "ip") return build.inSet({ field: field.name }, "overlaps", items);
  return items.length === 1 && only.kind !== "range"
    ? build.compare({ field: field.name }, "=", only)
    : build.inSet({ field: field.name }, "in", items);
}

/** The item as a value; none for a word that a closed enumeration does not have, for no event has it. */
function listItem(key: string, field: Field, value: unknown, reading: Reading): readonly Item[] {
  if (typeof value !== "string" && typeof value !== "number")
    return fail(key, `${shown(value)} is neither text nor number`, reading);
  const text = String(value).trim();
  if (field.type === "ip") return [build.atom(addressText(key, text, reading))];
  if (field.type === "integer") return [build.atom(String(readInteger(key, field, text, reading)))];
  return wordItem(key, field, String(value), reading);
}

function addressText(key: string, text: string, reading: Reading): string {
  const range = parseIpNet(text);
  if (range === null) return fail(key, ipNetProblem(text), reading);
  const normal = formatIpRange(range);
  if (tryParseIpRange(text) === null)
    reading.reports.push({ code: "C17", key, note: `${text} is taken as the block ${normal}` });
  return normal;
}

function readInteger(key: string, field: Field, text: string, reading: Reading): number {
  const [min, max] = storedFields(reading.index, field)[0]?.range ?? [
    Number.MIN_SAFE_INTEGER,
    Number.MAX_SAFE_INTEGER,
  ];
  const number = /^-?\d+$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(number) && number >= min && number <= max) return number;
  return fail(key, `"${text}" is no whole number from ${min} to ${max}`, reading);
}

function wordItem(key: string, field: Field, text: string, { index, reports }: Reading): readonly Item[] {
  const enumeration = enumerationOf(index, field);
  const stored = storedFields(index, field)[0];
  if (enumeration === undefined || stored === undefined) return [build.quoted(text)];
  const word = wordReader(stored, index.catalogue)(text);
  if (word.text !== text) reports.push({ code: "C09", key, note: `${text} is stored as ${word.text}` });
  if (word.known || enumeration.open) return [build.word(word.text)];
  if (holdsUnknownWords(stored, index)) return [build.quoted(word.text)];
  reports.push({
    code: "C17",
    key,
    note: `${text} is not ${enumeration.article}; it is left out, for no event has it`,
  });
  return [];
}

function isNegated(key: string, reading: Reading): boolean {
  return given(reading.parameters[key]) && readFlag(key, reading);
}

function readFlag(key: string, reading: Reading): boolean {
  const value = reading.parameters[key];
  if (/^(?:true|1|yes|on|y)$/i.test(plainText(value))) return true;
  if (/^(?:false|0|no|off|n)$/i.test(plainText(value))) return false;
  return fail(key, `${shown(value)} is neither true nor false`, reading);
}
