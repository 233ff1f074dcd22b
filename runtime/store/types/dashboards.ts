/** What tops, timelines, pivots and summaries take and return. */
import type { CatalogueNames } from "../../client.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { FilterArgument, IdeaNames } from "./events.js";

/** Which field is counted, in which events. */
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
  /** The value of the field; null: events without one. */
  readonly value: string | number | boolean | null;
  /** Number of events that have it. */
  readonly count: number;
  /** Present on the row of all values beyond the limit. */
  readonly remainder?: true;
}

type UnitWord = "second" | "minute" | "hour" | "day" | "week" | "month" | "year";

/** The width of a bucket: a whole number and a unit (`mo`: months), also in words. */
export type TimelineStep =
  `${number}${"s" | "m" | "h" | "d" | "w" | "mo" | "y"}` | UnitWord | `${number} ${UnitWord}${"" | "s"}`;

/** Which events are counted over which time, in which steps. */
export interface TimelineOptions<N extends CatalogueNames = IdeaNames> extends FilterArgument, CallOptions {
  /**
   * Start, inclusive: a Date, or what a filter takes for a time (`2024-05-01`, `now-7d/d`), of which a date means its start. The oldest event's
   * bucket when absent; events before 1990 then lie together in one bucket before the others.
   */
  readonly from?: Date | string | undefined;
  /**
   * End, exclusive, likewise. The end of the newest event's bucket when absent; events of more than a year from now then lie together in one
   * bucket after the others.
   */
  readonly to?: Date | string | undefined;
  /**
   * `30s`, `5m`, `1h`, `1d`, `1w`, `1mo`; in words: `5 minutes`, `hour`; or a number of seconds. Chosen for at most 200 buckets when absent.
   */
  readonly step?: number | (string extends N["field"] ? string : TimelineStep) | undefined;
  /** Split each bucket by the values of this field. */
  readonly by?: N["field"] | undefined;
  /** Number of values shown for `by`; the others are one remainder. 10 when absent. */
  readonly limit?: number | undefined;
  /** Time field of the axis; `detect_time` when absent. */
  readonly field?: N["field"] | undefined;
  /** Zone in which days and longer steps begin; the zone of the storage when absent. */
  readonly timeZone?: string | undefined;
}

/** A timeline split by several fields, from one scan of the events. */
export interface TimelinePanelOptions<N extends CatalogueNames = IdeaNames> extends Omit<
  TimelineOptions<N>,
  "by"
> {
  /** Split each bucket by the values of each of these fields, at most 64. */
  readonly by: readonly N["field"][];
}

/** Half-open `[from, to)`. */
export interface TimelineBucket<V = readonly AggregateRow[]> {
  /** Start, inclusive. */
  readonly from: Date;
  /** End, exclusive. */
  readonly to: Date;
  /** Number of events in it. */
  readonly count: number;
  /** Counts by value of `by`, in the order of {@link Timeline.values}; the remainder, if any, is last. */
  readonly values?: V;
}

/** Counts by time. */
export interface Timeline<V = readonly AggregateRow[]> {
  /** In the order of time, without gaps. */
  readonly buckets: readonly TimelineBucket<V>[];
  /** Number of events in all buckets. */
  readonly total: number;
  /** The step, as a number and a unit. */
  readonly step: string;
  /** Totals by value of `by`. */
  readonly values?: V;
}

/** A timeline that is split by several fields: values by the name of the field. */
export type TimelinePanels = Timeline<Readonly<Record<string, readonly AggregateRow[]>>>;

/** Which two fields are counted against each other. */
export interface PivotOptions<N extends CatalogueNames = IdeaNames> extends FilterArgument, CallOptions {
  /** Field whose values are the rows. */
  readonly row: N["field"];
  /** Field whose values are the columns. */
  readonly column: N["field"];
  /** Most values on each axis; 20 when absent. */
  readonly limit?: number | undefined;
  /** Add adjusted residuals (O − E) / √(E (1 − r/n) (1 − c/n)). */
  readonly residuals?: boolean | undefined;
}

/** Events with one value of the row and one of the column. */
export interface PivotCell {
  /** Value of the row; null: events without one. */
  readonly row: string | number | boolean | null;
  /** Value of the column; null: events without one. */
  readonly column: string | number | boolean | null;
  /** Number of events that have both. */
  readonly count: number;
  /** Null where it is undefined: a row or column that is the whole table. */
  readonly residual?: number | null;
}

/** Counts by the values of two fields. */
export interface PivotResult {
  /** Values of the rows with their numbers of events, most frequent first. */
  readonly rows: readonly AggregateRow[];
  /** The same of the columns. */
  readonly columns: readonly AggregateRow[];
  /** One for each pair that occurs. */
  readonly cells: readonly PivotCell[];
  /** Number of events. */
  readonly total: number;
}

/** Which fields are counted, in which events. */
export interface SummaryOptions<N extends CatalogueNames = IdeaNames> extends FilterArgument, CallOptions {
  /** Fields whose values are counted, at most 64. */
  readonly by: readonly N["field"][];
  /** Most values of each field, 1 to 10,000; 20 when absent. */
  readonly limit?: number | undefined;
  /** Add a last row to each field with what is beyond the limit. */
  readonly remainder?: boolean | undefined;
}

/** The most frequent values of several fields. */
export interface SummaryResult {
  /** Number of events. */
  readonly total: number;
  /** One list of rows for each field of `by`. */
  readonly panels: Readonly<Record<string, readonly AggregateRow[]>>;
}
