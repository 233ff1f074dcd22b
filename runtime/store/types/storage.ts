/** An open store. */
import type { CompiledFilter, FilterOptions } from "../../../compiler/compile.js";
import type { Filter } from "../../../compiler/compose.js";
import type { ParameterNames } from "../../../compiler/parameter-names.js";
import type { CatalogueNames } from "../../client.js";
import type { QueryActivity, StatusOptions } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { FilterArgument, IdeaNames } from "./events.js";
import type { EventOperations } from "./operations.js";
import type {
  ArchiveOptions,
  ArchiveReport,
  TableStatus,
  DatabaseStatus,
  SchemaReport,
  CreateOptions,
  RolesOptions,
  RolesReport,
  VerifyOptions,
  VerifyReport,
  IndexOptions,
  PartitionOptions,
  PartitionReport,
} from "./upkeep.js";

/** An open store. */
export interface EventStorage<N extends CatalogueNames = IdeaNames> extends EventOperations<N> {
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
  /**
   * Creates the tables and indexes of the store, or brings those of an older version up to date. Does nothing when they are.
   *
   * @throws EventStorageError `object_missing` when ip4r cannot be installed, `schema_foreign` when the names belong to something else
   */
  databaseCreate(options?: CreateOptions): Promise<SchemaReport>;
  /** Drops the tables of the store with all events. */
  databaseDrop(options?: CallOptions): Promise<SchemaReport>;
  /** Creates the indexes that are missing. With `concurrently` writers are not blocked. */
  indexCreate(options?: IndexOptions): Promise<SchemaReport>;
  /** Drops the indexes of the events, for a bulk load; searches without them read whole days. */
  indexDrop(options?: IndexOptions): Promise<SchemaReport>;
  /** Puts narrow partitions of past weeks or months together, beside ingest and searches; the months when no width is given. */
  mergePartitions(options?: PartitionOptions<"week" | "month">): Promise<PartitionReport>;
  /** Takes wide partitions of the past apart, likewise; into days when no width is given. */
  splitPartitions(options?: PartitionOptions<"day" | "week">): Promise<PartitionReport>;
  /**
   * Writes the events of partitions of the past somewhere else, and drops each once it is written. `insertEvents` takes them back; `eventstore archive`
   * does both with files.
   */
  archivePartitions(options: ArchiveOptions): Promise<ArchiveReport>;
  /** Looks whether columns, indexes, counters, identifiers, lists and partitions are as they have to be; `repair` mends it. */
  verify(options?: VerifyOptions): Promise<VerifyReport>;
  /** Creates the roles of owner, writer and reader; see runtime/store/roles.ts for what each may do. */
  rolesCreate(options?: RolesOptions): Promise<RolesReport>;
  /**
   * Size in bytes, estimated rows and age of a table, its partitions together.
   *
   * @param column the time column that the age goes by; the first one when absent
   * @throws DataError for an unknown table or column
   */
  tableStatus(table: string, column?: string, options?: CallOptions): Promise<TableStatus>;
  /** Versions, sizes, settings and warnings; with `brief: true` without settings and warnings. */
  databaseStatus(options?: CallOptions & { readonly brief?: boolean | undefined }): Promise<DatabaseStatus>;
  /** What the sessions of the server are doing, those with a name first. Without the right to see others' sessions, your own. */
  queriesStatus(options?: StatusOptions): Promise<readonly QueryActivity[]>;
  /** What the query with this name is doing; null when it is not running. */
  queryStatus(name: string, options?: StatusOptions): Promise<QueryActivity | null>;
  /** Cancels the query with this name on the server. Returns whether there was one; it never hits the next query of the same connection. */
  queryCancel(name: string, options?: StatusOptions): Promise<boolean>;
  /** The statement with its values written in, for people to read and paste. Never executed. */
  mogrify(text: string, values?: readonly unknown[]): string;
  /** Waits for running work and closes all connections; stops a database that this process started. */
  close(): Promise<void>;
}
