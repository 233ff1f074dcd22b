/** The public types of the storage service: what {@link EventStorage} offers, takes and returns. */
import type { ConnectionOptions } from "node:tls";
import type { CompiledFilter, FilterOptions } from "../../compiler/compile.js";
import type { Filter } from "../../compiler/compose.js";
import type { ParametersOf } from "../../compiler/filter-parameters.js";
import type { ArgumentsOption, ParameterNames } from "../../compiler/parameter-names.js";
import type { NamedSets, SavedFilters } from "../../compiler/resolve/context.js";
import type { CatalogueNames, GeneratedClient } from "../client.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import type { EventFormat } from "../postgres/event-text.js";
import type {
  EventHook,
  QueryActivity,
  QueryRows,
  StatusOptions,
  TransactionOptions,
} from "../postgres/session.js";
import type { IdeaEvent } from "../events/idea-event.js";
import type { CallOptions } from "../postgres/statement.js";

/** Where and how to open a store. Neither `connectionString` nor DATABASE_URL: local PostgreSQL with ip4r, Docker, or the embedded one. */
export interface StorageOptions {
  readonly connectionString?: string | undefined;
  /** Use the embedded PostgreSQL, optionally with its data in the given folder. */
  readonly embedded?: boolean | { readonly dataDir?: string | undefined } | undefined;
  /** Folder of the private server's data, `.eventstore` of the current folder when absent. When given, DATABASE_URL is not looked at. */
  readonly dataDir?: string | undefined;
  readonly pool?:
    | {
        readonly max?: number | undefined;
        readonly acquireTimeoutMs?: number | undefined;
        readonly statementBudget?: number | undefined;
      }
    | undefined;
  /** Password for a URL, or what gives it for each new connection; wins over the URL's, PGPASSWORD and `~/.pgpass`. */
  readonly password?: string | (() => string | Promise<string>) | undefined;
  /** TLS for a URL: false for none, true or options of Node's `tls.connect`; as the URL's `sslmode` says when absent. */
  readonly ssl?: boolean | ConnectionOptions | undefined;
  /**
   * What stands before the server. Recognised when absent, where a pooler is taken for one that pools transactions; `session`: one that keeps
   * a session for each of our connections, so that statements can be prepared.
   */
  readonly pooler?: "none" | "session" | "transaction" | undefined;
  /** `refuse`: rejects where there is no store yet, and makes nothing; `create` when absent: the cluster and the extensions are made. */
  readonly missing?: "create" | "refuse" | undefined;
  /** `unnamed` prepares nothing on the server. */
  readonly statements?: "named" | "unnamed" | undefined;
  /** Milliseconds allowed to a statement whose call sets none; 0 means none. */
  readonly timeoutMs?: number | undefined;
  /** The catalogue of the store; IDEA's when absent. The statements are evaluated as the store is opened. */
  readonly catalogue?: Catalogue | undefined;
  /** What `eventstore generate --catalogue` wrote, in place of `catalogue`: the client carries it. */
  readonly client?: GeneratedClient | undefined;
  readonly sets?: NamedSets | undefined;
  readonly filters?: SavedFilters | undefined;
  /** IANA zone or offset in which times without offset and calendar units are read; UTC when absent. */
  readonly timeZone?: string | undefined;
  /**
   * How new events are kept: compressed when absent, to a third of their length; `plain` where their JSON is to be read by SQL as well, with
   * `convert_from(substr(event, 2), 'UTF8')::json`. A store reads both.
   */
  readonly eventFormat?: EventFormat | undefined;
  /** Open the sessions read-only: the server refuses whatever would write, with the code `read_only`. */
  readonly readOnly?: boolean | undefined;
  /** Log and metrics hook. */
  readonly onEvent?: EventHook | undefined;
  /** Told what happens while a database is being started. */
  readonly onProgress?: ((message: string) => void) | undefined;
}

