/** How the store and its tables are. */
import { legacyFields } from "../../../compiler/catalogue/legacy-names.js";
import { latestVersion } from "../../../compiler/schema/migrations.js";
import { partitionName } from "../../../compiler/schema/day.js";
import { DataError } from "../../postgres/errors.js";
import { argumentError } from "../../../compiler/values/errors.js";
import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import { isSpread } from "../../../compiler/catalogue/spread.js";
import { allTables, storeTables, type StoreTable } from "../../../compiler/catalogue/tables.js";
import { didYouMean, nearest } from "../../../compiler/values/suggest.js";
import { microsToDate, parsePgTimestamp } from "../../../compiler/values/time.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { decodeValue } from "../dashboards/field-values.js";
import type { StoreContext } from "../context.js";
import { statusWarnings } from "./warnings.js";
import { bindFilter, type BoundFilter } from "../filter-argument.js";
import { valuesInOrder } from "../dashboards/tallies.js";
import { EVERYTHING, sliceLimits, overSlices, slicesOf } from "../slices/slices.js";
import type { FilterArgument } from "../types/events.js";
import type { DatabaseStatus, TableStatus, WorkerStatus } from "../types/upkeep.js";
import { isOrdered } from "./statements.js";
import { countRowsText } from "./warnings-statements.js";

/** Settings that matter for speed and durability. */
const SETTINGS = [
  "shared_buffers",
  "effective_cache_size",
  "work_mem",
  "maintenance_work_mem",
  "max_connections",
  "max_locks_per_transaction",
  "max_parallel_workers_per_gather",
  "random_page_cost",
  "synchronous_commit",
  "fsync",
  "wal_level",
  "max_wal_size",
  "autovacuum",
  "server_encoding",
  "TimeZone",
];

/** The table of the store of that name. @throws DataError when there is none, with the nearest name */
export function storeTable(name: string, catalogue: Catalogue, operation: string): StoreTable {
  const tables = allTables(storeTables(catalogue));
  const table = tables.find((candidate) => candidate.name === name);
  if (table) return table;
  const names = tables.map((candidate) => candidate.name);
  const guess = didYouMean(nearest(name, names), '"');
  throw argumentError(operation, `unknown table "${name}"; ${guess || `the tables are ${names.join(", ")}`}`);
}

/** The time column of a table, by its name. @throws DataError when there is none, with the nearest name */
export function timeColumn(table: StoreTable, name: string, operation: string): string {
  const times = table.columns.filter(({ pgType }) => pgType === "timestamptz").map((column) => column.name);
  if (times.includes(name)) return name;
  const guess = didYouMean(nearest(name, times), '"');
  throw argumentError(
    operation,
    `${table.name} has no time column "${name}"; ${guess || `its time columns are ${times.join(", ")}`}`,
  );
}

/**
 * Size and age of a table, its partitions together. `column` is the time that its age goes by; when absent its first time column.
 *
 * @throws DataError for an unknown table or column
 */
export async function tableStatus(
  session: Session,
  context: StoreContext,
  { table: name, column }: { readonly table: string; readonly column?: string | undefined },
  options: CallOptions = {},
): Promise<TableStatus> {
  const operation = "tableStatus";
  const table = storeTable(name, context.catalogue, operation);
  const first = table.partitionedBy ?? table.columns.find(({ pgType }) => pgType === "timestamptz")?.name;
  const time = column === undefined ? first : timeColumn(table, column, operation);
  const client = context.connect(session);
  const found = await client.tableSizes({ table: name }, options);
  if (!found)
    throw new DataError(
      `${operation}: the table "${name}" is not there; create the schema with databaseCreate() or "eventstore init"`,
      { code: "object_missing", operation },
    );
  const sizes = { ...found, rows: await rowsOf(session, context, name, found.rows, options) };
  if (time === undefined) return { table: name, ...sizes, oldest: null, newest: null };
  const age =
    table.partitionedBy === null
      ? await client.tableAge({ age: `${table.name}.${time}` }, options)
      : await partitionedAge(session, context, `${table.name}.${time}`, options);
  return { table: name, ...sizes, ...age };
}

/** The oldest and the newest time of a partitioned table. */
async function partitionedAge(
  session: Session,
  context: StoreContext,
  age: string,
  options: CallOptions,
): Promise<Pick<TableStatus, "oldest" | "newest">> {
  const whole = { slot: EVERYTHING, bounds: () => ({ from: null, to: null }) };
  const slices = await slicesOf(session, context, whole, options);
  const ages = await overSlices(slices, options, ({ client, span }, left) =>
    slices.length === 1 ? client.tableAge({ age }, left) : client.sliceAge({ age, span }, left),
  );
  const times = ages.flatMap(({ oldest, newest }) => [oldest, newest]).filter((time) => time !== null);
  const sorted = times.sort((a, b) => a.getTime() - b.getTime());
  return { oldest: sorted[0] ?? null, newest: sorted.at(-1) ?? null };
}

