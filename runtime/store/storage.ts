/** An open store: the operations of its features, the upkeep of its tables, and what concerns the store itself. */
import type { CompiledFilter, FilterOptions } from "../../compiler/compile.js";
import type { Filter } from "../../compiler/compose.js";
import type { ParameterNames } from "../../compiler/parameter-names.js";
import { record, text } from "../../compiler/values/checks.js";
import type { CatalogueNames } from "../client.js";
import type { Executor } from "../postgres/session.js";
import * as checks from "./arguments/options.js";
import type { StoreContext } from "./context.js";
import { createGathering, createInserter } from "./insert/insert.js";
import type { OperationRows, Signature } from "./operation-row.js";
import { createOperations, type EventOperations } from "./operations.js";
import { RETENTION_UPKEEP, retentionUpkeep, type RetentionUpkeep } from "./retention/operations.js";
import { ROLES_UPKEEP, rolesUpkeep, type RolesUpkeep } from "./roles/operations.js";
import { refusingNewer } from "./schema/newer.js";
import { SCHEMA_UPKEEP, schemaUpkeep, type SchemaUpkeep } from "./schema/operations.js";
import { upkeepScope } from "./scope.js";
import { STATUS_UPKEEP, statusUpkeep, type serverUpkeep, type StatusUpkeep } from "./status/operations.js";
import type { FilterArgument, IdeaNames } from "./types/events.js";
import type { StorageOptions } from "./types/storage-options.js";
import { VERIFY_UPKEEP, verifyUpkeep, type VerifyUpkeep } from "./verify/operations.js";

/** What keeps the tables of a store and says how they are. */
type Upkeep = SchemaUpkeep & RetentionUpkeep & VerifyUpkeep & RolesUpkeep & StatusUpkeep;

/** An open store. */
export interface EventStorage<N extends CatalogueNames = IdeaNames>
  extends EventOperations<N>, SchemaUpkeep, RetentionUpkeep, VerifyUpkeep, RolesUpkeep, StatusUpkeep {
  /** Where the events are, for people: `embedded PostgreSQL 18.4 in .eventstore`. No passwords. */
  readonly description: string;
  /** Filter options (catalogue, sets, saved filters, zone) that this store compiles filters with. */
  readonly filterOptions: FilterOptions;
  /**
   * Compiles a filter with the catalogue, sets, saved filters and zone of this store.
   *
   * @throws FilterError with all diagnostics when the text has an error
   */
  compile<const Text extends string>(filter: Text): CompiledFilter<ParameterNames<Text>>;
  /**
   * A view in which every read and write stays within the filter: what lies outside is not found, counted, changed or deleted, and can't be
   * stored. Thresholds, raw queries, upkeep and schema are refused there; `close()` of a view leaves the store open.
   *
   * @param args values of the filter's `$parameters`; those of a call can't reach it
   * @throws FilterError when the filter does not compile
   * @throws DataError when an argument is missing or of the wrong type
   */
  restricted(filter: Filter, args?: FilterArgument["args"]): EventStorage;
  /** The statement with its values written in, for people to read and paste. Never executed. */
  mogrify(text: string, values?: readonly unknown[]): string;
  /** Waits for running work and closes all connections; stops a database that this process started. */
  close(): Promise<void>;
}

/** How the upkeep is called, and where it may run. */
export const UPKEEP = {
  ...SCHEMA_UPKEEP,
  ...RETENTION_UPKEEP,
  ...VERIFY_UPKEEP,
  ...ROLES_UPKEEP,
  ...STATUS_UPKEEP,
} as const satisfies OperationRows<Upkeep>;

type Own = Exclude<
  keyof EventStorage,
  keyof EventOperations | keyof Upkeep | "description" | "filterOptions"
>;

/** How what concerns the store itself is called. */
export const STORE_METHODS = {
  compile: { parameters: [["filter", text]], options: {}, gives: "value" },
  restricted: {
    parameters: [
      ["filter", checks.filterArgument],
      ["args", record, "optional"],
    ],
    options: {},
    gives: "value",
  },
  mogrify: {
    parameters: [
      ["text", text],
      ["values", checks.statementValues, "optional"],
    ],
    options: {},
    gives: "value",
  },
  close: { parameters: [], options: {} },
} as const satisfies Readonly<Record<Own, Signature>>;

/** The part of an open store that depends on whose tables they are, with the end of its own work before the connections are closed. */
export interface StorageParts extends EventOperations, Omit<Upkeep, keyof ReturnType<typeof serverUpkeep>> {
  readonly close: () => Promise<void>;
}

/** That part over tables that the store makes and keeps. */
export function keptStorage(
  executor: Executor,
  context: StoreContext,
  eventFormat: StorageOptions["eventFormat"],
): StorageParts {
  const store = { context, inserter: createInserter(context, eventFormat) };
  const gathering = createGathering(executor, store.inserter);
  const operations = createOperations(executor, store, gathering);
  const scope = upkeepScope(executor, store);
  const upkeep = refusingNewer(executor, context, UPKEEP, {
    ...schemaUpkeep(scope),
    ...retentionUpkeep(scope),
    ...verifyUpkeep(scope, (work, options) => operations.transaction(work, options)),
    ...rolesUpkeep(scope),
    ...statusUpkeep(scope),
  });
  return { ...operations, ...upkeep, close: () => gathering.close() };
}
