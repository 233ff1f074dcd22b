/** Opening a store: the database, the connections, and the operations over them. */
import { readsRanges } from "../../compiler/catalogue/columns.js";
import { sameCatalogue } from "../../compiler/catalogue/same.js";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { compileFilter, type FilterOptions } from "../../compiler/compile.js";
import { identifier } from "../../compiler/sql/fragment.js";
import { DatabaseSourceError } from "../server/errors.js";
import { openApplicationDatabase, type OpenedPlace } from "../server/application-database.js";
import type { MissingParts } from "../server/types.js";
import { createSchemaText } from "../server/sql/preparation.js";
import { machineProbes, openDatabase } from "../server/open-database.js";
import { isPool, type ApplicationConnections } from "../postgres/application-connections.js";
import { openExecutor } from "../postgres/executor.js";
import type { Executor, ExecutorOptions } from "../postgres/session.js";
import type { CatalogueNames, GeneratedClient } from "../client.js";
import { argumentError } from "../../compiler/values/errors.js";
import { DataError } from "../postgres/errors.js";
import { isPoolSettings } from "./arguments/options.js";
import { withCheckedCalls } from "./arguments/checked-calls.js";
import { checkStorageOptions } from "./arguments/storage-options.js";
import { clientOf, evaluateClient, readClient, spreadClientOf, type StoreModule } from "./client.js";
import { createContext, type StoreContext } from "./context.js";
import { createInserter } from "./insert/insert.js";
import { mogrify } from "./legacy/mogrify.js";
import { byLayout } from "./layouts.js";
import { createOperations, type EventOperations } from "./operations.js";
import { createPlainOperations } from "./plain/operations.js";
import { plainStorage } from "./plain/storage.js";
import { rollupsAlone } from "./rollups/alone-statements.js";
import { createStandbys } from "./replicas/standbys.js";
import { withStandbys } from "./replicas/with-standbys.js";
import { databaseCreate } from "./schema/index.js";
import { HAS_TABLE } from "./status/warnings-statements.js";
import { serverUpkeep } from "./status/operations.js";
import { keptStorage, type EventStorage, type StorageParts } from "./storage.js";
import type { StorageOptions } from "./types/storage-options.js";
import { restrictStorage } from "./restricted.js";

/** Milliseconds to open a database where no call has less time. */
const OPENING_MS = 15_000;
const MIN_OPENING_MS = 800;

/** Opening ends within twice the time of a call, and has time enough to connect. */
function openingLimit(timeoutMs: number | undefined): number | undefined {
  if (timeoutMs === undefined || !(timeoutMs > 0)) return undefined;
  return Math.min(OPENING_MS, Math.max(MIN_OPENING_MS, 1.8 * timeoutMs));
}

/** Insertions of a process may wait on a connection of their own behind long searches, but never all of them. */
const DEFAULT_MAX_CONNECTIONS = 10;

/**
 * Opens a store; see {@link StorageOptions} for where it is. The schema is not touched: {@link EventStorage.databaseCreate} creates it, or brings
 * an older one forward.
 *
 * @throws DatabaseSourceError when there is no database to be had, StorageConnectionError when it does not answer
 * @example
 * const storage = await openStorage();
 * await storage.databaseCreate();
 * const { events } = await storage.searchEvents({ filter: "severity >= high" });
 * await storage.close();
 */
