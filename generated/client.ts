/**
 * The operations of the store as methods over a session: a pool of connections or a transaction.
 *
 * Generated, do not edit: npm run generate
 */
import type { Session, StreamOptions } from "../runtime/postgres/session.js";
import type { CallOptions, FilterSource } from "../runtime/postgres/statement.js";
import * as statements from "./statements.js";
import type {
  InsertEventParams,
  InsertEventRow,
  InsertEventsParams,
  InsertEventsRow,
  FetchEventParams,
  FetchEventRow,
  FetchRowParams,
  EventRow,
  DeleteEventParams,
  SearchEventsParams,
  SearchEventsRow,
  StreamEventIdsRow,
  StreamEventsRow,
  DeleteSomeEventsParams,
  ThresholdSetParams,
  ThresholdCheckParams,
  ThresholdCheckRow,
  ThresholdsCleanParams,
  ThresholdSaveParams,
  ThresholdedEventsCleanParams,
  SearchRelapsedEventsParams,
  SearchRelapsedEventsRow,
  WatchdogEventsParams,
  WatchdogEventsRow,
  TableSizesParams,
  TableSizesRow,
  DatabaseInfoRow,
  ReadSettingsParams,
  ReadSettingsRow,
  ListPartitionsRow,
  HourVersionsParams,
  HourVersionsRow,
  SweepIdsParams,
  CleanThresholdsThresholdtimeParams,
  CleanThresholdsRelapsetimeParams,
  CleanThresholdsTtltimeParams,
  CleanEventsThresholdedCreatetimeParams,
  BoundsDetectTimeRow,
  BoundsStorageTimeRow,
  BoundsCreateTimeRow,
  BoundsEventTimeRow,
  BoundsCeaseTimeRow,
  BoundsWinStartTimeRow,
  BoundsWinEndTimeRow,
  BoundsConfidenceRow,
  BoundsConnCountRow,
  BoundsFlowCountRow,
  BoundsPacketCountRow,
  BoundsByteCountRow,
} from "./types.js";

