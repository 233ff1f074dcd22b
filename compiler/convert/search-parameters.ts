/**
 * The legacy search parameters of Mentat's event storage, as the syntax tree of a filter.
 *
 * Which parameter names which field stands in the catalogue (`aliases`, `paths`); here is only what the parameters mean.
 */
import type { Expr, Item, Span } from "../../grammar/ast.js";
import { dateToMicros, unixSecondsToMicros } from "../../runtime/codecs/time.js";
import { formatIpRange, ipNetProblem, parseIpNet, tryParseIpRange } from "../../runtime/codecs/ip-range.js";
import { enumerationOf, indexCatalogue, storedFields, type CatalogueIndex } from "../catalogue/lookup.js";
import type { Catalogue, Field } from "../catalogue/model.js";
import { wordReader } from "../extract/word.js";
import { readDurationLiteral } from "../literals/duration.js";
import { didYouMean, nearest } from "../suggest.js";
import * as build from "./build.js";
import { exactText, readDuration, readInstant, wholeUnits } from "./instant.js";
import { conversionError, refuse, reasonsOf, type Reason } from "./refusal.js";
import type { ReportCode } from "./reports.js";

/** Legacy parameters by name: texts, numbers, dates, booleans and lists of them. Absent, null and empty values say nothing. */
export type SearchParameters = Readonly<Record<string, unknown>>;

/** What legacy parameters come to. Field names are those of the catalogue. */
export interface ConvertedParameters {
  /** The condition; null when every event is meant. */
  readonly syntax: Expr | null;
  readonly sort: { readonly field: string; readonly direction: "asc" | "desc" } | null;
  /** Rows of a page, 1 at least. */
  readonly limit: number | null;
  /** Page number, from 1. */
  readonly page: number | null;
  /** Field to count by. */
  readonly aggregate: string | null;
  /** Width of the buckets of a time line, as a length of time of the filter language: `5m`. */
  readonly step: string | null;
  readonly reports: readonly ParameterReport[];
}

export interface ParameterReport {
  readonly code: ReportCode;
  readonly key: string;
  readonly note: string;
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

/** What is no condition. */
const OPTIONS = ["sortby", "limit", "page", "aggr_set", "step"] as const;

interface Reading {
  readonly parameters: SearchParameters;
  readonly index: CatalogueIndex;
  readonly reports: ParameterReport[];
  readonly reasons: Reason[];
  readonly spanOf: (key: string) => Span;
}

/**
 * Converts legacy search parameters.
 *
 * @param text the parameters as JSON, for the positions of errors; made from the parameters when absent
 * @throws ConversionError with all mistakes: unknown parameters (E602, with the nearest right one) and wrong values (E607)
 */
export function searchParametersToSyntax(
  parameters: SearchParameters,
  catalogue: Catalogue,
  text: string = JSON.stringify(parameters),
): ConvertedParameters {
  const spanOf = (key: string) => keySpan(text, key);
  const reading: Reading = { parameters, index: indexCatalogue(catalogue), reports: [], reasons: [], spanOf };
  refuseUnknown(reading);
  const conditions = [
    ...TIME_KEYS.flatMap((key) => timeBound(key, reading)),
    ...listConditions(reading),
    ...textConditions(reading),
  ];
  const result: ConvertedParameters = {
    syntax: conditions.length === 0 ? null : build.flatten(build.join("and", conditions)),
    sort: option("sortby", reading, readSort),
    limit: option("limit", reading, readPositive),
    page: option("page", reading, readPositive),
    aggregate: option("aggr_set", reading, (key, value) => readAggregate(key, value, reading)),
    step: option("step", reading, readStep),
    reports: reading.reports,
  };
  if (reading.reasons.length > 0) throw conversionError(text, reading.reasons);
  return result;

  function readSort(key: string, value: unknown) {
    const [, name, direction] = /^(\w+)\.(asc|desc)$/.exec(String(value)) ?? [];
    const sortable = reading.index.catalogue.fields.filter(
      ({ type, kind }) => type === "time" && kind === "stored",
    );
    const field = sortable.find((candidate) => squeezed(candidate.name) === name);
    if (field === undefined || direction === undefined)
      return fail(
        key,
        `${JSON.stringify(value)} is no order`,
        reading,
        "write detecttime or storagetime, then .asc or .desc",
      );
    return { field: field.name, direction: direction === "asc" ? "asc" : "desc" } as const;
  }

  function readPositive(key: string, value: unknown): number {
    const number = Number(value);
    if (!Number.isSafeInteger(number) || number < 1)
      return fail(key, `${JSON.stringify(value)} is no positive whole number`, reading);
    return number;
  }

  function readStep(key: string, value: unknown): string {
    const given = String(value).trim();
    const micros = /^\d+$/.test(given) ? BigInt(given) * 1_000_000n : readDuration(given);
    if (micros === null && readDurationLiteral(given).kind === "value") return given;
    const units = micros === null || micros === 0n ? null : wholeUnits(micros);
    return units === null
      ? fail(
          key,
          `${JSON.stringify(value)} is no width of a bucket`,
          reading,
          "write seconds, hh:mm:ss or a length such as 5m",
        )
      : `${units.amount}${units.unit}`;
  }
}

const TIME_KEYS = Object.keys(TIME_BOUNDS);

/** A field name without its separators, as the legacy columns were written. */
const squeezed = (name: string): string => name.replace(/[._]/g, "");

/** The first place of a key in the JSON text. */
function keySpan(text: string, key: string): Span {
  const written = JSON.stringify(key);
  const start = Math.max(0, text.indexOf(written));
  return { start, end: Math.min(start + written.length, text.length) };
}

/** Whether a parameter is given: the legacy storage ignored empty ones. */
function given(value: unknown): boolean {
  return (
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)
  );
}

