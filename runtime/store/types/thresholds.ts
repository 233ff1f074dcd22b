/** The records of thresholding. */
import type { IdeaEvent } from "../../events/idea-event.js";

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

/** An event that has relapsed. */
export interface RelapsedEvent {
  /** The event as it is stored. */
  readonly event: IdeaEvent;
  /** Keys under which it was thresholded and has relapsed. */
  readonly keys: readonly string[];
}
