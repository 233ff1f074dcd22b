/**
 * The operations of the store as methods over a session: a pool of connections or a transaction.
 *
 * Generated, do not edit: npm run generate
 */
import type { CallOptions, FilterSource, GeneratedClient, Session, StreamOptions } from "../runtime/client.js";
import { IDEA_CATALOGUE as catalogue } from "../compiler/catalogue/idea.js";
import type { StoreNames } from "./fields.js";
import * as statements from "./statements.js";
import type {
  InsertEventParams,
  InsertEventRow,
  InsertListedEventParams,
  InsertListedEventRow,
  InsertEventsParams,
  InsertEventsRow,
  InsertNewEventsParams,
  InsertNewEventsRow,
  FreeIdsSlots,
  FreeIdsParams,
  FreeIdsRow,
  FetchEventParams,
  FetchEventRow,
  LocateEventsParams,
  LocateEventsRow,
  FetchSliceParams,
  FetchSliceRow,
  EventTextsParams,
  EventTextsRow,
  TextsOfSliceSlots,
  TextsOfSliceParams,
  TextsOfSliceRow,
  SearchEventsSlots,
  SearchEventsParams,
  SearchEventsRow,
  SearchEventsAfterSlots,
  SearchEventsAfterParams,
  SearchEventsAfterRow,
  SearchGhostsSlots,
  SearchGhostsParams,
  SearchGhostsRow,
  SearchGhostsAfterSlots,
  SearchGhostsAfterParams,
  SearchGhostsAfterRow,
  ReadEventsSlots,
  ReadEventsParams,
  ReadEventsRow,
  ListPartitionsRow,
  StreamEventsSlots,
  StreamEventsRow,
  StreamSliceSlots,
  StreamSliceRow,
  StreamEventIdsRow,
  EstimateEventsRow,
  CountRolledEventsSlots,
  CountRolledEventsParams,
  CountRolledEventsRow,
  CountCombinationsSlots,
  CountCombinationsRow,
  AggregateEventsSlots,
  AggregateEventsParams,
  AggregateEventsRow,
  SummarizeEventsSlots,
  SummarizeEventsParams,
  SummarizeEventsRow,
  PivotEventsSlots,
  PivotEventsParams,
  PivotEventsRow,
  PivotPairsSlots,
  PivotPairsParams,
  PivotPairsRow,
  DistinctValuesSlots,
  DistinctValuesRow,
  OrderValuesSlots,
  OrderValuesParams,
  OrderValuesRow,
  AggregateRollupsSlots,
  AggregateRollupsParams,
  AggregateRollupsRow,
  DistinctRollupsSlots,
  DistinctRollupsRow,
  LookAtListsSlots,
  LookAtListsParams,
  LookAtListsRow,
  LookAtCombinationsSlots,
  LookAtCombinationsParams,
  LookAtCombinationsRow,
  RecountListsSlots,
  RecountListsParams,
  RecountListsRow,
  RecountCombinationsSlots,
  RecountCombinationsParams,
  RecountCombinationsRow,
  SummarizeCombinationsSlots,
  SummarizeCombinationsParams,
  SummarizeCombinationsRow,
  TimeRangeSlots,
  TimeRangeRow,
  HourRangeRow,
  TimelineRowsSlots,
  TimelineRowsParams,
  TimelineRowsRow,
  TimelineSplitRowsSlots,
  TimelineSplitRowsParams,
  TimelineSplitRowsRow,
  TimelineHoursParams,
  TimelineHoursRow,
  TimelineRollupsSlots,
  TimelineRollupsParams,
  TimelineRollupsRow,
  TimelineCombinationsSlots,
  TimelineCombinationsParams,
  TimelineCombinationsRow,
  TimelineSplitCombinationsSlots,
  TimelineSplitCombinationsParams,
  TimelineSplitCombinationsRow,
  StaleHoursRow,
  RollUpHoursSlots,
  RollUpHoursParams,
  StaleDaysRow,
  ForgetCombinationsParams,
  CountDaySlots,
  CountDayParams,
  LockTableSlots,
  SortIndexesParams,
  LastRefreshRow,
  DeleteEventParams,
  DeleteSomeEventsParams,
  DeleteOldEventsSlots,
  DeleteOldEventsParams,
  DeleteSliceSlots,
  DeleteSomeOfSliceSlots,
  DeleteSomeOfSliceParams,
  HasOldEventsParams,
  HasOldEventsRow,
  SweepIdsParams,
  SweepSliceSlots,
  SweepSliceParams,
  ArchiveEventsSlots,
  ArchiveEventsRow,
  CleanThresholdsThresholdtimeParams,
  CleanThresholdsRelapsetimeParams,
  CleanThresholdsTtltimeParams,
  CleanEventsThresholdedCreatetimeParams,
  ThresholdSetParams,
  ThresholdCheckParams,
  ThresholdCheckRow,
  ThresholdsCleanParams,
  ThresholdSaveParams,
  ThresholdedEventsCleanParams,
  SearchRelapsedEventsParams,
  SearchRelapsedEventsRow,
  ExpireThresholdsParams,
  ExpireThresholdsRow,
  WatchdogEventsParams,
  WatchdogEventsRow,
  TableSizesParams,
  TableSizesRow,
  DatabaseInfoRow,
  NewerSchemaRow,
  ReadSettingsParams,
  ReadSettingsRow,
  TableAgeSlots,
  TableAgeRow,
  SliceAgeSlots,
  SliceAgeRow,
  WatchdogSliceSlots,
  WatchdogSliceParams,
  WatchdogSliceRow,
  SearchColumnWithSlots,
  SearchColumnWithRow,
} from "./types.js";