/** Every fixed operation of the store. */
export interface StoreClient {
  /**
   * Stores an event unless its id is there already, be it that of a dropped day, which `insertEvents` takes again; values are in the text form of the column's type.
   *
   * Not repeated by itself after a lost connection.
   */
  insertEvent(params: InsertEventParams, options?: CallOptions): Promise<InsertEventRow | null>;
  /**
   * Stores events that are not there yet, one element of each array an event, in the text form of the column's type; ids must differ within one call.
   *
   * Not repeated by itself after a lost connection.
   */
  insertEvents(params: InsertEventsParams, options?: CallOptions): Promise<InsertEventsRow[]>;
  /** The JSON text of an event. */
  fetchEvent(params: FetchEventParams, options?: CallOptions): Promise<FetchEventRow | null>;
  /** The columns of an event. */
  fetchRow(params: FetchRowParams, options?: CallOptions): Promise<EventRow | null>;
  /**
   * Deletes an event; 0 when there is none.
   *
   * Not repeated by itself after a lost connection.
   */
  deleteEvent(params: DeleteEventParams, options?: CallOptions): Promise<number>;
  /** Number of all events, from the counters of the hours. */
  countAll(options?: CallOptions): Promise<number>;
  /** Number of the events that match. */
  countEvents(filter: FilterSource, options?: CallOptions): Promise<number>;
  /** A page of the events that match, newest first; pass time and id of the last one to get the next page. */
  searchEvents(filter: FilterSource, params: SearchEventsParams, options?: CallOptions): Promise<SearchEventsRow[]>;
  /** Identifiers of the events that match, newest first. */
  streamEventIds(filter: FilterSource, options?: StreamOptions): AsyncIterableIterator<StreamEventIdsRow>;
  /** The JSON texts of all events that match, newest first. */
  streamEvents(filter: FilterSource, options?: StreamOptions): AsyncIterableIterator<StreamEventsRow>;
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
  /** Starts thresholding of a key, or sets its times anew. */
  thresholdSet(params: ThresholdSetParams, options?: CallOptions): Promise<void>;
  /** The record of a key that is being thresholded at a time. */
  thresholdCheck(params: ThresholdCheckParams, options?: CallOptions): Promise<ThresholdCheckRow | null>;
  /** Number of keys, expired ones included. */
  thresholdsCount(options?: CallOptions): Promise<number>;
  /** Removes the keys whose thresholding ended before a time. */
  thresholdsClean(params: ThresholdsCleanParams, options?: CallOptions): Promise<number>;
  /**
   * Remembers that an event was withheld under a key; the same event and key twice violates the primary key.
   *
   * Not repeated by itself after a lost connection.
   */
  thresholdSave(params: ThresholdSaveParams, options?: CallOptions): Promise<void>;
  /** Number of withheld events, counted once for each key. */
  thresholdedEventsCount(options?: CallOptions): Promise<number>;
  /** Forgets withheld events whose key is gone or that lie before what is to be kept of their key. */
  thresholdedEventsClean(params: ThresholdedEventsCleanParams, options?: CallOptions): Promise<number>;
  /** Events of a group and severity that were withheld in the relapse part of keys that have expired. */
  searchRelapsedEvents(params: SearchRelapsedEventsParams, options?: CallOptions): Promise<SearchRelapsedEventsRow[]>;
  /** Whether an event was stored less than so many seconds ago, by the clock of the server. */
  watchdogEvents(params: WatchdogEventsParams, options?: CallOptions): Promise<WatchdogEventsRow>;
  /** Sizes of a table, its partitions together; null when there is no such table on the search path. */
  tableSizes(params: TableSizesParams, options?: CallOptions): Promise<TableSizesRow | null>;
  /** Versions of server, ip4r and schema, and the size of the database. */
  databaseInfo(options?: CallOptions): Promise<DatabaseInfoRow>;
  /** Server settings by name; unknown names are left out. */
  readSettings(params: ReadSettingsParams, options?: CallOptions): Promise<ReadSettingsRow[]>;
  /** Partitions of the searched table, newest day first, the default partition last. */
  listPartitions(options?: CallOptions): Promise<ListPartitionsRow[]>;
  /** Counters of the hours within a span of time. */
  hourVersions(params: HourVersionsParams, options?: CallOptions): Promise<HourVersionsRow[]>;
  /** Removes identifiers of events that went with their day, a slice at a time. */
  sweepIds(params: SweepIdsParams, options?: CallOptions): Promise<number>;
  /** Removes the rows of thresholds whose thresholdtime (start of thresholding) lies before a time. */
  cleanThresholdsThresholdtime(params: CleanThresholdsThresholdtimeParams, options?: CallOptions): Promise<number>;
  /** Removes the rows of thresholds whose relapsetime (from when on a further event counts as a relapse) lies before a time. */
  cleanThresholdsRelapsetime(params: CleanThresholdsRelapsetimeParams, options?: CallOptions): Promise<number>;
  /** Removes the rows of thresholds whose ttltime (end of thresholding) lies before a time. */
  cleanThresholdsTtltime(params: CleanThresholdsTtltimeParams, options?: CallOptions): Promise<number>;
  /** Removes the rows of events_thresholded whose createtime (when it was withheld) lies before a time. */
  cleanEventsThresholdedCreatetime(params: CleanEventsThresholdedCreatetimeParams, options?: CallOptions): Promise<number>;
  /** Least and greatest detect_time: when the detector noticed the event. */
  boundsDetectTime(options?: CallOptions): Promise<BoundsDetectTimeRow>;
  /** Least and greatest storage_time: when the event came into the store. */
  boundsStorageTime(options?: CallOptions): Promise<BoundsStorageTimeRow>;
  /** Least and greatest create_time: when the message was made. */
  boundsCreateTime(options?: CallOptions): Promise<BoundsCreateTimeRow>;
  /** Least and greatest event_time: presumed start of the event. */
  boundsEventTime(options?: CallOptions): Promise<BoundsEventTimeRow>;
  /** Least and greatest cease_time: presumed end of the event. */
  boundsCeaseTime(options?: CallOptions): Promise<BoundsCeaseTimeRow>;
  /** Least and greatest win_start_time: start of the aggregation window. */
  boundsWinStartTime(options?: CallOptions): Promise<BoundsWinStartTimeRow>;
  /** Least and greatest win_end_time: end of the aggregation window. */
  boundsWinEndTime(options?: CallOptions): Promise<BoundsWinEndTimeRow>;
  /** Least and greatest confidence: how sure the detector is, 0 to 1. */
  boundsConfidence(options?: CallOptions): Promise<BoundsConfidenceRow>;
  /** Least and greatest conn_count: number of connections. */
  boundsConnCount(options?: CallOptions): Promise<BoundsConnCountRow>;
  /** Least and greatest flow_count: number of flows. */
  boundsFlowCount(options?: CallOptions): Promise<BoundsFlowCountRow>;
  /** Least and greatest packet_count: number of packets. */
  boundsPacketCount(options?: CallOptions): Promise<BoundsPacketCountRow>;
  /** Least and greatest byte_count: number of bytes. */
  boundsByteCount(options?: CallOptions): Promise<BoundsByteCountRow>;
}