export function openStorage<N extends CatalogueNames>(
  options: StorageOptions & { readonly client: GeneratedClient<N> },
): Promise<EventStorage<N>>;
export function openStorage(
  options: StorageOptions & { readonly catalogue: Catalogue },
): Promise<EventStorage<CatalogueNames>>;
export function openStorage(options?: StorageOptions): Promise<EventStorage>;
export async function openStorage(options: StorageOptions = {}): Promise<EventStorage<CatalogueNames>> {
  checkStorageOptions("openStorage", options);
  const client = clientOfOptions(options);
  const { pool, schema } = options;
  const connections = pool === undefined || isPoolSettings(pool) ? undefined : pool;
  // A table of others needs no extension of ours, and none is made in their database.
  if (schema !== undefined && connections !== undefined)
    throw argumentError(
      "openStorage",
      '"schema" is for connections of our own: give yours a search_path instead',
    );
  const missing = client.catalogue.table.plain === undefined ? options.missing : plainNeeds(client.catalogue);
  const database = await openPlace(options, connections, missing);
  const connect: ExecutorOptions = {
    ...executorOptions(options, database, client.catalogue),
    connections,
  };
  const executor = openExecutor(connect);
  const { catalogue } = client;
  const release = async (): Promise<void> => {
    await executor.close();
    await database.release();
  };
  const wanted = { ...options, missing, description: database.description };
  await findStore(executor, catalogue, wanted).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  const filterOptions: FilterOptions = {
    catalogue,
    sets: options.sets,
    filters: options.filters,
    timeZone: options.timeZone,
  };
  const context: StoreContext = {
    ...createContext(client, filterOptions, executor.timeoutMs),
    // A client that was lent may be in a transaction of the application.
    inTransaction: connections !== undefined && !isPool(connections),
  };
  const { close, ...operations } =
    catalogue.table.plain === undefined
      ? await keptInLayout(executor, context, options.eventFormat)
      : plainStorage(executor, context);
  let closing: Promise<void> | null = null;
  const closeAll = (): Promise<void> => close().then(release);
  const primary: EventStorage = {
    ...operations,
    description: database.description,
    filterOptions,
    compile: (filter) => compileFilter(filter, filterOptions),
    ...serverUpkeep(executor),
    mogrify,
    restricted: (filter, args) => restrictStorage(storage, filter, args),
    close: () => (closing ??= closeAll()),
  };
  const storage = readingFrom(options, { primary, connect, client, context });
  return withCheckedCalls(storage, catalogue);
}

/** An open store, and what it was opened with. */
interface Opened {
  readonly primary: EventStorage;
  readonly connect: ExecutorOptions;
  readonly client: StoreModule;
  readonly context: StoreContext;
}

/** The store, with its reads on the standbys that the options name. */
function readingFrom(
  { readFrom = [], maxLagMs }: StorageOptions,
  { primary, connect, client, context }: Opened,
) {
  if (readFrom.length === 0) return primary;
  const { filterOptions, limitMs, catalogue } = context;
  const operationsOver = (executor: Executor): EventOperations => {
    // What is known of partitions is of the moment of a server.
    const own = createContext(client, filterOptions, limitMs);
    if (catalogue.table.plain !== undefined) return createPlainOperations(executor, own);
    const over = (read: StoreContext): EventOperations =>
      createOperations(executor, { context: read, inserter: createInserter(read) }, null);
    return byLayout(executor, catalogue, { oneServer: over(own), spread: () => over(spreadContext(own)) })
      .operations;
  };
  return withStandbys(primary, createStandbys({ readFrom, maxLagMs, connect, operationsOver }), limitMs ?? 0);
}

/** How the executor of a store over this database is opened. */
function executorOptions(
  options: StorageOptions,
  { connectionString, searchPath, timeoutMs }: OpenedPlace,
  { table }: Catalogue,
): ExecutorOptions {
  const { pool, password, ssl, schema } = options;
  const poolSettings = pool === undefined || !isPoolSettings(pool) ? {} : pool;
  return {
    connectionString,
    password,
    ssl,
    searchPath: schema === undefined ? undefined : `${quotedName(schema)}, ${searchPath}`,
    pooler: options.pooler,
    max: poolSettings.max ?? DEFAULT_MAX_CONNECTIONS,
    acquireTimeoutMs: poolSettings.acquireTimeoutMs,
    statementBudget: poolSettings.statementBudget,
    statements: options.statements,
    // Which index of a table of others serves a statement depends on the values.
    plans: table.plain === undefined ? undefined : "values",
    // What the role or the database allow holds where nothing else is said.
    usualTimeoutMs: timeoutMs > 0 ? timeoutMs : undefined,
    timeoutMs: options.timeoutMs,
    // A table of others is not ours to change, unless its owner says so.
    readOnly: options.readOnly ?? table.plain !== undefined,
    onEvent: options.onEvent,
  };
}

