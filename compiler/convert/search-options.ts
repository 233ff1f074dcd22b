/** The legacy search parameters that are no condition: order, pages, aggregation. */
import { readDurationLiteral } from "../literals/duration.js";
import { MICROS_PER_SECOND } from "../values/civil.js";
import { legacyFields } from "../catalogue/legacy-names.js";
import { shown } from "../values/checks.js";
import { didYouMean, nearest } from "../values/suggest.js";
import { readLegacyDuration, wholeUnits } from "./instant.js";
import { attempt, fail, given, plainText, type Reading } from "./search-reading.js";

/** Field names are those of the catalogue; null where the parameter is not given. */
export interface OptionsOfSearch {
  readonly sort: { readonly field: string; readonly direction: "asc" | "desc" } | null;
  /** Rows of a page, 1 at least. */
  readonly limit: number | null;
  /** Page number, from 1. */
  readonly page: number | null;
  /** Field to count by. */
  readonly aggregate: string | null;
  /** Width of the buckets of a time line, as a length of time of the filter language: `5m`. */
  readonly step: string | null;
}

/** Names of the parameters. */
export const OPTION_KEYS = ["sortby", "limit", "page", "aggr_set", "step"] as const;

/** Reads the options; mistakes are kept in `reading`. */
export function readSearchOptions(reading: Reading): OptionsOfSearch {
  return {
    sort: option("sortby", reading, readSort),
    limit: option("limit", reading, readPositive),
    page: option("page", reading, readPositive),
    aggregate: option("aggr_set", reading, readAggregate),
    step: option("step", reading, readStep),
  };
}

type Read<T> = (key: string, value: unknown, reading: Reading) => T;

function option<T>(key: (typeof OPTION_KEYS)[number], reading: Reading, read: Read<T>): T | null {
  const value = reading.parameters[key];
  if (!given(value)) return null;
  reading.reports.push({ code: "C18", key, note: `${key} is left out of the filter` });
  return attempt(reading, () => read(key, value, reading));
}

/** A field name without its separators, as the legacy columns were written. */
const squeezed = (name: string): string => name.replace(/[._]/g, "");

function readSort(key: string, value: unknown, reading: Reading): NonNullable<OptionsOfSearch["sort"]> {
  const [, name, direction] = /^(\w+)\.(asc|desc)$/.exec(plainText(value)) ?? [];
  const sortable = reading.index.catalogue.fields.filter(
    ({ type, kind }) => type === "time" && kind === "stored",
  );
  const field = sortable.find((candidate) => squeezed(candidate.name) === name);
  if (field !== undefined && (direction === "asc" || direction === "desc"))
    return { field: field.name, direction };
  const proposal = "write detecttime or storagetime, then .asc or .desc";
  return fail(key, `${shown(value)} is no order`, reading, proposal);
}

function readPositive(key: string, value: unknown, reading: Reading): number {
  const text = plainText(value).trim();
  const number = text === "" ? NaN : Number(text);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  return fail(key, `${shown(value)} is no positive whole number`, reading);
}

function readStep(key: string, value: unknown, reading: Reading): string {
  const text = plainText(value).trim();
  if (readDurationLiteral(text).kind === "value") return text;
  const micros = /^\d+$/.test(text) ? BigInt(text) * MICROS_PER_SECOND : readLegacyDuration(text);
  const units = micros === null || micros === 0n ? null : wholeUnits(micros);
  if (units !== null) return `${units.amount}${units.unit}`;
  const proposal = "write seconds, hh:mm:ss or a length such as 5m";
  return fail(key, `${shown(value)} is no width of a bucket`, reading, proposal);
}

/** A field by its name, its legacy parameter, or its legacy column (`source_ip`, `cesnet_resolvedabuses`, `eventclass`). */
function readAggregate(key: string, value: unknown, reading: Reading): string {
  const { fields, catalogue } = reading.index;
  const legacy = legacyFields(catalogue);
  const name = plainText(value).toLowerCase();
  const field = fields.get(name) ?? legacy.get(name);
  if (field !== undefined) return field.name;
  const guess = nearest(plainText(value), [...fields.keys(), ...legacy.keys()]);
  return fail(key, `there is no field ${shown(value)}`, reading, didYouMean(guess) || undefined);
}
