/** Opening a store: the database, the connections, and the operations over them. */
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { compileFilter, type FilterOptions } from "../../compiler/compile.js";
import { machineProbes, openDatabase } from "../server/open-database.js";
import { openExecutor } from "../postgres/executor.js";
import type { Session } from "../postgres/session.js";
import { createGathering, createInserter } from "./insert/insert.js";
import { layoutOf } from "./layout.js";
import { mogrify } from "./legacy/mogrify.js";
import { createOperations } from "./operations.js";
import { createRoles } from "./roles/roles.js";
import { databaseCreate, databaseDrop, indexCreate, indexDrop } from "./schema/index.js";
import { createKnownPartitions } from "./search/days.js";
import { createKnownReaches } from "./search/reach.js";
import type { StoreContext } from "./search/search.js";
import { databaseStatus, tableStatus } from "./status/status.js";
import type { EventStorage, StorageOptions } from "./types.js";

/** Milliseconds to open a database where no call has less time. */
const OPENING_MS = 15_000;
const LEAST_OPENING_MS = 800;

/** Opening ends within twice the time of a call, and has time enough to connect. */
function openingLimit(timeoutMs: number | undefined): number | undefined {
  if (timeoutMs === undefined || !(timeoutMs > 0)) return undefined;
  return Math.min(OPENING_MS, Math.max(LEAST_OPENING_MS, 1.8 * timeoutMs));
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
export async function openStorage(options: StorageOptions = {}): Promise<EventStorage> {
  const { connectionString, embedded, onProgress, pool = {} } = options;
  const { dataDir } = options;
  const probes = dataDir === undefined ? machineProbes : { ...machineProbes, environment: {} };
  const { password, ssl, missing } = options;
  const limitMs = openingLimit(options.timeoutMs);
  const database = await openDatabase(
    { connectionString, embedded, dataDir, onProgress, password, ssl, missing, limitMs },
    probes,
  );
  const executor = openExecutor({
    connectionString: database.connectionString,
    password,
    ssl,
    pooler: options.pooler,
    max: pool.max ?? DEFAULT_MAX_CONNECTIONS,
    acquireTimeoutMs: pool.acquireTimeoutMs,
    statementBudget: pool.statementBudget,
    statements: options.statements,
    // What the role or the database allow holds where nothing else is said.
    timeoutMs: options.timeoutMs ?? (database.timeoutMs > 0 ? database.timeoutMs : undefined),
    readOnly: options.readOnly,
    onEvent: options.onEvent,
  });
  const catalogue = options.catalogue ?? IDEA_CATALOGUE;
  const filterOptions: FilterOptions = {
    catalogue,
    sets: options.sets,
    filters: options.filters,
    timeZone: options.timeZone,
  };
  const layout = layoutOf(catalogue);
  const context: StoreContext = {
    layout,
    filterOptions,
    partitions: createKnownPartitions(layout),
    reaches: createKnownReaches(),
  };
  const inserter = createInserter(catalogue, options.eventFormat);
  const gathering = createGathering(executor, inserter);
  const operations = createOperations(executor, { context, inserter }, gathering);
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await gathering.close();
    await executor.close();
    await database.release();
  };
  const changing =
    <O, R>(
      work: (session: Session, catalogue: StoreContext["layout"]["catalogue"], options?: O) => Promise<R>,
    ) =>
    async (given?: O): Promise<R> => {
      inserter.days.forget();
      inserter.words.forget();
      return work(executor, catalogue, given);
    };
  return {
    ...operations,
    description: database.description,
    filterOptions,
    compile: (filter) => compileFilter(filter, filterOptions),
    databaseCreate: changing(databaseCreate),
    databaseDrop: changing(databaseDrop),
    indexCreate: changing(indexCreate),
    indexDrop: changing(indexDrop),
    rolesCreate: (given) => createRoles(executor, catalogue, given),
    tableStatus: (table, column, given) => tableStatus(executor, catalogue, table, column, given),
    databaseStatus: (given) => databaseStatus(executor, catalogue, given),
    queriesStatus: (given) => executor.queriesStatus(given),
    queryStatus: (name, given) => executor.queryStatus(name, given),
    queryCancel: (name, given) => executor.queryCancel(name, given),
    mogrify,
    close: () => (closing ??= close()),
  };
}
