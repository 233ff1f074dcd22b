/** Compares a database of Mentat's with the store: counts by day, category and severity, and random filters. */
import type { CatalogueNames } from "../../../runtime/client.js";
import type { EventStorage } from "../../../runtime/store/types.js";
import { probes, type Probe } from "./probes.js";
import {
  countByValue,
  countMatchingText,
  DAYS_OF_STORE,
  EACH_CATEGORY,
  EACH_DAY,
  EACH_EVENT,
  eachSeverity,
} from "./statements.js";
import { sourceError, type MentatSource } from "./source.js";

/** One count that was taken on both sides. */
export interface StoreComparison {
  /** `day 2016-10-13`, `category Test`, a filter. */
  readonly what: string;
  readonly source: number;
  readonly store: number;
}

/** All counts, in the order in which they were taken. */
export type ComparisonReport = readonly StoreComparison[];

/** The counts that differ. */
export const storeDifferences = (report: ComparisonReport): ComparisonReport =>
  report.filter(({ source, store }) => source !== store);

/** Settings of {@link compareStores}. */
export interface CompareOptions {
  readonly since: Date | null;
  readonly signal: AbortSignal;
  /** Random filters. */
  readonly filters: number;
}

/** Counts on both sides. @throws CliError when the source fails */
export async function compareStores(
  source: MentatSource,
  storage: EventStorage,
  { since, signal, filters }: CompareOptions,
): Promise<ComparisonReport> {
  const within = since === null ? "" : `storage_time >= ${since.toISOString()}`;
  const limited = { ...(within === "" ? {} : { filter: within }), signal };
  const count = (text: string): Promise<Map<string, number>> => groups(source, text, since);
  const { severity } = source.schema;
  const report: StoreComparison[] = [
    {
      what: "all events",
      source: (await count(EACH_EVENT)).get("all") ?? 0,
      store: await storage.countEvents(limited),
    },
    ...join("day", await count(EACH_DAY), await days(storage, since)),
    ...join(
      "category",
      // An event that names a category twice counts once.
      await count(EACH_CATEGORY),
      await values(storage, "category", limited),
    ),
    ...join(
      "severity",
      await count(eachSeverity(severity, NONE)),
      await values(storage, "severity", limited),
    ),
  ];
  for (const probe of await probes(source, filters))
    report.push(await compareProbe(source, storage, probe, { since, signal }));
  return report;
}

/** How events without a value are listed. */
const NONE = "(none)";

async function values(
  storage: EventStorage<CatalogueNames>,
  by: string,
  limited: { readonly filter?: string; readonly signal: AbortSignal },
): Promise<Map<string, number>> {
  const found = await storage.aggregateEvents({ by, limit: 1_000, ...limited });
  return new Map(found.map(({ value, count }) => [value === null ? NONE : String(value), count]));
}

async function days(storage: EventStorage, since: Date | null): Promise<Map<string, number>> {
  const { rows } = await storage.transaction((within) => within.query(DAYS_OF_STORE, [since]));
  return new Map(rows.map(({ value, count }) => [String(value), Number(count)]));
}

/** Counts of the source by the column `value` of a query over `source`. */
async function groups(source: MentatSource, text: string, since: Date | null): Promise<Map<string, number>> {
  const { events, storageTime } = source.schema;
  const limits = since === null ? "" : ` where ${storageTime} >= $1::timestamp`;
  const found = await source.client
    .query<{ value: string; count: string }>(
      countByValue(events, limits, text),
      since === null ? [] : [since.toISOString().replace("Z", "")],
    )
    .catch((error: unknown) => {
      throw sourceError(error);
    });
  return new Map(found.rows.map(({ value, count }) => [value, Number(count)]));
}

/** Both sides value by value, in order. A category or severity is spelt as the store spells it. */
function join(
  what: string,
  source: ReadonlyMap<string, number>,
  store: ReadonlyMap<string, number>,
): StoreComparison[] {
  const spelt = new Map<string, { source: number; store: number; name: string }>();
  const entry = (name: string): { source: number; store: number; name: string } => {
    const key = name.trim().toLowerCase();
    const known = spelt.get(key) ?? { source: 0, store: 0, name };
    spelt.set(key, known);
    return known;
  };
  for (const [value, count] of store) if (value !== NONE || source.has(NONE)) entry(value).store += count;
  for (const [value, count] of source) entry(value).source += count;
  return [...spelt.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, source: before, store: after }) => ({
      what: `${what} ${name}`,
      source: before,
      store: after,
    }));
}

async function compareProbe(
  { client, schema }: MentatSource,
  storage: EventStorage,
  probe: Probe,
  { since, signal }: Pick<CompareOptions, "since" | "signal">,
): Promise<StoreComparison> {
  const limits = since === null ? "" : ` and e.${schema.storageTime} >= $2::timestamp`;
  const { rows } = await client
    .query<{ count: string }>(
      countMatchingText(schema.events, `${probe.condition}${limits}`),
      since === null ? [probe.value] : [probe.value, since.toISOString().replace("Z", "")],
    )
    .catch((error: unknown) => {
      throw sourceError(error);
    });
  const filter =
    since === null ? probe.filter : `(${probe.filter}) and storage_time >= ${since.toISOString()}`;
  return {
    what: probe.filter,
    source: Number(rows[0]?.count ?? 0),
    store: await storage.countEvents({ filter, signal }),
  };
}