/** The operations over a session. */
export function createClient(session: Session): StoreClient {
  return {
    insertEvent: (params, options) => session.run(statements.insertEvent, params, options),
    insertEvents: (params, options) => session.run(statements.insertEvents, params, options),
    fetchEvent: (params, options) => session.run(statements.fetchEvent, params, options),
    fetchRow: (params, options) => session.run(statements.fetchRow, params, options),
    deleteEvent: (params, options) => session.run(statements.deleteEvent, params, options),
    countAll: (options) => session.run(statements.countAll, undefined, options),
    countEvents: (filter, options) => session.run(statements.countEvents.fill(filter), undefined, options),
    searchEvents: (filter, params, options) => session.run(statements.searchEvents.fill(filter), params, options),
    streamEventIds: (filter, options) => session.stream(statements.streamEventIds.fill(filter), undefined, options),
    streamEvents: (filter, options) => session.stream(statements.streamEvents.fill(filter), undefined, options),
    deleteEvents: (filter, options) => session.run(statements.deleteEvents.fill(filter), undefined, options),
    deleteSomeEvents: (filter, params, options) => session.run(statements.deleteSomeEvents.fill(filter), params, options),
    thresholdSet: (params, options) => session.run(statements.thresholdSet, params, options),
    thresholdCheck: (params, options) => session.run(statements.thresholdCheck, params, options),
    thresholdsCount: (options) => session.run(statements.thresholdsCount, undefined, options),
    thresholdsClean: (params, options) => session.run(statements.thresholdsClean, params, options),
    thresholdSave: (params, options) => session.run(statements.thresholdSave, params, options),
    thresholdedEventsCount: (options) => session.run(statements.thresholdedEventsCount, undefined, options),
    thresholdedEventsClean: (params, options) => session.run(statements.thresholdedEventsClean, params, options),
    searchRelapsedEvents: (params, options) => session.run(statements.searchRelapsedEvents, params, options),
    watchdogEvents: (params, options) => session.run(statements.watchdogEvents, params, options),
    tableSizes: (params, options) => session.run(statements.tableSizes, params, options),
    databaseInfo: (options) => session.run(statements.databaseInfo, undefined, options),
    readSettings: (params, options) => session.run(statements.readSettings, params, options),
    listPartitions: (options) => session.run(statements.listPartitions, undefined, options),
    hourVersions: (params, options) => session.run(statements.hourVersions, params, options),
    sweepIds: (params, options) => session.run(statements.sweepIds, params, options),
    cleanThresholdsThresholdtime: (params, options) => session.run(statements.cleanThresholdsThresholdtime, params, options),
    cleanThresholdsRelapsetime: (params, options) => session.run(statements.cleanThresholdsRelapsetime, params, options),
    cleanThresholdsTtltime: (params, options) => session.run(statements.cleanThresholdsTtltime, params, options),
    cleanEventsThresholdedCreatetime: (params, options) => session.run(statements.cleanEventsThresholdedCreatetime, params, options),
    boundsDetectTime: (options) => session.run(statements.boundsDetectTime, undefined, options),
    boundsStorageTime: (options) => session.run(statements.boundsStorageTime, undefined, options),
    boundsCreateTime: (options) => session.run(statements.boundsCreateTime, undefined, options),
    boundsEventTime: (options) => session.run(statements.boundsEventTime, undefined, options),
    boundsCeaseTime: (options) => session.run(statements.boundsCeaseTime, undefined, options),
    boundsWinStartTime: (options) => session.run(statements.boundsWinStartTime, undefined, options),
    boundsWinEndTime: (options) => session.run(statements.boundsWinEndTime, undefined, options),
    boundsConfidence: (options) => session.run(statements.boundsConfidence, undefined, options),
    boundsConnCount: (options) => session.run(statements.boundsConnCount, undefined, options),
    boundsFlowCount: (options) => session.run(statements.boundsFlowCount, undefined, options),
    boundsPacketCount: (options) => session.run(statements.boundsPacketCount, undefined, options),
    boundsByteCount: (options) => session.run(statements.boundsByteCount, undefined, options),
  };
}