/** Every statement of the store as a method. */
export interface StoreClient {
  /**
   * Stores an event unless its id is there already, be it that of a dropped day, which `insertEvents` takes again; values are in the text form of the column's type.
   *
   * Not repeated by itself after a lost connection.
   */
  insertEvent(params: InsertEventParams, options?: CallOptions): Promise<InsertEventRow | null>;
  /**
   * Does what `insertEvent` does for an event whose values are known to be listed.
   *
   * Not repeated by itself after a lost connection.
   */
  insertListedEvent(params: InsertListedEventParams, options?: CallOptions): Promise<InsertListedEventRow | null>;
  /**
   * Stores events that are not there yet, one element of each array an event, in the text form of the column's type; ids must differ within one call.
   *
   * Not repeated by itself after a lost connection.
   */
  insertEvents(params: InsertEventsParams, options?: CallOptions): Promise<InsertEventsRow[]>;
  /**
   * Stores events whose ids are not there, be it those of dropped days; one element of each array an event, as for `insertEvents`.
   *
   * Not repeated by itself after a lost connection.
   */
  insertNewEvents(params: InsertNewEventsParams, options?: CallOptions): Promise<InsertNewEventsRow[]>;
  /**
   * Forgets identifiers whose events went with their partition, of a part of the time.
   *
   * Not repeated by itself after a lost connection.
   */
  freeIds(slots: FreeIdsSlots, params: FreeIdsParams, options?: CallOptions): Promise<FreeIdsRow[]>;
  /** The JSON text of an event. */
  fetchEvent(params: FetchEventParams, options?: CallOptions): Promise<FetchEventRow | null>;
  /** Where some events are: those whose identifiers are known. */
  locateEvents(params: LocateEventsParams, options?: CallOptions): Promise<LocateEventsRow[]>;
  /** The JSON text of an event by its number and time. */
  fetchSlice(params: FetchSliceParams, options?: CallOptions): Promise<FetchSliceRow | null>;
  /** The JSON texts of some events. */
  eventTexts(params: EventTextsParams, options?: CallOptions): Promise<EventTextsRow[]>;
  /** The JSON texts of some events of a part of the time. */
  textsOfSlice(slots: TextsOfSliceSlots, params: TextsOfSliceParams, options?: CallOptions): Promise<TextsOfSliceRow[]>;
  /** The first events that match: one step of a search, see runtime/store/search/page-statements.ts. */
  searchEvents(slots: SearchEventsSlots, params: SearchEventsParams, options?: CallOptions): Promise<SearchEventsRow[]>;
  /** The events that match after a key: one step of a search, see runtime/store/search/page-statements.ts. */
  searchEventsAfter(slots: SearchEventsAfterSlots, params: SearchEventsAfterParams, options?: CallOptions): Promise<SearchEventsAfterRow[]>;
  /** The first events that match, by their columns: one step of a search, see runtime/store/search/page-statements.ts. */
  searchGhosts(slots: SearchGhostsSlots, params: SearchGhostsParams, options?: CallOptions): Promise<SearchGhostsRow[]>;
  /** The events that match after a key, by their columns: one step of a search, see runtime/store/search/page-statements.ts. */
  searchGhostsAfter(slots: SearchGhostsAfterSlots, params: SearchGhostsAfterParams, options?: CallOptions): Promise<SearchGhostsAfterRow[]>;
  /** The JSON texts of some events, from one partition or from the whole table. */
  readEvents(slots: ReadEventsSlots, params: ReadEventsParams, options?: CallOptions): Promise<ReadEventsRow[]>;
  /** The version of the partitions of the searched table and its crowded fields, in each row, and the partitions. */
  listPartitions(options?: CallOptions): Promise<ListPartitionsRow[]>;
  /** The JSON texts of all events that match, in an order. */
  streamEvents(slots: StreamEventsSlots, options?: StreamOptions): AsyncIterableIterator<StreamEventsRow>;
  /** The JSON texts of the events of a part of the time that match, in an order. */
  streamSlice(slots: StreamSliceSlots, options?: StreamOptions): AsyncIterableIterator<StreamSliceRow>;
  /** Identifiers of the events that match, newest first. */
  streamEventIds(filter: FilterSource, options?: StreamOptions): AsyncIterableIterator<StreamEventIdsRow>;
  /** Number of all events, from the counters of the hours. */
  countAll(options?: CallOptions): Promise<number>;
  /** Number of the events that match. */
  countEvents(filter: FilterSource, options?: CallOptions): Promise<number>;
  /** The planner's plan for the events that match, with its estimate of their number. */
  estimateEvents(filter: FilterSource, options?: CallOptions): Promise<EstimateEventsRow>;
  /** Number of the events with some values of a field that is rolled up by the hour. */
  countRolledEvents(slots: CountRolledEventsSlots, params: CountRolledEventsParams, options?: CallOptions): Promise<CountRolledEventsRow>;
  /** Number of the events that match a filter on fields whose combinations are counted. */
  countCombinations(slots: CountCombinationsSlots, options?: CallOptions): Promise<CountCombinationsRow>;
  /** The most frequent values of a field, from a scan of the events that match. */
  aggregateEvents(slots: AggregateEventsSlots, params: AggregateEventsParams, options?: CallOptions): Promise<AggregateEventsRow[]>;
  /** The most frequent values of several fields, from one scan of the events that match. */
  summarizeEvents(slots: SummarizeEventsSlots, params: SummarizeEventsParams, options?: CallOptions): Promise<SummarizeEventsRow[]>;
  /** Numbers of events by the values of two fields. */
  pivotEvents(slots: PivotEventsSlots, params: PivotEventsParams, options?: CallOptions): Promise<PivotEventsRow[]>;
  /** Numbers of events by each pair of values of two fields that occurs, by each value, and of all. */
  pivotPairs(slots: PivotPairsSlots, params: PivotPairsParams, options?: CallOptions): Promise<PivotPairsRow[]>;
  /** The different values of a field, ascending, from a scan of the events that match. */
  distinctValues(slots: DistinctValuesSlots, options?: CallOptions): Promise<DistinctValuesRow[]>;
  /** Values of a field in the order of its type. */
  orderValues(slots: OrderValuesSlots, params: OrderValuesParams, options?: CallOptions): Promise<OrderValuesRow[]>;
  /** The most frequent values of a field that is rolled up by the hour, of all events. */
  aggregateRollups(slots: AggregateRollupsSlots, params: AggregateRollupsParams, options?: CallOptions): Promise<AggregateRollupsRow[]>;
  /** The different values of a field that is rolled up by the hour, ascending. */
  distinctRollups(slots: DistinctRollupsSlots, options?: CallOptions): Promise<DistinctRollupsRow[]>;
  /** What the lists of the most frequent values of a field say, with a scan of the days that have none where it is wanted. */
  lookAtLists(slots: LookAtListsSlots, params: LookAtListsParams, options?: CallOptions): Promise<LookAtListsRow[]>;
  /** What the lists of the most frequent values of a field say, with a scan of the days that have none where it is wanted, of a filter on combined fields. */
  lookAtCombinations(slots: LookAtCombinationsSlots, params: LookAtCombinationsParams, options?: CallOptions): Promise<LookAtCombinationsRow[]>;
  /** What the lists say together with a count of some values on the days that don't list them. */
  recountLists(slots: RecountListsSlots, params: RecountListsParams, options?: CallOptions): Promise<RecountListsRow[]>;
  /** What the lists say together with a count of some values on the days that don't list them, of a filter on combined fields. */
  recountCombinations(slots: RecountCombinationsSlots, params: RecountCombinationsParams, options?: CallOptions): Promise<RecountCombinationsRow[]>;
  /** What the lists of several fields say of a filter on combined fields, with the rows of the days that have none. */
  summarizeCombinations(slots: SummarizeCombinationsSlots, params: SummarizeCombinationsParams, options?: CallOptions): Promise<SummarizeCombinationsRow[]>;
  /** The oldest and the newest time of the events that match. */
  timeRange(slots: TimeRangeSlots, options?: CallOptions): Promise<TimeRangeRow>;
  /** The oldest and the newest hour with events, from the counters of the hours. */
  hourRange(options?: CallOptions): Promise<HourRangeRow>;
  /** Numbers of events by time, from a scan of the events that match. */
  timelineRows(slots: TimelineRowsSlots, params: TimelineRowsParams, options?: CallOptions): Promise<TimelineRowsRow[]>;
  /** Numbers of events by time and the values of some fields, from one scan of the events that match. */
  timelineSplitRows(slots: TimelineSplitRowsSlots, params: TimelineSplitRowsParams, options?: CallOptions): Promise<TimelineSplitRowsRow[]>;
  /** Numbers of all events by time, from the counters of the hours. */
  timelineHours(params: TimelineHoursParams, options?: CallOptions): Promise<TimelineHoursRow[]>;
  /** Numbers of all events by time and value of a field that is rolled up by the hour. */
  timelineRollups(slots: TimelineRollupsSlots, params: TimelineRollupsParams, options?: CallOptions): Promise<TimelineRollupsRow[]>;
  /** Numbers of events by time, of those that match a filter on fields whose combinations are counted. */
  timelineCombinations(slots: TimelineCombinationsSlots, params: TimelineCombinationsParams, options?: CallOptions): Promise<TimelineCombinationsRow[]>;
  /** The same by the values of one of these fields, too. */
  timelineSplitCombinations(slots: TimelineSplitCombinationsSlots, params: TimelineSplitCombinationsParams, options?: CallOptions): Promise<TimelineSplitCombinationsRow[]>;
  /** Waits until no other transaction computes roll-ups, and keeps others waiting until this one ends. */
  lockRollups(options?: CallOptions): Promise<void>;
  /**
   * Deletes the roll-ups of hours that went with their day.
   *
   * Not repeated by itself after a lost connection.
   */
  sweepRollups(options?: CallOptions): Promise<void>;
  /** Hours before the current one that changed since they were rolled up, oldest first. */
  staleHours(options?: CallOptions): Promise<StaleHoursRow[]>;
  /**
   * Computes the roll-ups of some hours.
   *
   * Not repeated by itself after a lost connection.
   */
  rollUpHours(slots: RollUpHoursSlots, params: RollUpHoursParams, options?: CallOptions): Promise<void>;
  /** Days before today that changed since their lists were made, oldest first. */
  staleDays(options?: CallOptions): Promise<StaleDaysRow[]>;
  /**
   * Deletes the counts of a day's combinations.
   *
   * Not repeated by itself after a lost connection.
   */
  forgetCombinations(params: ForgetCombinationsParams, options?: CallOptions): Promise<void>;
  /**
   * Computes the roll-ups of some hours of a day, its lists of the most frequent values, and its counts by combination.
   *
   * Not repeated by itself after a lost connection.
   */
  countDay(slots: CountDaySlots, params: CountDayParams, options?: CallOptions): Promise<void>;
  /** Keeps a table from being dropped until the transaction ends. */
  lockTable(slots: LockTableSlots, options?: CallOptions): Promise<void>;
  /** Sorts what waits in the GIN indexes of a table. */
  sortIndexes(params: SortIndexesParams, options?: CallOptions): Promise<number>;
  /** Keeps the time of this refresh. */
  markRefreshed(options?: CallOptions): Promise<void>;
  /** When a refresh last ended. */
  lastRefresh(options?: CallOptions): Promise<LastRefreshRow>;
  /**
   * Deletes an event; 0 when there is none.
   *
   * Not repeated by itself after a lost connection.
   */
  deleteEvent(params: DeleteEventParams, options?: CallOptions): Promise<number>;
  /**
   * Deletes the events that match.
   *
   * Not repeated by itself after a lost connection.
   */
  deleteEvents(filter: FilterSource, options?: CallOptions): Promise<number>;
  /**
   * Deletes some of the events that match: a slice of a large deletion.
   *
   * Not repeated by itself after a lost connection.
   */
  deleteSomeEvents(filter: FilterSource, params: DeleteSomeEventsParams, options?: CallOptions): Promise<number>;
  /**
   * Deletes the events whose value of a time column lies before a time.
   *
   * Not repeated by itself after a lost connection.
   */
  deleteOldEvents(slots: DeleteOldEventsSlots, params: DeleteOldEventsParams, options?: CallOptions): Promise<number>;
  /**
   * Deletes the events of a part of the time that match.
   *
   * Not repeated by itself after a lost connection.
   */
  deleteSlice(slots: DeleteSliceSlots, options?: CallOptions): Promise<number>;
  /**
   * Deletes some of the events of a part of the time that match.
   *
   * Not repeated by itself after a lost connection.
   */
  deleteSomeOfSlice(slots: DeleteSomeOfSliceSlots, params: DeleteSomeOfSliceParams, options?: CallOptions): Promise<number>;
  /** Whether an hour that begins before a time has events, by its counters. */
  hasOldEvents(params: HasOldEventsParams, options?: CallOptions): Promise<HasOldEventsRow>;
  /** Removes identifiers of events that went with their day, a slice at a time. */
  sweepIds(params: SweepIdsParams, options?: CallOptions): Promise<number>;
  /** Removes identifiers of events of a part of the time that went with their day. */
  sweepSlice(slots: SweepSliceSlots, params: SweepSliceParams, options?: CallOptions): Promise<number>;
  /** The JSON texts of a partition with their times of storing, oldest first. */
  archiveEvents(slots: ArchiveEventsSlots, options?: StreamOptions): AsyncIterableIterator<ArchiveEventsRow>;
  /** Removes the rows of thresholds whose thresholdtime (start of thresholding) lies before a time. */
  cleanThresholdsThresholdtime(params: CleanThresholdsThresholdtimeParams, options?: CallOptions): Promise<number>;
  /** Removes the rows of thresholds whose relapsetime (from when on a further event counts as a relapse) lies before a time. */
  cleanThresholdsRelapsetime(params: CleanThresholdsRelapsetimeParams, options?: CallOptions): Promise<number>;
  /** Removes the rows of thresholds whose ttltime (end of thresholding) lies before a time. */
  cleanThresholdsTtltime(params: CleanThresholdsTtltimeParams, options?: CallOptions): Promise<number>;
  /** Removes the rows of events_thresholded whose createtime (when it was withheld) lies before a time. */
  cleanEventsThresholdedCreatetime(params: CleanEventsThresholdedCreatetimeParams, options?: CallOptions): Promise<number>;
  /** Starts thresholding of keys, or sets their times and label anew; how many keys. */
  thresholdSet(params: ThresholdSetParams, options?: CallOptions): Promise<number>;
  /** The records of those keys that are being thresholded at a time. */
  thresholdCheck(params: ThresholdCheckParams, options?: CallOptions): Promise<ThresholdCheckRow[]>;
  /** Number of keys, expired ones included. */
  thresholdsCount(options?: CallOptions): Promise<number>;
  /** Removes the keys whose thresholding ended before a time. */
  thresholdsClean(params: ThresholdsCleanParams, options?: CallOptions): Promise<number>;
  /**
   * Remembers that an event was withheld under some keys, and how many; the same event and key twice violates the primary key.
   *
   * Not repeated by itself after a lost connection.
   */
  thresholdSave(params: ThresholdSaveParams, options?: CallOptions): Promise<number>;
  /** Number of withheld events, counted once for each key. */
  thresholdedEventsCount(options?: CallOptions): Promise<number>;
  /** Forgets withheld events whose key is gone or that lie before what is to be kept of their key. */
  thresholdedEventsClean(params: ThresholdedEventsCleanParams, options?: CallOptions): Promise<number>;
  /** Events of a group and severity that were withheld in the relapse part of keys that have expired. */
  searchRelapsedEvents(params: SearchRelapsedEventsParams, options?: CallOptions): Promise<SearchRelapsedEventsRow[]>;
  /**
   * Removes the keys that have expired with what was withheld under them, and gives the relapses.
   *
   * Not repeated by itself after a lost connection.
   */
  expireThresholds(params: ExpireThresholdsParams, options?: CallOptions): Promise<ExpireThresholdsRow[]>;
  /** Whether an event was stored less than the given seconds ago, by the clock of the server. */
  watchdogEvents(params: WatchdogEventsParams, options?: CallOptions): Promise<WatchdogEventsRow>;
  /** Sizes of a table, its partitions together; null when there is no such table on the search path. */
  tableSizes(params: TableSizesParams, options?: CallOptions): Promise<TableSizesRow | null>;
  /** Versions of server, ip4r and schema, and the size of the database. */
  databaseInfo(options?: CallOptions): Promise<DatabaseInfoRow>;
  /** The version of the schema, where a newer release than this one has upgraded it. */
  newerSchema(options?: CallOptions): Promise<NewerSchemaRow | null>;
  /** Server settings by name; unknown names are left out. */
  readSettings(params: ReadSettingsParams, options?: CallOptions): Promise<ReadSettingsRow[]>;
  /** The oldest and the newest time in a column of a table. */
  tableAge(slots: TableAgeSlots, options?: CallOptions): Promise<TableAgeRow>;
  /** The oldest and the newest time in a column of a partitioned table, of a part of the time. */
  sliceAge(slots: SliceAgeSlots, options?: CallOptions): Promise<SliceAgeRow>;
  /** Whether an event of a part of the time was stored less than the given seconds ago. */
  watchdogSlice(slots: WatchdogSliceSlots, params: WatchdogSliceParams, options?: CallOptions): Promise<WatchdogSliceRow>;
  /** The least or the greatest value of a field in the events that match. */
  searchColumnWith(slots: SearchColumnWithSlots, options?: CallOptions): Promise<SearchColumnWithRow>;
}

