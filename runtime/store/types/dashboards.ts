/** What tops, timelines, pivots and summaries take and return. */
import type { CatalogueNames } from "../../client.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { FilterArgument, IdeaNames } from "./events.js";

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

/** The width of a bucket: a whole number from 1 to 9,999 and a unit (`mo`: months). */
export type TimelineStep = `${number}${"s" | "m" | "h" | "d" | "w" | "mo" | "y"}`;

export interface TimelineOptions<N extends CatalogueNames = IdeaNames> extends FilterArgument, CallOptions {
  /** Start, inclusive; the oldest event's bucket when absent. */
  readonly from?: Date | string | undefined;
  /** End, exclusive; the end of the newest event's bucket when absent. */
  readonly to?: Date | string | undefined;
  /** `30s`, `5m`, `1h`, `1d`, `1w`, `1mo`; chosen for at most 200 buckets when absent. */
  readonly step?: (string extends N["field"] ? string : TimelineStep) | undefined;
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