/** The database: that of the application's connections, or the one that the options name. */
function openPlace(
  options: StorageOptions,
  connections: ApplicationConnections | undefined,
  missing: MissingParts | undefined,
): Promise<OpenedPlace> {
  const limitMs = openingLimit(options.timeoutMs);
  if (connections !== undefined) return openApplicationDatabase(connections, { missing, limitMs });
  const { connectionString, embedded, dataDir, onProgress, password, ssl } = options;
  const probes = dataDir === undefined ? machineProbes : { ...machineProbes, environment: {} };
  return openDatabase(
    { connectionString, embedded, dataDir, onProgress, password, ssl, missing, limitMs },
    probes,
  );
}

/** What a table of others needs of its database: ip4r where its addresses are compared by it, and nothing for those of `inet` and `cidr`. */
const plainNeeds = (catalogue: Catalogue): MissingParts => (readsRanges(catalogue) ? "ignore" : "unneeded");

/** The operations of tables that the store makes and keeps, in the layout of the database. */
async function keptInLayout(
  executor: Executor,
  context: StoreContext,
  eventFormat: StorageOptions["eventFormat"],
): Promise<StorageParts> {
  const opened: StorageParts[] = [];
  const keep = (own: StoreContext): StorageParts => {
    const parts = keptStorage(executor, own, eventFormat);
    opened.push(parts);
    return parts;
  };
  const { operations, ask } = byLayout(executor, context.catalogue, {
    oneServer: keep(context),
    spread: () => keep(spreadContext(context)),
  });
  await ask();
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((parts) => parts.close()));
  };
  return { ...operations, close };
}

/** The same store, spread over workers. What is known of partitions is of one layout. */
function spreadContext({ catalogue, filterOptions, limitMs, inTransaction }: StoreContext): StoreContext {
  const alone = evaluateClient(rollupsAlone(catalogue)).connect;
  return { ...createContext(spreadClientOf(catalogue), filterOptions, limitMs), alone, inTransaction };
}

/** What the store runs on: the given client, or that of the given catalogue. @throws DataError `argument_invalid` */
function clientOfOptions({ client, catalogue }: StorageOptions): StoreModule {
  if (client === undefined) return readCatalogue(catalogue ?? IDEA_CATALOGUE);
  const module = readClient(client);
  if (catalogue === undefined || sameCatalogue(catalogue, module.catalogue)) return module;
  throw new DataError(
    `openStorage: "client" carries the catalogue "${module.catalogue.name}", and "catalogue" is another; give one of them`,
    { operation: "openStorage", code: "argument_invalid" },
  );
}

/** A catalogue that contradicts itself, or describes no table that the store can keep, is wrong data of the caller. */
function readCatalogue(catalogue: Catalogue): StoreModule {
  try {
    return clientOf(catalogue);
  } catch (error) {
    const message = `openStorage: ${error instanceof Error ? error.message : String(error)}`;
    throw new DataError(message, { operation: "openStorage", code: "argument_invalid", cause: error });
  }
}

/** Where a store is looked for. */
interface Wanted extends Pick<StorageOptions, "schema" | "readOnly"> {
  readonly missing: MissingParts | undefined;
  readonly description: string;
}

/**
 * Looks whether there is a store where it has to be. A schema that was asked for and has none gets one, or is refused: its names would lead to the
 * tables of the next schema.
 *
 * @throws DatabaseSourceError `no-store` where the tables are missing
 */
async function findStore(executor: Executor, catalogue: Catalogue, wanted: Wanted): Promise<void> {
  const { schema, missing, readOnly, description } = wanted;
  if (missing !== "refuse" && schema === undefined) return;
  const { name } = catalogue.table;
  const place = schema === undefined ? identifier(name) : `${quotedName(schema)}.${identifier(name)}`;
  const { rows } = await executor.query(HAS_TABLE, [place]);
  if (rows[0]?.["there"] === true) return;
  if (schema !== undefined && (missing ?? "create") === "create" && readOnly !== true) {
    await executor.query(createSchemaText(quotedName(schema)));
    await databaseCreate(executor, catalogue);
    return;
  }
  const where = schema === undefined ? "" : ` in the schema ${quotedName(schema)}`;
  throw new DatabaseSourceError(
    "no-store",
    `There is no store here: ${description} has no table "${name}"${where}. \`eventstore init\` makes it.`,
  );
}

/** A name in quotes, whatever it is. */
function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
