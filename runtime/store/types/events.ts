/** What finding, storing and deleting events take and return. */
import type { Filter } from "../../../compiler/compose.js";
import type { SearchParameters } from "../../../compiler/convert/search-reading.js";
import type { ParametersOf } from "../../../compiler/filter-parameters.js";
import type { ArgumentsOption } from "../../../compiler/parameter-names.js";
import type { ColumnName, FieldName } from "../../../generated/index.js";
import type { CatalogueNames } from "../../client.js";
import type { IdeaEvent } from "../../events/idea-event.js";
import type { RawEvent } from "../insert/encode.js";
import type { CallOptions } from "../../postgres/statement.js";

/** A filter as text, compiled or composed; absent: every event. */
export interface FilterArgument {
  /** The filter as text, compiled or composed; absent: every event. */
  readonly filter?: Filter | undefined;
  /** Values of the filter's `$parameters`. */
  readonly args?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Search parameters of the Python module, `{ source_addrs: ["192.0.2.0/24"], severities: ["low"] }`: events have to meet them as well as the filter. Their
   * order, limit, page, `aggr_set` and step are used where the operation has such an option and it is not given.
   */
  readonly parameters?: SearchParameters | undefined;
}

/**
 * Options with a filter whose parameters the type checker knows: where the filter is a literal, or was compiled from one, `args` has to have a value for
 * each of its parameters, and none else.
 */
export type WithFilter<Options, F> = Omit<Options, "filter" | "args"> & {
  /** The filter as text, compiled or composed; absent: every event. */
  readonly filter?: F | undefined;
} & ArgumentsOption<ParametersOf<F>>;

/** The orders of an IDEA store. Of another store: one of its two times of storage roles with its direction. */
export type SortKey = "detect_time.desc" | "detect_time.asc" | "storage_time.desc" | "storage_time.asc";

/** The names that an IDEA store takes: those of its catalogue. A store whose catalogue is known only at run time takes any. */
export interface IdeaNames extends CatalogueNames {
  /** Fields of filters and of tops: `source.ip`. */
  readonly field: FieldName;
  /** Columns of the table: `source_ip`. */
  readonly column: ColumnName;
  /** Orders of a search. */
  readonly sort: SortKey;
}

/** The place after the last event of a page. Opaque: pass it back as `after`. */
export type PageKey = string;

/** Which page of which events. */
export interface SearchOptions<N extends CatalogueNames = IdeaNames> extends FilterArgument, CallOptions {
  /** `detect_time.desc` when absent; ties are ordered by id in the same direction. */
  readonly sort?: N["sort"] | undefined;
  /** Events a page, 1 to 100,000; 100 when absent. */
  readonly limit?: number | undefined;
  /** Continue after this key: `next` of the page before; cheap at any depth. */
  readonly after?: PageKey | null | undefined;
  /** Page number from 1, instead of `after`; dear at depth. */
  readonly page?: number | undefined;
  /** Also count all events that match. */
  readonly total?: boolean | undefined;
  /** Build the events from the columns alone, without reading their JSON. */
  readonly ghost?: boolean | undefined;
  /** Return the stored JSON text instead of parsed events: numbers keep all their digits. */
  readonly raw?: boolean | undefined;
}

/** Which events are streamed, and in which order. */
export interface StreamEventsOptions<N extends CatalogueNames = IdeaNames>
  extends FilterArgument, CallOptions {
  /** `detect_time.desc` when absent; ties are ordered by id in the same direction. */
  readonly sort?: N["sort"] | undefined;
  /** Give the stored JSON texts instead of parsed events: numbers keep all their digits. */
  readonly raw?: boolean | undefined;
}

/** Which events' identifiers are streamed. */
export type StreamIdsOptions = FilterArgument & CallOptions;

/** A page of events. */
export interface SearchResult<E = IdeaEvent> {
  /** The events of the page in its order; with `raw` their JSON texts. */
  readonly events: readonly E[];
  /** Pass it as `after` for the next page; null on the last one. */
  readonly next: PageKey | null;
  /** Whether there is a next page. */
  readonly hasMore: boolean;
  /** With `total: true` the number of all events that match. */
  readonly total?: number;
}

/** How one event is stored. */
export interface InsertOptions extends CallOptions {
  /** `error` (default): an id that is there already rejects with StorageIntegrityError; `ignore`: it is left as it is. */
  readonly onConflict?: "error" | "ignore" | undefined;
  /** The JSON text to keep instead of the event printed anew. */
  readonly raw?: string | undefined;
}

/** An event for bulk insertion: the event, or the event with the JSON text to keep. */
export type BulkEvent = unknown;

/** What an IDEA event has to have for the store to keep it; other keys are kept as they are. */
export interface StorableEvent {
  /** Unique identifier; a number is kept as its digits. */
  readonly ID: string | number;
  /** When the detector noticed the event: RFC 3339, or seconds since 1970. */
  readonly DetectTime: string | number;
}

/**
 * What the type of an event has to be: of one whose keys the compiler knows, that of a {@link StorableEvent}; of a value from outside, and in a
 * store of another catalogue, any.
 */
export type CheckedEvent<E, N extends CatalogueNames> = unknown extends E
  ? unknown
  : string extends keyof E | N["field"]
    ? unknown
    : E extends RawEvent
      ? unknown
      : "detect_time" extends N["field"]
        ? StorableEvent
        : unknown;

/** How many events are stored. */
export interface BulkOptions extends CallOptions {
  /** Called after each acknowledged batch with the identifiers of its events. */
  readonly onProgress?: ((progress: BulkProgress) => void) | undefined;
  /** `ignore` (default): events whose id is there already are counted, not stored; `error`: they are rejected. */
  readonly onConflict?: "ignore" | "error" | undefined;
  /**
   * Batches on their way at a time; 2 when absent. With 1 the events are stored strictly in their order, which tells only where two of them have the
   * same id and lie far apart.
   */
  readonly concurrency?: number | undefined;
}

/** Identifiers of the events of one step: those whose fate became known since the last. What is named here is committed. */
export interface BulkProgress {
  /** Stored now. */
  readonly inserted: readonly string[];
  /** There already, with the same content. */
  readonly duplicates: readonly string[];
  /** There already, with other content; what is stored stays as it is. */
  readonly different: readonly string[];
  /** Those of them that have an identifier. */
  readonly rejected: readonly string[];
}

/** An event that was not stored, and why. */
export interface RejectedEvent {
  /** Position in the input, from 0. */
  readonly index: number;
  /** Its identifier, where it has one that can be read. */
  readonly id?: string;
  /** Place in the event: `DetectTime`, `Source[0].IP4[1]`. */
  readonly path: string;
  /** What is wrong with it, a sentence. */
  readonly reason: string;
}

/** What became of the events of a bulk insertion. */
export interface BulkResult {
  /** Events that were stored. */
  readonly inserted: number;
  /** Events whose id was there already, with the same content; the order of keys is none. */
  readonly duplicates: number;
  /** Events whose id was there already with other content, which stays. */
  readonly different: number;
  /** Events that could not be stored, in the order of the input. */
  readonly rejected: readonly RejectedEvent[];
}

/** Which events are deleted. */
export interface DeleteOptions extends FilterArgument, CallOptions {
  /** Needed to delete without a condition. */
  readonly all?: boolean | undefined;
  /** Delete in slices of this many events, each committed by itself. A `timeoutMs` is that of all of them together. */
  readonly batch?: number | undefined;
}

/** Which events are counted, and how. */
export interface CountOptions extends FilterArgument, CallOptions {
  /** The planner's estimate instead of a count. */
  readonly approximate?: boolean | undefined;
}
