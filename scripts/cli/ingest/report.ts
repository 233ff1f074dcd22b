/** What `ingest` says at its end. */
import { formatCount } from "../render/numbers.js";
import { printable } from "../render/text.js";
import type { IngestResult, Rejection } from "./ingest.js";

/** Rejections that are listed; the others are counted. */
export const LISTED = 20;

/** `alerts.ndjson:12: DetectTime: missing (id "x")`. */
export function rejectionLine({ file, line, reason, id }: Rejection): string {
  const place = line > 0 ? `${file}:${line}` : file;
  return printable(`${place}: ${reason}${id === undefined ? "" : ` (id ${JSON.stringify(id)})`}`);
}

/** The first rejections and how many more there are; none: no lines. `all`: how many there were, where these are only the first. */
export function rejectionLines(
  rejections: readonly Rejection[],
  limit = LISTED,
  all = rejections.length,
): string[] {
  const lines = rejections.slice(0, limit).map(rejectionLine);
  const more = all - lines.length;
  return more > 0 ? [...lines, `and ${formatCount(more)} more`] : lines;
}

/** The line of a file of rejected events: JSON with the event as it was, to be mended and read again. */
export function rejectedRecord({ file, line, reason, event, text }: Rejection): string {
  const about = JSON.stringify({
    file,
    line,
    reason,
    ...(event === undefined ? { text: text ?? null } : {}),
  });
  return event === undefined ? about : `${about.slice(0, -1)},"event":${oneLineJson(event)}}`;
}

/** A JSON text on one line: blanks between its parts may be line breaks, within its strings there are none. */
const oneLineJson = (json: string): string => json.replace(/[\r\n]+\s*/g, " ");

/** `1,200 skipped (flow 1,000, dns 200)`; nothing where none was. */
function skippedParts(skipped: ReadonlyMap<string, number>): string[] {
  const kinds = [...skipped].sort(([, a], [, b]) => b - a);
  if (kinds.length === 0) return [];
  const all = kinds.reduce((sum, [, count]) => sum + count, 0);
  const named = kinds
    .slice(0, KINDS_LISTED)
    .map(([what, count]) => `${printable(what)} ${formatCount(count)}`);
  const rest = kinds.length > KINDS_LISTED ? ", …" : "";
  return [`${formatCount(all)} skipped (${named.join(", ")}${rest})`];
}

/** Kinds of skipped records that are named. */
const KINDS_LISTED = 6;

/** Rejections that are events, not whole files. */
export function rejectedEvents(rejections: readonly Rejection[]): number {
  return rejections.filter(({ line }) => line > 0).length;
}

/** `60 events: 60 stored, 0 already there, 0 rejected`; those that have the id of another event are a part of their own. */
export function summaryLine({ stored, duplicates, different, skipped, rejections }: IngestResult): string {
  const rejected = rejectedEvents(rejections);
  const all = stored + duplicates + different + rejected;
  const parts = [
    `${formatCount(stored)} stored`,
    `${formatCount(duplicates)} already there`,
    ...(different > 0 ? [`${formatCount(different)} with the id of another event that is there`] : []),
    `${formatCount(rejected)} rejected`,
    ...skippedParts(skipped),
  ];
  return `${formatCount(all)} event${all === 1 ? "" : "s"}: ${parts.join(", ")}`;
}

/** What {@link summaryLine} says, for programs. */
export function summaryOf({ stored, duplicates, different, skipped, rejections }: IngestResult): object {
  const rejected = rejectedEvents(rejections);
  const events = stored + duplicates + different + rejected;
  return { events, stored, duplicates, different, rejected, skipped: Object.fromEntries(skipped) };
}
