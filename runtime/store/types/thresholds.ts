/** The records of thresholding. */
import type { IdeaEvent } from "../../events/idea-event.js";
import type { CallOptions } from "../../postgres/statement.js";

/** When a key is quiet, and for which report. */
export interface Threshold {
  /** The key, or several that get the same times. */
  readonly key: string | readonly string[];
  /** Start of thresholding. */
  readonly thresholdTime: Date;
  /** From when a further event counts as a relapse. */
  readonly relapseTime: Date;
  /** When the key expires. */
  readonly ttl: Date;
  /** Label of the report that the key is set for; none when absent. */
  readonly label?: string | undefined;
}

/** How a key is set by position. */
export interface ThresholdOptions extends CallOptions {
  /** Label of the report that the key is set for; none when absent. */
  readonly label?: string | undefined;
}

/** A live or expired record of the thresholding cache. */
export interface ThresholdRecord {
  /** The key that is thresholded. */
  readonly key: string;
  /** Start of thresholding. */
  readonly thresholdTime: Date;
  /** From when a further event counts as a relapse. */
  readonly relapseTime: Date;
  /** When the key expires. */
  readonly ttlTime: Date;
  /** Absent where the key was set without one. */
  readonly label?: string;
}

/** What tells the reports on one event from each other. */
export interface ReportKind {
  /** Whether the event would have been reported for its targets; for its sources when absent. */
  readonly target?: boolean | undefined;
  /** Whether it would have been reported to the operators alone; false when absent. */
  readonly shadow?: boolean | undefined;
}

/** How an event is saved by position. */
export type WithheldOptions = ReportKind & CallOptions;

/** An event that was not reported because its key was being thresholded. */
export interface WithheldEvent extends ReportKind {
  /** Identifier of the event. */
  readonly eventId: string;
  /** The key under which it was withheld, or all of them: an event with several addresses has one for each. */
  readonly key: string | readonly string[];
  /** The group that would have been told of it. */
  readonly group: string;
  /** Severity of the event. */
  readonly severity: string;
  /** When it was withheld. */
  readonly createTime: Date;
}

/** Which events of a relapsed key are given. */
export interface ExpireOptions extends CallOptions {
  /** Give all events that were withheld since thresholding of the key began; when absent those in its relapse part. */
  readonly all?: boolean | undefined;
}

/** Which relapses are searched: those of one side, and with or without the flag, or of any. */
export interface RelapseOptions extends ExpireOptions {
  /** True for relapses of targets, false for those of sources; both when absent. */
  readonly target?: boolean | undefined;
  /** True for reports to the operators alone, false for the others; both when absent. */
  readonly shadow?: boolean | undefined;
}

/** An event that has relapsed. One that would have been reported in several ways is there once for each. */
export interface RelapsedEvent {
  /** The event as it is stored. */
  readonly event: IdeaEvent;
  /** Keys under which it was thresholded and has relapsed. */
  readonly keys: readonly string[];
  /** Whether it would have been reported for its targets; else for its sources. */
  readonly target: boolean;
  /** Whether it would have been reported to the operators alone. */
  readonly shadow: boolean;
}

/** An event that has relapsed, with whom to tell. */
export interface ExpiredEvent extends RelapsedEvent {
  /** The group that would have been told of it. */
  readonly group: string;
  /** Severity of the event, as it was saved. */
  readonly severity: string;
}
