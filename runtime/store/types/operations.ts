/** The operations of a store and of a transaction. */
import type { Filter } from "../../../compiler/compose.js";
import type { CatalogueNames } from "../../client.js";
import type { IdeaEvent } from "../../events/idea-event.js";
import type { QueryRows, TransactionOptions } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type {
  AggregateOptions,
  AggregateRow,
  TimelineOptions,
  TimelinePanelOptions,
  TimelinePanels,
  Timeline,
  PivotOptions,
  PivotResult,
  SummaryOptions,
  SummaryResult,
} from "./dashboards.js";
import type {
  FilterArgument,
  WithFilter,
  IdeaNames,
  SearchOptions,
  StreamEventsOptions,
  StreamIdsOptions,
  SearchResult,
  CheckedEvent,
  InsertOptions,
  BulkEvent,
  BulkOptions,
  BulkResult,
  DeleteOptions,
  CountOptions,
} from "./events.js";
import type {
  ExpiredEvent,
  ExpireOptions,
  RelapsedEvent,
  RelapseOptions,
  Threshold,
  ThresholdOptions,
  ThresholdRecord,
  WithheldEvent,
  WithheldOptions,
} from "./thresholds.js";
import type { RefreshOptions } from "./upkeep.js";

/** The operations that a transaction offers too. */
export interface EventOperations<N extends CatalogueNames = IdeaNames> {
  /**
   * Stores one event and returns its id once it is committed. Concurrent calls share a statement, except within a transaction, or with a
   * `signal`, a `name` or a time limit.
   *
   * @param event an IDEA event with at least what {@link StorableEvent} says, or what `withRaw` made of one; a value whose keys are not known to the
   * compiler is checked when it is stored
   * @throws DataError when the event cannot be stored, with the path of the value that is wrong
   * @throws StorageIntegrityError when its id is taken, unless `onConflict` is `ignore`
   */
  insertEvent<E>(event: E & CheckedEvent<E, N>, options?: InsertOptions): Promise<string>;
  /**
   * Stores many events, in batches that are committed one by one. A broken connection is replayed: no event is stored twice.
   *
   * @returns how many were stored, how many were already there, and which were rejected and why
   * @throws EventStorageError when the database fails; what `onProgress` has acknowledged is stored
   */
  insertEvents(
    events: Iterable<BulkEvent> | AsyncIterable<BulkEvent>,
    options?: BulkOptions,
  ): Promise<BulkResult>;
  /** The event with this id; null when there is none. With `raw: true` its JSON text as it was stored. */
  fetchEvent(
    id: string,
    options?: CallOptions & { readonly raw?: false | undefined },
  ): Promise<IdeaEvent | null>;
  /** The JSON text of the event as it was stored: numbers keep all their digits. */
  fetchEvent(id: string, options: CallOptions & { readonly raw: true }): Promise<string | null>;
  /** Deletes one event. Returns whether there was one with this id. */
  deleteEvent(id: string, options?: CallOptions): Promise<boolean>;
  /**
   * Number of events that match; of all events without a filter. With `approximate: true` the planner's estimate, in milliseconds at any size.
   *
   * @throws FilterError when the filter does not compile
   */
  countEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<CountOptions, F>,
  ): Promise<number>;
  /** A page of the events that match as JSON text: numbers keep all their digits. */
  searchEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<SearchOptions<N>, F> & { readonly raw: true },
  ): Promise<SearchResult<string>>;
  /**
   * A page of the events that match, newest first unless `sort` says otherwise, 100 events when no `limit` is given.
   *
   * @returns the events, and in `next` the key of the next page (null on the last one), to be passed as `after`
   * @throws FilterError when the filter does not compile
   */
  searchEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<SearchOptions<N>, F>,
  ): Promise<SearchResult>;
  /** All events that match, as JSON text. */
  streamEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<StreamEventsOptions<N>, F> & { readonly raw: true },
  ): AsyncIterable<string>;
  /**
   * All events that match, newest first unless `sort` says otherwise, in constant memory. Leaving the loop ends the query. The filter is
   * compiled at the first event: a wrong one rejects there.
   */
  streamEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<StreamEventsOptions<N>, F>,
  ): AsyncIterable<IdeaEvent>;
  /** Identifiers of all events that match, newest first, in constant memory. Leaving the loop ends the query. */
  streamEventIds<const F extends Filter | undefined = undefined>(
    options?: WithFilter<StreamIdsOptions, F>,
  ): AsyncIterable<string>;
  /**
   * Deletes the events that match and returns how many there were. With `batch` in slices, each committed by itself.
   *
   * @throws DataError when every event would match and `all: true` is missing
   * @throws FilterError when the filter does not compile
   */
  deleteEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<DeleteOptions, F>,
  ): Promise<number>;
  /**
   * The most frequent values of a field, at most 20 unless `limit` says otherwise: `count` is the number of events that have the value, the
   * row with `value: null` counts the events without one.
   *
   * @throws DataError for a field that cannot be counted
   */
  aggregateEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<AggregateOptions<N>, F>,
  ): Promise<readonly AggregateRow[]>;
  /** Events by time and by the values of several fields: `values` of a bucket has a list for each field. */
  timelineEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<TimelinePanelOptions<N>, F>,
  ): Promise<TimelinePanels>;
  /**
   * Events by time, in buckets without gaps that begin on the clock of `timeZone`. Without `step` it is chosen for at most 200 buckets.
   *
   * @throws DataError for a step, a time or a field that cannot be used
   */
  timelineEvents<const F extends Filter | undefined = undefined>(
    options?: WithFilter<TimelineOptions<N>, F>,
  ): Promise<Timeline>;
  /** Events by the values of two fields: one cell for each pair that occurs, at most 20 rows and columns unless `limit` says otherwise. */
  pivotEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<PivotOptions<N>, F>,
  ): Promise<PivotResult>;
  /** The most frequent values of several fields from one reading of the events, as {@link EventOperations.aggregateEvents} counts them. */
  summarizeEvents<const F extends Filter | undefined = undefined>(
    options: WithFilter<SummaryOptions<N>, F>,
  ): Promise<SummaryResult>;
  /**
   * All values of a field that occur in the events that match, in their order. Of a field with few values they are listed beside the events,
   * so that without a filter no event is read.
   */
  distinctValues(
    field: N["field"],
    options?: FilterArgument & CallOptions,
  ): Promise<readonly (string | number | boolean)[]>;
  /**
   * Brings roll-ups up to date, sorts the indexes of days that got events, and gives days that had to stay in the default partition partitions
   * of their own. Returns the number of hours recomputed.
   */
  refresh(options?: RefreshOptions): Promise<number>;
  /**
   * The smallest (`min`, the default) or the largest (`max`) value of a field; null when no event has one.
   *
   * @throws DataError for a list, and for a field without an order
   */
  searchColumnWith(
    field: N["field"],
    aggregate?: "min" | "max",
    options?: FilterArgument & CallOptions,
  ): Promise<Date | string | number | null>;
  /** Whether an event was stored within the last `interval` seconds (strictly). */
  watchdogEvents(interval: number, options?: CallOptions): Promise<boolean>;
  /**
   * Removes the rows whose time in a column lies before `ttl` and returns how many there were. Whole days of events are dropped.
   *
   * @param table a table of the store by its name: the events, the thresholds, or the events that were withheld
   * @param column one of its time columns
   * @throws DataError for a table or a column that is not cleaned
   */
  tableCleanup(table: string, column: string, ttl: Date, options?: CallOptions): Promise<number>;
  /**
   * Starts thresholding a key or several, or sets their times and label anew.
   *
   * @throws DataError when the times are not in the order threshold, relapse, ttl
   */
  thresholdSet(threshold: Threshold, options?: CallOptions): Promise<void>;
  /**
   * The same with the arguments in the order of the Python module.
   *
   * @param thresholdTime start of thresholding
   * @param relapseTime from when a further event counts as a relapse
   * @param ttl when the key expires
   */
  thresholdSet(
    key: string | readonly string[],
    thresholdTime: Date,
    relapseTime: Date,
    ttl: Date,
    options?: ThresholdOptions,
  ): Promise<void>;
  /** The record of a key that is being thresholded at `ttl`; null when there is none or it has expired before. */
  thresholdCheck(key: string, ttl: Date, options?: CallOptions): Promise<ThresholdRecord | null>;
  /** The records of those of the keys that are being thresholded at `ttl`, in the order of the keys' texts. */
  thresholdCheck(
    keys: readonly string[],
    ttl: Date,
    options?: CallOptions,
  ): Promise<readonly ThresholdRecord[]>;
  /**
   * Remembers that an event was withheld under a key or several; {@link EventOperations.searchRelapsedEvents} finds it once they have expired.
   *
   * @throws StorageIntegrityError when the event is already remembered under this key
   */
  thresholdSave(withheld: WithheldEvent, options?: CallOptions): Promise<void>;
  /** The same with the arguments in the order of the Python module. */
  thresholdSave(
    eventId: string,
    key: string | readonly string[],
    group: string,
    severity: string,
    createTime: Date,
    options?: WithheldOptions,
  ): Promise<void>;
  /** Number of keys, expired ones included. */
  thresholdsCount(options?: CallOptions): Promise<number>;
  /** Removes the keys that expired before `ttl` and returns how many there were. */
  thresholdsClean(ttl: Date, options?: CallOptions): Promise<number>;
  /** Number of withheld events, each counted once for each of its keys. */
  thresholdedEventsCount(options?: CallOptions): Promise<number>;
  /**
   * Forgets withheld events whose key is gone, or that lie before the relapse part of their key; with `keep: "threshold"` before its start.
   * Returns how many there were.
   */
  thresholdedEventsClean(
    options?: CallOptions & { readonly keep?: "relapse" | "threshold" | undefined },
  ): Promise<number>;
  /**
   * Events of a group and a severity that were withheld in the relapse part of keys that have expired by `ttl`, oldest first; with `all: true` all
   * events that were withheld under these keys.
   */
  searchRelapsedEvents(
    group: string,
    severity: string,
    ttl: Date,
    options?: RelapseOptions,
  ): Promise<readonly RelapsedEvent[]>;
  /**
   * Removes the keys that have expired by `time` (their `ttl` is not after it) with what was withheld under them, and gives the relapses of all groups
   * and severities, oldest first. One statement: of two runs at the same time each relapse is given to one. Where what follows may fail, call it within
   * a transaction.
   */
  expireThresholds(time: Date, options?: ExpireOptions): Promise<readonly ExpiredEvent[]>;
  /**
   * Runs SQL of your own with `$1` … for its values, and returns its rows as objects.
   *
   * @throws DataError and the other errors of the store, with the SQLSTATE of the server
   */
  query(text: string, values?: readonly unknown[], options?: CallOptions): Promise<QueryRows>;
  /**
   * Runs `work` in a transaction: committed when it resolves, rolled back when it rejects. Within a transaction it is a savepoint. With
   * `retry` it is repeated after a conflict with another session, so `work` must do nothing that can't be repeated.
   *
   * @throws TransactionConflictError when it still conflicts after the last attempt
   */
  transaction<T>(
    work: (operations: EventOperations<N>) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
}