/** The operations over a session. */
export function createClient(session: Session): StoreClient {
  return {
    insertEvent: (params, options) => session.run(statements.insertEvent, params, options),
    insertListedEvent: (params, options) => session.run(statements.insertListedEvent, params, options),
    insertEvents: (params, options) => session.run(statements.insertEvents, params, options),
    insertNewEvents: (params, options) => session.run(statements.insertNewEvents, params, options),
    freeIds: (slots, params, options) => session.run(statements.freeIds.fill(slots), params, options),
    fetchEvent: (params, options) => session.run(statements.fetchEvent, params, options),
    locateEvents: (params, options) => session.run(statements.locateEvents, params, options),
    fetchSlice: (params, options) => session.run(statements.fetchSlice, params, options),
    eventTexts: (params, options) => session.run(statements.eventTexts, params, options),
    textsOfSlice: (slots, params, options) => session.run(statements.textsOfSlice.fill(slots), params, options),
    searchEvents: (slots, params, options) => session.run(statements.searchEvents.fill(slots), params, options),
    searchEventsAfter: (slots, params, options) => session.run(statements.searchEventsAfter.fill(slots), params, options),
    searchGhosts: (slots, params, options) => session.run(statements.searchGhosts.fill(slots), params, options),
    searchGhostsAfter: (slots, params, options) => session.run(statements.searchGhostsAfter.fill(slots), params, options),
    readEvents: (slots, params, options) => session.run(statements.readEvents.fill(slots), params, options),
    listPartitions: (options) => session.run(statements.listPartitions, undefined, options),
    streamEvents: (slots, options) => session.stream(statements.streamEvents.fill(slots), undefined, options),
    streamSlice: (slots, options) => session.stream(statements.streamSlice.fill(slots), undefined, options),
    streamEventIds: (filter, options) => session.stream(statements.streamEventIds.fill(filter), undefined, options),
    countAll: (options) => session.run(statements.countAll, undefined, options),
    countEvents: (filter, options) => session.run(statements.countEvents.fill(filter), undefined, options),
    estimateEvents: (filter, options) => session.run(statements.estimateEvents.fill(filter), undefined, options),
    countRolledEvents: (slots, params, options) => session.run(statements.countRolledEvents.fill(slots), params, options),
    countCombinations: (slots, options) => session.run(statements.countCombinations.fill(slots), undefined, options),
    aggregateEvents: (slots, params, options) => session.run(statements.aggregateEvents.fill(slots), params, options),
    summarizeEvents: (slots, params, options) => session.run(statements.summarizeEvents.fill(slots), params, options),
    pivotEvents: (slots, params, options) => session.run(statements.pivotEvents.fill(slots), params, options),
    pivotPairs: (slots, params, options) => session.run(statements.pivotPairs.fill(slots), params, options),
    distinctValues: (slots, options) => session.run(statements.distinctValues.fill(slots), undefined, options),
    orderValues: (slots, params, options) => session.run(statements.orderValues.fill(slots), params, options),
    aggregateRollups: (slots, params, options) => session.run(statements.aggregateRollups.fill(slots), params, options),
    distinctRollups: (slots, options) => session.run(statements.distinctRollups.fill(slots), undefined, options),
    lookAtLists: (slots, params, options) => session.run(statements.lookAtLists.fill(slots), params, options),
    lookAtCombinations: (slots, params, options) => session.run(statements.lookAtCombinations.fill(slots), params, options),
    recountLists: (slots, params, options) => session.run(statements.recountLists.fill(slots), params, options),
    recountCombinations: (slots, params, options) => session.run(statements.recountCombinations.fill(slots), params, options),
    summarizeCombinations: (slots, params, options) => session.run(statements.summarizeCombinations.fill(slots), params, options),
    timeRange: (slots, options) => session.run(statements.timeRange.fill(slots), undefined, options),
    hourRange: (options) => session.run(statements.hourRange, undefined, options),
    timelineRows: (slots, params, options) => session.run(statements.timelineRows.fill(slots), params, options),
    timelineSplitRows: (slots, params, options) => session.run(statements.timelineSplitRows.fill(slots), params, options),
    timelineHours: (params, options) => session.run(statements.timelineHours, params, options),
    timelineRollups: (slots, params, options) => session.run(statements.timelineRollups.fill(slots), params, options),
    timelineCombinations: (slots, params, options) => session.run(statements.timelineCombinations.fill(slots), params, options),
    timelineSplitCombinations: (slots, params, options) => session.run(statements.timelineSplitCombinations.fill(slots), params, options),
    lockRollups: (options) => session.run(statements.lockRollups, undefined, options),
    sweepRollups: (options) => session.run(statements.sweepRollups, undefined, options),
    staleHours: (options) => session.run(statements.staleHours, undefined, options),
    rollUpHours: (slots, params, options) => session.run(statements.rollUpHours.fill(slots), params, options),
    staleDays: (options) => session.run(statements.staleDays, undefined, options),
    forgetCombinations: (params, options) => session.run(statements.forgetCombinations, params, options),
    countDay: (slots, params, options) => session.run(statements.countDay.fill(slots), params, options),
    lockTable: (slots, options) => session.run(statements.lockTable.fill(slots), undefined, options),
    sortIndexes: (params, options) => session.run(statements.sortIndexes, params, options),
    markRefreshed: (options) => session.run(statements.markRefreshed, undefined, options),
    lastRefresh: (options) => session.run(statements.lastRefresh, undefined, options),
    deleteEvent: (params, options) => session.run(statements.deleteEvent, params, options),
    deleteEvents: (filter, options) => session.run(statements.deleteEvents.fill(filter), undefined, options),
    deleteSomeEvents: (filter, params, options) => session.run(statements.deleteSomeEvents.fill(filter), params, options),
    deleteOldEvents: (slots, params, options) => session.run(statements.deleteOldEvents.fill(slots), params, options),
    deleteSlice: (slots, options) => session.run(statements.deleteSlice.fill(slots), undefined, options),
    deleteSomeOfSlice: (slots, params, options) => session.run(statements.deleteSomeOfSlice.fill(slots), params, options),
    hasOldEvents: (params, options) => session.run(statements.hasOldEvents, params, options),
    sweepIds: (params, options) => session.run(statements.sweepIds, params, options),
    sweepSlice: (slots, params, options) => session.run(statements.sweepSlice.fill(slots), params, options),
    archiveEvents: (slots, options) => session.stream(statements.archiveEvents.fill(slots), undefined, options),
    cleanThresholdsThresholdtime: (params, options) => session.run(statements.cleanThresholdsThresholdtime, params, options),
    cleanThresholdsRelapsetime: (params, options) => session.run(statements.cleanThresholdsRelapsetime, params, options),
    cleanThresholdsTtltime: (params, options) => session.run(statements.cleanThresholdsTtltime, params, options),
    cleanEventsThresholdedCreatetime: (params, options) => session.run(statements.cleanEventsThresholdedCreatetime, params, options),
    thresholdSet: (params, options) => session.run(statements.thresholdSet, params, options),
    thresholdCheck: (params, options) => session.run(statements.thresholdCheck, params, options),
    thresholdsCount: (options) => session.run(statements.thresholdsCount, undefined, options),
    thresholdsClean: (params, options) => session.run(statements.thresholdsClean, params, options),
    thresholdSave: (params, options) => session.run(statements.thresholdSave, params, options),
    thresholdedEventsCount: (options) => session.run(statements.thresholdedEventsCount, undefined, options),
    thresholdedEventsClean: (params, options) => session.run(statements.thresholdedEventsClean, params, options),
    searchRelapsedEvents: (params, options) => session.run(statements.searchRelapsedEvents, params, options),
    expireThresholds: (params, options) => session.run(statements.expireThresholds, params, options),
    watchdogEvents: (params, options) => session.run(statements.watchdogEvents, params, options),
    tableSizes: (params, options) => session.run(statements.tableSizes, params, options),
    databaseInfo: (options) => session.run(statements.databaseInfo, undefined, options),
    newerSchema: (options) => session.run(statements.newerSchema, undefined, options),
    readSettings: (params, options) => session.run(statements.readSettings, params, options),
    tableAge: (slots, options) => session.run(statements.tableAge.fill(slots), undefined, options),
    sliceAge: (slots, options) => session.run(statements.sliceAge.fill(slots), undefined, options),
    watchdogSlice: (slots, params, options) => session.run(statements.watchdogSlice.fill(slots), params, options),
    searchColumnWith: (slots, options) => session.run(statements.searchColumnWith.fill(slots), undefined, options),
  };
}

export { catalogue };

/** The statements with the catalogue that they are of: openStorage({ client }). */
export const client: GeneratedClient<StoreNames, StoreClient> = { catalogue, statements, connect: createClient };