/** @throws Refusal E607 always */
function fail(key: string, message: string, { spanOf }: Reading, proposal?: string): never {
  return refuse("E607", `${key}: ${message}`, spanOf(key), { proposal });
}

/** Runs `read`; a refusal is kept, so that all mistakes are told at once. */
function attempt<T>(reading: Reading, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    reading.reasons.push(...reasonsOf(error));
    return null;
  }
}

function option<T>(
  key: (typeof OPTIONS)[number],
  reading: Reading,
  read: (key: string, value: unknown) => T,
): T | null {
  const value = reading.parameters[key];
  if (!given(value)) return null;
  reading.reports.push({ code: "C18", key, note: `${key} is left out of the filter` });
  return attempt(reading, () => read(key, value));
}

function refuseUnknown({ parameters, index, reasons, spanOf }: Reading): void {
  const lists = [...index.aliases.keys()];
  const known = [
    ...TIME_KEYS,
    ...Object.keys(TEXTS),
    ...OPTIONS,
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
  const field = index.catalogue.fields.find(
    (candidate) => candidate.kind === "stored" && candidate.paths.includes(path),
  );
  if (field === undefined)
    throw new Error(`catalogue "${index.catalogue.name}": no field has the path ${path}`);
  return field;
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
  const instant = readInstant(typeof value === "string" ? value.trim() : JSON.stringify(value));
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
  const items = words.flatMap((item) => listItem(key, field, item, reading));
  const parts = [
    ...(values.includes(EMPTY) ? [build.presence(subject, "missing")] : []),
    ...(values.includes(ANY) ? [build.presence(subject, "exists")] : []),
    ...(words.length > 0 ? [membership(field, items)] : []),
  ];
  const condition = build.join("or", parts);
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
    return fail(key, `${JSON.stringify(value)} is neither text nor number`, reading);
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

function readInteger(key: string, field: Field, text: string, { index, ...reading }: Reading): number {
  const [least, most] = storedFields(index, field)[0]?.range ?? [
    Number.MIN_SAFE_INTEGER,
    Number.MAX_SAFE_INTEGER,
  ];
  const number = /^-?\d+$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  return fail(key, `"${text}" is no whole number from ${least} to ${most}`, { index, ...reading });
}

function wordItem(key: string, field: Field, text: string, { index, reports }: Reading): readonly Item[] {
  const enumeration = enumerationOf(index, field);
  const stored = storedFields(index, field)[0];
  if (enumeration === undefined || stored === undefined) return [build.quoted(text)];
  const word = wordReader(stored, index.catalogue)(text);
  if (word.text !== text) reports.push({ code: "C09", key, note: `${text} is stored as ${word.text}` });
  if (word.known || enumeration.open) return [build.word(word.text)];
  reports.push({
    code: "C17",
    key,
    note: `${text} is not ${enumeration.article}; it is left out, for no event has it`,
  });
  return [];
}

function isNegated(key: string, reading: Reading): boolean {
  const value = reading.parameters[key];
  if (!given(value)) return false;
  if (/^(?:true|1|yes|on|y)$/i.test(String(value))) return true;
  if (/^(?:false|0|no|off|n)$/i.test(String(value))) return false;
  return fail(key, `${JSON.stringify(value)} is neither true nor false`, reading);
}

/** A field by its name, its legacy parameter, or its legacy column (`source_ip`, `cesnet_resolvedabuses`). */
function readAggregate(key: string, value: unknown, reading: Reading): string {
  const { catalogue, aliases } = reading.index;
  const names = new Map<string, string>(
    catalogue.fields.flatMap((field) => legacyNames(field).map((name) => [name, field.name] as const)),
  );
  for (const [alias, field] of aliases) names.set(alias, field.name);
  const name = names.get(String(value).toLowerCase());
  if (name !== undefined) return name;
  return fail(
    key,
    `there is no field ${JSON.stringify(value)}`,
    reading,
    didYouMean(nearest(String(value), names.keys())) || undefined,
  );
}

function legacyNames(field: Field): readonly string[] {
  const columns =
    field.kind === "stored"
      ? field.paths.map((path) => path.replace(/^_/, "").replaceAll(".", "_").toLowerCase())
      : [];
  return [field.name, field.name.replaceAll(".", "_"), ...columns];
}