/** Of the tables of the events what the counters say; of others the planner's estimate, and a count where it has none. */
async function rowsOf(
  session: Session,
  context: StoreContext,
  name: string,
  estimated: number,
  options: CallOptions,
): Promise<number> {
  const { events, json, ids } = context.tables;
  if ([events.name, json.name, ids.name].includes(name)) return context.connect(session).countAll(options);
  return estimated > 0 ? estimated : countRows(session, name, options);
}

async function countRows(session: Session, table: string, options: CallOptions): Promise<number> {
  const { rows } = await session.query(countRowsText(table), [], options);
  return Number(rows[0]?.["n"] ?? 0);
}

/** Versions, sizes and settings; `brief` leaves out the settings. */
export async function databaseStatus(
  session: Session,
  context: StoreContext,
  options: CallOptions & { readonly brief?: boolean } = {},
): Promise<DatabaseStatus> {
  const client = context.connect(session);
  const info = await client.databaseInfo(options);
  const tables: TableStatus[] = [];
  for (const { name } of allTables(context.tables))
    tables.push(await tableStatus(session, context, { table: name }, options));
  const defaultTable = partitionName(context.tables.events.name, null);
  const defaultRows = await countRows(session, defaultTable, options);
  const schemaVersion = info.schemaVersion ?? 0;
  // The tables of an older release lack the column.
  const refreshed = schemaVersion >= latestVersion() ? (await client.lastRefresh(options)).time : null;
  const settings = options.brief === true ? [] : await client.readSettings({ names: SETTINGS }, options);
  return {
    serverVersion: info.serverVersion,
    ip4r: info.ip4r ?? "compatibility schema",
    schemaVersion,
    databaseBytes: info.databaseBytes,
    tables,
    defaultRows,
    lastRefresh: refreshed,
    settings: Object.fromEntries(settings.map(({ name, value }) => [name, value])),
    ...(await workersOf(client, context, options)),
    warnings: options.brief === true ? [] : await statusWarnings(session, context.catalogue, options),
  };
}

/** The workers of a cluster; nothing of a store on one server. */
async function workersOf(
  client: object,
  { catalogue }: StoreContext,
  options: CallOptions,
): Promise<Pick<DatabaseStatus, "workers">> {
  if (!isSpread(catalogue)) return {};
  return { workers: await (client as WorkerClient).workerSizes(options) };
}

/** The statement that a store on one server has not. */
interface WorkerClient {
  workerSizes(options: CallOptions): Promise<readonly WorkerStatus[]>;
}

/**
 * The least or greatest value of a scalar field that has an order; null when no event has one.
 *
 * @throws DataError for a field that is unknown, a list, or has no order
 */
export async function searchColumnWith(
  session: Session,
  context: StoreContext,
  { field: name, aggregate }: { readonly field: string; readonly aggregate: string },
  options: FilterArgument & CallOptions = {},
): Promise<Date | string | number | null> {
  const operation = "searchColumnWith";
  const field = orderedField(name, context.catalogue, operation);
  if (aggregate !== "min" && aggregate !== "max")
    throw argumentError(operation, `"${aggregate}" is neither min nor max`);
  const filter = bindFilter(options, context);
  const value = await mostOf(session, context, { filter, aggregate, field }, options);
  if (field.type === "time" && value !== null) return microsToDate(parsePgTimestamp(value));
  return decodeValue(value, field.type) as string | number | null;
}

/** The least or greatest value of a field, as the server prints it. */
async function mostOf(
  session: Session,
  context: StoreContext,
  { filter, aggregate, field }: MostRequest,
  options: CallOptions,
): Promise<string | null> {
  const slices = await slicesOf(session, context, filter, options);
  const found = await overSlices(slices, options, ({ client, filter: part }, left) =>
    client.searchColumnWith({ filter: part, aggregate, field: field.name }, left),
  );
  const values = [...new Set(found.flatMap(({ value }) => value ?? []))];
  if (values.length < 2) return values[0] ?? null;
  const [{ client }] = slices;
  const ordered = await valuesInOrder(values, field.name, client, sliceLimits(options));
  return (aggregate === "min" ? ordered[0] : ordered.at(-1)) ?? null;
}

interface MostRequest {
  readonly filter: BoundFilter;
  readonly aggregate: "min" | "max";
  readonly field: StoredField;
}

function orderedField(name: string, catalogue: Catalogue, operation: string): StoredField {
  const index = indexCatalogue(catalogue);
  const key = name.toLowerCase();
  const field = index.fields.get(key) ?? legacyFields(catalogue).get(key);
  if (field?.kind === "stored" && isOrdered(field)) return field;
  const fits = searchedColumns(catalogue).flatMap((column) =>
    column.kind === "field" && isOrdered(column.field) ? [column.field.name] : [],
  );
  const guess = didYouMean(nearest(key, fits), '"');
  const problem = field ? `"${field.name}" has no least or greatest value` : `unknown field "${name}"`;
  throw argumentError(operation, `${problem}; ${guess || `fields with an order are ${fits.join(", ")}`}`);
}
