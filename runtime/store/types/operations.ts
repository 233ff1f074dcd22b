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
  InsertOptions,
  BulkEvent,
  BulkOptions,
  BulkResult,
  DeleteOptions,
  CountOptions,
} from "./events.js";
import type { ThresholdRecord, WithheldEvent, RelapsedEvent } from "./thresholds.js";
import type { RefreshOptions } from "./upkeep.js";

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
    options: WithFilter<StreamEventsOptions<N>, F> & { readonly raw: true },
  ): AsyncIterable<string>;
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
    options: WithFilter<TimelinePanelOptions<N>, F>,
  ): Promise<TimelinePanels>;
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
