/** Keyset paging: the opaque key of a place in the order of a search. */
import { Buffer } from "node:buffer";
import { formatMicros, parsePgTimestamp } from "../../../compiler/values/time.js";
import { argumentError } from "../../../compiler/values/errors.js";
import type { PageKey } from "../types/events.js";

/** The last event of a page: its value of the sort column and its id. */
export interface PagePosition {
  readonly micros: bigint;
  readonly id: string;
}

/** Prints a place, with the order it belongs to. */
export function encodeKey(sort: string, place: PagePosition): PageKey {
  return Buffer.from(JSON.stringify([sort, place.micros.toString(), place.id])).toString("base64url");
}

/** Reads a key. @throws DataError `argument_invalid` when it is no key, or one of another order */
export function decodeKey(sort: string, key: PageKey): PagePosition {
  const [keySort, micros, id] = readKey(key);
  if (keySort !== sort)
    throw argumentError(
      "searchEvents",
      `the page key belongs to a search sorted by ${keySort}, this one is sorted by ${sort}`,
    );
  return { micros: BigInt(micros), id };
}

function readKey(key: PageKey): [sort: string, micros: string, id: string] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(key, "base64url").toString());
    if (
      Array.isArray(parts) &&
      parts.length === 3 &&
      parts.every((part) => typeof part === "string") &&
      /^-?\d+$/.test(String(parts[1]))
    )
      return parts as [string, string, string];
  } catch {
    // Falls through to the one error for everything that is no key.
  }
  throw argumentError("searchEvents", `"after" is not a page key; pass the "next" of the page before`);
}

/** A timestamptz of the server as microseconds. */
export const microsOf = parsePgTimestamp;

/** Microseconds as the server reads them. */
export const timeText = formatMicros;