/** A filter as text, compiled or composed; absent: every event. */
export interface FilterArgument {
  readonly filter?: Filter | undefined;
  /** Values of the filter's `$parameters`. */
  readonly args?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Options with a filter whose parameters the type checker knows: where the filter is a literal, or was compiled from one, `args` has to have a value for
 * each of its parameters, and none else.
 */
export type WithFilter<Options, F> = Omit<Options, "filter" | "args"> & {
  /** The filter as text, compiled or composed; absent: every event. */
  readonly filter?: F;
} & ArgumentsOption<ParametersOf<F>>;

/** The orders of an IDEA store. Of another store: one of its two times of storage roles with its direction. */
export type SortKey = "detect_time.desc" | "detect_time.asc" | "storage_time.desc" | "storage_time.asc";

/** What a store takes for the names of fields when nothing more is known of its catalogue, and for orders those of IDEA. */
export interface IdeaNames extends CatalogueNames {
  readonly sort: SortKey;
}

/** The place behind the last event of a page. Opaque: pass it back as `after`. */
export type PageKey = string;

export interface SearchOptions<N extends CatalogueNames = IdeaNames> extends FilterArgument, CallOptions {
  /** `detect_time.desc` when absent; ties are ordered by id in the same direction. */
  readonly sort?: N["sort"] | undefined;
  /** Events a page, 1 to 10,000; 100 when absent. */
  readonly limit?: number | undefined;
  /** Continue behind this key; cheap at any depth. */
  readonly after?: PageKey | null | undefined;
  /** Page number from 1, instead of `after`; dear at depth. */
  readonly page?: number | undefined;
  /** Also count all events that match. */
  readonly total?: boolean | undefined;
  /** Build the events from the columns alone, without reading their JSON. */
  readonly ghost?: boolean | undefined;
  /** Return the stored JSON text in place of parsed events: numbers keep all their digits. */
  readonly raw?: boolean | undefined;
}

/** Which events are streamed, and in which order. */
export interface StreamEventsOptions<N extends CatalogueNames = IdeaNames>
  extends FilterArgument, CallOptions {
  /** `detect_time.desc` when absent; ties are ordered by id in the same direction. */
  readonly sort?: N["sort"] | undefined;
}

/** Which events' identifiers are streamed. */
export type StreamIdsOptions = FilterArgument & CallOptions;

export interface SearchResult<E = IdeaEvent> {
  readonly events: readonly E[];
  readonly next: PageKey | null;
  readonly hasMore: boolean;
  readonly total?: number;
}

export interface InsertOptions extends CallOptions {
  /** `error` (default): an id that is there already rejects with StorageIntegrityError; `ignore`: it is left as it is. */
  readonly onConflict?: "error" | "ignore" | undefined;
  /** The JSON text to keep instead of the event printed anew. */
  readonly raw?: string | undefined;
}

/** An event for bulk insertion: the event, or the event with the JSON text to keep. */
export type BulkEvent = unknown;

export interface BulkOptions extends CallOptions {
  /** Called after each acknowledged batch. */
  readonly onProgress?: ((progress: BulkProgress) => void) | undefined;
  readonly onConflict?: "ignore" | "error" | undefined;
  /**
   * Batches on their way at a time; 2 when absent. With 1 the events are stored strictly in their order, which tells only where two of them have the
   * same id and lie far apart.
   */
  readonly concurrency?: number | undefined;
}

export interface BulkProgress {
  readonly inserted: number;
  readonly duplicates: number;
  readonly rejected: number;
}

export interface RejectedEvent {
  /** Position in the input, from 0. */
  readonly index: number;
  readonly id?: string;
  /** Place in the event: `DetectTime`, `Source[0].IP4[1]`. */
  readonly path: string;
  readonly reason: string;
}

export interface BulkResult {
  readonly inserted: number;
  /** Events whose id was there already. */
  readonly duplicates: number;
  readonly rejected: readonly RejectedEvent[];
}

export interface AggregateOptions<N extends CatalogueNames = IdeaNames> extends FilterArgument, CallOptions {
  /** Field whose values are counted; of a list each value. */
  readonly by: N["field"];
  /** Most values returned, 1 to 10,000; 20 when absent. */
  readonly limit?: number | undefined;
  /** Add a last row with what is beyond the limit. */
  readonly remainder?: boolean | undefined;
}

/** `value` null: events without the field. `remainder` marks the row of all values beyond the limit. */
export interface AggregateRow {
  readonly value: string | number | boolean | null;
  readonly count: number;
  readonly remainder?: true;
}

export interface TimelineOptions<N extends CatalogueNames = IdeaNames> extends FilterArgument, CallOptions {
  /** Start, inclusive; the oldest event's bucket when absent. */
  readonly from?: Date | string | undefined;
  /** End, exclusive; the end of the newest event's bucket when absent. */
  readonly to?: Date | string | undefined;
  /** `30s`, `5m`, `1h`, `1d`, `1w`, `1mo`; chosen for at most 200 buckets when absent. */
  readonly step?: string | undefined;
  /** Split each bucket by the values of this field. */
  readonly by?: N["field"] | undefined;
  /** Number of values shown for `by`; the others are one remainder. 10 when absent. */
  readonly limit?: number | undefined;
  /** Time field of the axis; `detect_time` when absent. */
  readonly field?: N["field"] | undefined;
  /** Zone in which days and longer steps begin; the zone of the storage when absent. */
  readonly timeZone?: string | undefined;
}

/** Half-open `[from, to)`. */
export interface TimelineBucket {
  readonly from: Date;
  readonly to: Date;
  readonly count: number;
  /** Counts by value of `by`, in the order of {@link Timeline.values}; the remainder, if any, is last. */
  readonly values?: readonly AggregateRow[];
}

export interface Timeline {
  readonly buckets: readonly TimelineBucket[];
  readonly total: number;
  readonly step: string;
  /** Totals by value of `by`. */
  readonly values?: readonly AggregateRow[];
}

export interface PivotOptions<N extends CatalogueNames = IdeaNames> extends FilterArgument, CallOptions {
  readonly row: N["field"];
  readonly column: N["field"];
  /** Most values on each axis; 20 when absent. */
  readonly limit?: number | undefined;
  /** Add adjusted residuals (O − E) / √(E (1 − r/n) (1 − c/n)). */
  readonly residuals?: boolean | undefined;
}

export interface PivotCell {
  readonly row: string | number | boolean | null;
  readonly column: string | number | boolean | null;
  readonly count: number;
  /** Null where it is undefined: a row or column that is the whole table. */
  readonly residual?: number | null;
}

export interface PivotResult {
  readonly rows: readonly AggregateRow[];
  readonly columns: readonly AggregateRow[];
  readonly cells: readonly PivotCell[];
  readonly total: number;
}

export interface SummaryOptions<N extends CatalogueNames = IdeaNames> extends FilterArgument, CallOptions {
  readonly by: readonly N["field"][];
  readonly limit?: number | undefined;
  readonly remainder?: boolean | undefined;
}

export interface SummaryResult {
  readonly total: number;
  /** One list of rows for each field of `by`. */
  readonly panels: Readonly<Record<string, readonly AggregateRow[]>>;
}

export interface DeleteOptions extends FilterArgument, CallOptions {
  /** Needed to delete without a condition. */
  readonly all?: boolean | undefined;
  /** Delete in slices of so many events, each committed by itself. */
  readonly batch?: number | undefined;
}

export interface CountOptions extends FilterArgument, CallOptions {
  /** The planner's estimate instead of a count. */
  readonly approximate?: boolean | undefined;
}

/** A live or expired record of the thresholding cache. */
export interface ThresholdRecord {
  readonly key: string;
  readonly thresholdTime: Date;
  readonly relapseTime: Date;
  readonly ttlTime: Date;
}

/** An event that was not reported because its key was being thresholded. */
export interface WithheldEvent {
  /** Identifier of the event. */
  readonly eventId: string;
  /** The key under which it was withheld. */
  readonly key: string;
  /** The group that would have been told of it. */
  readonly group: string;
  /** Severity of the event. */
  readonly severity: string;
  /** When it was withheld. */
  readonly createTime: Date;
}

export interface RelapsedEvent {
  readonly event: IdeaEvent;
  /** Keys under which it was thresholded and has relapsed. */
  readonly keys: readonly string[];
}

export interface TableStatus {
  readonly table: string;
  readonly partitions: number;
  /** Estimated rows. */
  readonly rows: number;
  readonly tableBytes: number;
  readonly indexBytes: number;
  readonly totalBytes: number;
  readonly oldest: Date | null;
  readonly newest: Date | null;
}

export interface DatabaseStatus {
  /** What an operator should know: days without a partition, too little room for locks. */
  readonly warnings: readonly string[];
  readonly serverVersion: string;
  readonly ip4r: string;
  readonly schemaVersion: number;
  readonly databaseBytes: number;
  readonly tables: readonly TableStatus[];
  readonly settings: Readonly<Record<string, string>>;
}

/** What creating, migrating or dropping the schema or its indexes did, one line each. */
export interface SchemaReport {
  readonly version: number;
  readonly changes: readonly string[];
  /** With `dryRun`: the SQL that would be run, in order. */
  readonly statements?: readonly string[];
}

export interface CreateOptions extends CallOptions {
  /** Emit what a Citus cluster needs: distribution by the bigint key, co-located tables. */
  readonly distributed?: "citus" | undefined;
  /** Change nothing: the report tells what would be changed, and its `statements` how. */
  readonly dryRun?: boolean | undefined;
}

export interface RolesOptions extends CallOptions {
  /** First part of the names of the roles; `eventstore` when absent. */
  readonly prefix?: string | undefined;
}

/** The names of the roles of a store, and which of them are new. */
export interface RolesReport {
  readonly owner: string;
  readonly writer: string;
  readonly reader: string;
  readonly created: readonly string[];
}

export interface RefreshOptions extends CallOptions {
  /** Also make the partitions of today and of so many days after it, 0 to 7: for writers that may not make them. */
  readonly ahead?: number | undefined;
  /**
   * Of fields with many values, how many of the most frequent are listed for each day that is computed now; 1,000 when absent. Longer lists
   * tell longer tops without a scan.
   */
  readonly top?: number | undefined;
}

export interface VerifyOptions extends Pick<CallOptions, "signal" | "timeoutMs"> {
  /** Mend what can be mended, and look again. */
  readonly repair?: boolean | undefined;
  /** Told which day is looked at. */
  readonly onProgress?: ((day: string) => void) | undefined;
}

/** Something that is not as it has to be. */
export interface VerifyProblem {
  readonly what: string;
  /** A day, `default partition`, `schema`, or the name of a table. */
  readonly where: string;
  readonly count: number;
}

export interface VerifyReport {
  /** What is wrong; with `repair` what is still wrong after it. Empty: all is well. */
  readonly problems: readonly VerifyProblem[];
  /** What was wrong and is not any more. */
  readonly repaired: readonly VerifyProblem[];
}

export interface IndexOptions extends CallOptions {
  /** Build without blocking writers; not inside a transaction. */
  readonly concurrently?: boolean | undefined;
  readonly onProgress?: ((message: string) => void) | undefined;
}

/** The operations that a transaction offers too. */
export interface EventOperations<N extends CatalogueNames = IdeaNames> {
  insertEvent(event: unknown, options?: InsertOptions): Promise<string>;
  insertEvents(
    events: Iterable<BulkEvent> | AsyncIterable<BulkEvent>,
    options?: BulkOptions,
  ): Promise<BulkResult>;
  fetchEvent(
    id: string,
    options?: CallOptions & { readonly raw?: false | undefined },
  ): Promise<IdeaEvent | null>;
  fetchEvent(id: string, options: CallOptions & { readonly raw: true }): Promise<string | null>;
  deleteEvent(id: string, options?: CallOptions): Promise<boolean>;
  countEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<CountOptions, F>,
  ): Promise<number>;
  searchEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<SearchOptions<N>, F> & { readonly raw: true },
  ): Promise<SearchResult<string>>;
  searchEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<SearchOptions<N>, F>,
  ): Promise<SearchResult>;
  streamEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<StreamEventsOptions<N>, F>,
  ): AsyncIterable<IdeaEvent>;
  /** Identifiers of all events that match, newest first, in constant memory. Leaving the loop ends the query. */
  streamEventIds<const F extends Filter | undefined = undefined>(
    options?: WithFilter<StreamIdsOptions, F>,
  ): AsyncIterable<string>;
  deleteEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<DeleteOptions, F>,
  ): Promise<number>;
  aggregateEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<AggregateOptions<N>, F>,
  ): Promise<readonly AggregateRow[]>;
  timelineEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<TimelineOptions<N>, F>,
  ): Promise<Timeline>;
  pivotEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<PivotOptions<N>, F>,
  ): Promise<PivotResult>;
  summarizeEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<SummaryOptions<N>, F>,
  ): Promise<SummaryResult>;
  distinctValues(
    field: N["field"],
    options?: FilterArgument & CallOptions,
  ): Promise<readonly (string | number | boolean)[]>;
  /**
   * Brings roll-ups up to date, sorts the indexes of days that got events, and gives days that had to stay in the default partition partitions
   * of their own. Returns the number of hours recomputed.
   */
  refresh(options?: RefreshOptions): Promise<number>;
  searchColumnWith(
    field: N["field"],
    aggregate?: "min" | "max",
    options?: FilterArgument & CallOptions,
  ): Promise<Date | string | number | null>;
  /** Whether an event was stored within the last `interval` seconds (strictly). */
  watchdogEvents(interval: number, options?: CallOptions): Promise<boolean>;
  tableCleanup(table: string, column: string, ttl: Date, options?: CallOptions): Promise<number>;
  thresholdSet(
    key: string,
    thresholdTime: Date,
    relapseTime: Date,
    ttl: Date,
    options?: CallOptions,
  ): Promise<void>;
  thresholdCheck(key: string, ttl: Date, options?: CallOptions): Promise<ThresholdRecord | null>;
  /**
   * Remembers that an event was withheld under a key; {@link EventOperations.searchRelapsedEvents} finds it once the key has expired.
   *
   * @throws StorageIntegrityError when the event is already remembered under this key
   */
  thresholdSave(withheld: WithheldEvent, options?: CallOptions): Promise<void>;
  /** The same with the arguments in the order of the Python module. */
  thresholdSave(
    eventId: string,
    key: string,
    group: string,
    severity: string,
    createTime: Date,
    options?: CallOptions,
  ): Promise<void>;
  thresholdsCount(options?: CallOptions): Promise<number>;
  thresholdsClean(ttl: Date, options?: CallOptions): Promise<number>;
  thresholdedEventsCount(options?: CallOptions): Promise<number>;
  thresholdedEventsClean(
    options?: CallOptions & { readonly keep?: "relapse" | "threshold" | undefined },
  ): Promise<number>;
  searchRelapsedEvents(
    group: string,
    severity: string,
    ttl: Date,
    options?: CallOptions,
  ): Promise<readonly RelapsedEvent[]>;
  query(text: string, values?: readonly unknown[], options?: CallOptions): Promise<QueryRows>;
  transaction<T>(
    work: (operations: EventOperations<N>) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
}

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
  databaseCreate(options?: CreateOptions): Promise<SchemaReport>;
  databaseDrop(options?: CallOptions): Promise<SchemaReport>;
  indexCreate(options?: IndexOptions): Promise<SchemaReport>;
  indexDrop(options?: IndexOptions): Promise<SchemaReport>;
  /** Looks whether columns, indexes, counters, identifiers, lists and partitions are as they have to be; `repair` mends it. */
  verify(options?: VerifyOptions): Promise<VerifyReport>;
  /** Creates the roles of owner, writer and reader; see runtime/store/roles.ts for what each may do. */
  rolesCreate(options?: RolesOptions): Promise<RolesReport>;
  tableStatus(table: string, column?: string, options?: CallOptions): Promise<TableStatus>;
  databaseStatus(options?: CallOptions & { readonly brief?: boolean | undefined }): Promise<DatabaseStatus>;
  queriesStatus(options?: StatusOptions): Promise<readonly QueryActivity[]>;
  queryStatus(name: string, options?: StatusOptions): Promise<QueryActivity | null>;
  queryCancel(name: string, options?: StatusOptions): Promise<boolean>;
  /** The statement with its values written in, for people to read and paste. Never executed. */
  mogrify(text: string, values?: readonly unknown[]): string;
  /** Waits for running work and closes all connections; stops a database that this process started. */
  close(): Promise<void>;
}
