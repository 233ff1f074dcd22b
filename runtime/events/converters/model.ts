/** What a converter is: a plain module that makes IDEA events of the records of another format. */
import type { IdeaEvent } from "../idea-event.js";

/** A record as it was read: a JSON object, or the fields of a line. */
export type FeedRecord = Readonly<Record<string, unknown>>;

/** What became of a record. */
export type ConvertedRecord =
  | { readonly kind: "event"; readonly event: IdeaEvent }
  /** A record of another kind than security events; `what` is what it is counted as: `flow`. */
  | { readonly kind: "skipped"; readonly what: string }
  /** A record that should have been an event, and why it is none. */
  | { readonly kind: "refused"; readonly path: string; readonly reason: string };

/**
 * Turns the records of one feed into events. The same record gives the same identifier, whenever and in whatever order it comes, so that a second
 * run stores nothing twice; what has no place in IDEA is kept under an extension object of the format's name.
 */
export interface Converter {
  /** Name on the command line: `eve`. */
  readonly name: string;
  /** What it reads, a phrase: `Suricata EVE alerts`. */
  readonly description: string;
  readonly convert: (record: FeedRecord) => ConvertedRecord;
}

/** A refusal in one line. */
export const refused = (path: string, reason: string): ConvertedRecord => ({ kind: "refused", path, reason });

/** A record that is none of ours. */
export const skipped = (what: string): ConvertedRecord => ({ kind: "skipped", what });
