/** What `ingest` says at its end. */
import { formatCount } from "../render/numbers.js";
import { printable } from "../render/text.js";
import type { IngestResult, Rejection } from "./ingest.js";

/** Rejections that are listed; the others are counted. */
const LISTED = 20;

/** `alerts.ndjson:12: DetectTime: missing (id "x")`. */
export function rejectionLine({ file, line, reason, id }: Rejection): string {
  const place = line > 0 ? `${file}:${line}` : file;
  return printable(`${place}: ${reason}${id === undefined ? "" : ` (id ${JSON.stringify(id)})`}`);
}

/** The first rejections and how many more there are; none: no lines. */
export function rejectionLines(rejections: readonly Rejection[], limit = LISTED): string[] {
  const lines = rejections.slice(0, limit).map(rejectionLine);
  const more = rejections.length - limit;
  return more > 0 ? [...lines, `and ${formatCount(more)} more`] : lines;
}

/** Rejections that are events, not whole files. */
export function rejectedEvents(rejections: readonly Rejection[]): number {
  return rejections.filter(({ line }) => line > 0).length;
}

/** `60 events: 60 stored, 0 already there, 0 rejected`. */
export function summaryLine({ stored, duplicates, rejections }: IngestResult): string {
  const rejected = rejectedEvents(rejections);
  const all = stored + duplicates + rejected;
  const parts = [
    `${formatCount(stored)} stored`,
    `${formatCount(duplicates)} already there`,
    `${formatCount(rejected)} rejected`,
  ];
  return `${formatCount(all)} event${all === 1 ? "" : "s"}: ${parts.join(", ")}`;
}
