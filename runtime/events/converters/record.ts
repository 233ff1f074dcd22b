/** Reading records, and what remains of one after everything with a place in IDEA is taken. */
import { exactValue, keepExactValues } from "../../../compiler/values/exact-json.js";
import { formatMicros, parseEventTime } from "../../../compiler/values/time.js";
import type { FeedRecord } from "./model.js";

/** Whether a value is an object and no list. */
export function isRecord(value: unknown): value is FeedRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a dotted path of keys; undefined where there is none. A key that itself has dots is found as it is. */
export function valueAt(record: FeedRecord, path: string): unknown {
  if (Object.hasOwn(record, path)) return exactValue(record, path);
  let node: unknown = record;
  for (const key of path.split(".")) {
    if (!isRecord(node) || !Object.hasOwn(node, key)) return undefined;
    node = exactValue(node, key);
  }
  return node;
}

/** A text that says something, at a path; a number as its digits. */
export function textAt(record: FeedRecord, path: string): string | undefined {
  const value = valueAt(record, path);
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** A number at a path, also one that is written as text. */
export function numberAt(record: FeedRecord, path: string): number | undefined {
  const value = valueAt(record, path);
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** A time at a path as RFC 3339 in UTC, whatever form the store reads it in. */
export function timeAt(record: FeedRecord, path: string): string | undefined {
  const micros = parseEventTime(valueAt(record, path));
  return micros === null ? undefined : formatMicros(micros);
}

/** A list of one for a value, none for undefined: what a key of IDEA that holds a list takes. */
export function listAt<T>(...values: readonly (T | null | undefined)[]): readonly T[] | undefined {
  const found = [...new Set(values)].filter((value): value is T => value !== undefined && value !== null);
  return found.length === 0 ? undefined : found;
}

/** The keys of an address: IP4 or IP6 by its family. */
export function addressKeys(...addresses: readonly (string | undefined)[]): {
  readonly IP4?: readonly string[];
  readonly IP6?: readonly string[];
} {
  const present = addresses.filter((address): address is string => address !== undefined);
  return defined({
    IP4: listAt(...present.filter((address) => !address.includes(":"))),
    IP6: listAt(...present.filter((address) => address.includes(":"))),
  });
}

/** An object without its undefined values, which an event has none of. */
export function defined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}

/** An object, or undefined when all of its values are. */
export function unlessEmpty<T extends object>(object: T): T | undefined {
  return Object.keys(object).length === 0 ? undefined : object;
}

/**
 * The record without the values at the paths: what has no place in IDEA. Undefined when nothing remains. Objects in which nothing is left go with
 * what was in them.
 */
export function remainder(record: FeedRecord, paths: readonly string[]): FeedRecord | undefined {
  const taken = new Set(paths.filter((path) => valueAt(record, path) !== undefined));
  return without(record, taken, "");
}

function without(record: FeedRecord, taken: ReadonlySet<string>, prefix: string): FeedRecord | undefined {
  const entries: [string, unknown][] = [];
  for (const [key, value] of Object.entries(record)) {
    const path = prefix + key;
    if (taken.has(path)) continue;
    const isTouched = isRecord(value) && [...taken].some((one) => one.startsWith(`${path}.`));
    const left = isTouched ? without(value, taken, `${path}.`) : value;
    if (left !== undefined) entries.push([key, left]);
  }
  return entries.length === 0 ? undefined : keepExactValues(record, Object.fromEntries(entries));
}

/** The name of a detector: that of the software below the host's own name, turned to the dotted form of IDEA; `suricata` where no host is told. */
export function nodeName(software: string, host: string | undefined): string {
  const labels = (host ?? "")
    .toLowerCase()
    .split(".")
    .map((label) => label.replace(/[^a-z0-9_]/g, "_"))
    .filter((label) => label !== "")
    .map((label) => (/^[a-z_]/.test(label) ? label : `_${label}`));
  return [...labels.reverse(), software].join(".");
}

/** The URL of a record of HTTP, when host and path are given. */
export function urlAt(record: FeedRecord): string | undefined {
  const path = textAt(record, "http.url");
  const host = textAt(record, "http.hostname");
  if (path === undefined || /^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return path;
  return host === undefined ? undefined : `http://${host}${path.startsWith("/") ? path : `/${path}`}`;
}
