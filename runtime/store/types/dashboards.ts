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
  readonly value: string | number | boolean | null;
  readonly count: number;
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
  readonly from: Date;
  readonly to: Date;
  readonly count: number;
  /** Counts by value of `by`, in the order of {@link Timeline.values}; the remainder, if any, is last. */
  readonly values?: V;
}

/** Counts by time. */
export interface Timeline<V = readonly AggregateRow[]> {
  readonly buckets: readonly TimelineBucket<V>[];
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
  readonly row: N["field"];
  readonly column: N["field"];
  /** Most values on each axis; 20 when absent. */
  readonly limit?: number | undefined;
  /** Add adjusted residuals (O − E) / √(E (1 − r/n) (1 − c/n)). */
  readonly residuals?: boolean | undefined;
}

/** Events with one value of the row and one of the column. */
export interface PivotCell {
  readonly row: string | number | boolean | null;
  readonly column: string | number | boolean | null;
  readonly count: number;
  /** Null where it is undefined: a row or column that is the whole table. */
  readonly residual?: number | null;
}

/** Counts by the values of two fields. */
export interface PivotResult {
  readonly rows: readonly AggregateRow[];
  readonly columns: readonly AggregateRow[];
  readonly cells: readonly PivotCell[];
  readonly total: number;
}

/** Which fields are counted, in which events. */
export interface SummaryOptions<N extends CatalogueNames = IdeaNames> extends FilterArgument, CallOptions {
  readonly by: readonly N["field"][];
  readonly limit?: number | undefined;
  readonly remainder?: boolean | undefined;
}

/** The most frequent values of several fields. */
export interface SummaryResult {
  readonly total: number;
  /** One list of rows for each field of `by`. */
  readonly panels: Readonly<Record<string, readonly AggregateRow[]>>;
}
