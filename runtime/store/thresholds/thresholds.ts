/** What the operations of thresholding are called with and what they give (operations.md §3). */
import { isColumnText } from "../../../compiler/values/text.js";
import { recordToIdea, type IdeaEvent } from "../../events/idea-event.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreClient } from "../client.js";
import type {
  Threshold,
  ThresholdOptions,
  ThresholdRecord,
  WithheldEvent,
  WithheldOptions,
} from "../types/thresholds.js";

/** `thresholdSet` called with an object of names. */
export type SetByName = readonly [threshold: Threshold, options?: CallOptions];
/** `thresholdSet` called with the arguments in the order of the Python module. */
export type SetByPosition = readonly [
  key: string | readonly string[],
  thresholdTime: Date,
  relapseTime: Date,
  ttl: Date,
  options?: ThresholdOptions,
];

/** Whether an operation was called with an object of names. */
function isNamed<Named extends readonly unknown[]>(call: Named | readonly unknown[]): call is Named {
  return typeof call[0] === "object" && !Array.isArray(call[0]);
}

/** The key and the options of either way to call. */
export function setCall(call: SetByName | SetByPosition): SetByName {
  if (isNamed<SetByName>(call)) return call;
  const [key, thresholdTime, relapseTime, ttl, { label, ...options } = {}] = call;
  return [{ key, thresholdTime, relapseTime, ttl, label }, options];
}

/** `thresholdSave` called with an object of names. */
export type SaveByName = readonly [withheld: WithheldEvent, options?: CallOptions];
/** `thresholdSave` called with the arguments in the order of the Python module. */
export type SaveByPosition = readonly [
  eventId: string,
  key: string | readonly string[],
  group: string,
  severity: string,
  createTime: Date,
  options?: WithheldOptions,
];

/** The event and the options of either way to call. */
export function saveCall(call: SaveByName | SaveByPosition): SaveByName {
  if (isNamed<SaveByName>(call)) return call;
  const [eventId, key, group, severity, createTime, { target, shadow, ...options } = {}] = call;
  return [{ eventId, key, group, severity, createTime, target, shadow }, options];
}

/** The records of keys. No column holds a key that is no text of the database, so none is found by it. */
export async function recordsOf(
  client: StoreClient,
  keys: readonly string[],
  time: Date,
  options?: CallOptions,
): Promise<readonly ThresholdRecord[]> {
  const possible = keys.filter(isColumnText);
  if (possible.length === 0) return [];
  const rows = await client.thresholdCheck({ keys: possible, time }, options);
  return rows.map(({ label, ...record }) => (label === null ? record : { ...record, label }));
}

/** The row with its event read. */
export function withEvent<R extends { readonly event: string }>(
  row: R,
): Omit<R, "event"> & { readonly event: IdeaEvent } {
  return { ...row, event: recordToIdea(row.event) };
}
