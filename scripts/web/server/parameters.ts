/** Reads the parameters of a request: known names only, each in its form. */
import { compileFilter, type FilterOptions } from "../../../compiler/compile.js";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { didYouMean, nearest } from "../../../compiler/values/suggest.js";
import { microsToDate } from "../../../compiler/values/time.js";
import { findZone } from "../../../compiler/values/zone.js";
import { parseStep } from "../../../runtime/store/dashboards/axis.js";
import type { SortKey } from "../../../runtime/store/types.js";
import { filterArguments } from "../../cli/filter-arguments.js";
import { rolesOf } from "../shared/catalogue-roles.js";
import { askFor, ParameterError, rangeFilter, readTimeText } from "../shared/compose.js";
import type { Question } from "../shared/data.js";

/** The parameters of one request, read by the names that its path allows. */
export interface Parameters {
  readonly text: (name: string) => string | undefined;
  readonly all: (name: string) => readonly string[];
}

/**
 * The parameters of an address.
 *
 * @throws ParameterError for a name that the path does not take, or one given twice that is to be there once
 */
export function readParameters(
  search: URLSearchParams,
  names: readonly string[],
  repeated: readonly string[] = ["param"],
): Parameters {
  for (const name of new Set(search.keys())) {
    if (!names.includes(name))
      throw new ParameterError(
        `unknown parameter ${JSON.stringify(name)}; ${didYouMean(nearest(name, names), '"') || `known are ${names.filter((known) => known !== "token").join(", ")}`}`,
      );
    if (!repeated.includes(name) && search.getAll(name).length > 1)
      throw new ParameterError(`${name} is given more than once`);
  }
  return {
    text: (name) => search.get(name) ?? undefined,
    all: (name) => search.getAll(name),
  };
}

/** A whole number within limits; `fallback` when absent. @throws ParameterError */
export function readCount(
  parameters: Parameters,
  name: string,
  { fallback, most }: { readonly fallback: number; readonly most: number },
): number {
  const text = parameters.text(name);
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1 || Number(text) > most)
    throw new ParameterError(`${name} is a whole number from 1 to ${most}, not ${JSON.stringify(text)}`);
  return Number(text);
}

const SORTS: readonly SortKey[] = [
  "detect_time.desc",
  "detect_time.asc",
  "storage_time.desc",
  "storage_time.asc",
];

/** The order, by the names of the catalogue's own fields too. @throws ParameterError */
export function readSort(parameters: Parameters, { catalogue = IDEA_CATALOGUE }: FilterOptions): SortKey {
  const text = parameters.text("sort") ?? "detect_time.desc";
  const { time, stored } = rolesOf(catalogue);
  const owned = (key: SortKey): string =>
    key.replace("detect_time", time).replace("storage_time", stored ?? "storage_time");
  const sort = SORTS.find((key) => key === text || owned(key) === text);
  if (sort === undefined)
    throw new ParameterError(`sort is one of ${SORTS.map(owned).join(", ")}, not ${JSON.stringify(text)}`);
  return sort;
}

/** @throws ParameterError */
export function readStep(parameters: Parameters): string | undefined {
  const text = parameters.text("step");
  if (text === undefined) return undefined;
  try {
    return parseStep(text).text;
  } catch {
    throw new ParameterError(
      `step is a number and a unit such as 30s, 5m, 1h, 1d, 1w, 1mo or 1y, not ${JSON.stringify(text)}`,
    );
  }
}

/** @throws ParameterError */
export function readZone(parameters: Parameters, fallback: string): string {
  const text = parameters.text("zone");
  if (text === undefined) return fallback;
  if (findZone(text) === null)
    throw new ParameterError(
      `there is no time zone ${JSON.stringify(text)}; use a name such as Europe/Prague, or an offset such as +02:00`,
    );
  return text;
}

/** The name of a field of the catalogue. @throws ParameterError with the nearest name */
export function readField(name: string, { catalogue = IDEA_CATALOGUE }: FilterOptions): string {
  const index = indexCatalogue(catalogue);
  const field = index.fields.get(name.toLowerCase()) ?? index.aliases.get(name.toLowerCase());
  if (field !== undefined) return field.name;
  const guess = didYouMean(nearest(name.toLowerCase(), index.fields.keys()), '"');
  throw new ParameterError(`unknown field ${JSON.stringify(name)}${guess && `; ${guess}`}`);
}

/** A column of a table: a field, or a group whose elements are shown as `address:port`. @throws ParameterError when there is neither */
export function readColumn(name: string, options: FilterOptions): string {
  const { groups } = indexCatalogue(options.catalogue ?? IDEA_CATALOGUE);
  return groups.has(name) ? name : readField(name, options);
}

/** What a request asks: the filter as the person wrote it, the filter that is run, and the time. */
export interface Asked extends Question {
  readonly written: string;
  readonly from: Date | undefined;
  readonly to: Date | undefined;
  readonly zone: string;
  readonly options: FilterOptions;
}

/** Names of the parameters that {@link readAsked} reads. */
export const ASKED = ["filter", "param", "from", "to", "zone"] as const;

/**
 * The filter of a request, within its time.
 *
 * @throws FilterError, ParameterError, UsageError
 */
export function readAsked(parameters: Parameters, base: FilterOptions): Asked {
  const now = new Date();
  const written = parameters.text("filter") ?? "";
  const zone = readZone(parameters, base.timeZone ?? "UTC");
  const options = { ...base, timeZone: zone };
  const limit = (name: "from" | "to") => {
    const text = parameters.text(name);
    return text === undefined || text === "" ? null : readTimeText(name, text, now, options);
  };
  const range = { from: limit("from"), to: limit("to") };
  if (range.from !== null && range.to !== null && range.from >= range.to)
    throw new ParameterError("from has to lie before to");
  const own = filterArguments(parameters.all("param"), compileFilter(written, options));
  const parts = [written, rangeFilter(range, options) ?? []].flat();
  return {
    written,
    ...askFor(parts, own, options),
    from: range.from === null ? undefined : microsToDate(range.from),
    to: range.to === null ? undefined : microsToDate(range.to),
    zone,
    options,
  };
}
