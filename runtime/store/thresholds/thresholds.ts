/** Thresholding: which keys are quiet, which events were withheld, which came back (operations.md §3). */
import { argumentError } from "../../../compiler/values/errors.js";
import { isColumnText } from "../../../compiler/values/text.js";
import type { Session } from "../../postgres/session.js";
import { recordToIdea, type IdeaEvent } from "../../events/idea-event.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreClient } from "../client.js";
import type { StoreContext } from "../context.js";
import { refuseNewer } from "../schema/newer.js";
import type {
  EventOperations,
  Threshold,
  ThresholdOptions,
  ThresholdRecord,
  WithheldEvent,
  WithheldOptions,
} from "../types.js";

type ThresholdOperations = Pick<
  EventOperations,
  | "thresholdSet"
  | "thresholdCheck"
  | "thresholdSave"
  | "thresholdsCount"
  | "thresholdsClean"
  | "thresholdedEventsCount"
  | "thresholdedEventsClean"
  | "searchRelapsedEvents"
  | "expireThresholds"
>;

/** The operations of thresholding over a session. */
export function thresholding(session: Session, context: StoreContext): ThresholdOperations {
  const client = context.connect(session);
  return {
    thresholdSet: async (...call: NamedSet | OrderedSet) => {
      const [{ key, thresholdTime, relapseTime, ttl, label = null }, options] = setCall(call);
      if (thresholdTime > relapseTime || relapseTime > ttl)
        throw argumentError("thresholdSet", "the times have to be in the order threshold, relapse, ttl");
      const keys = [key].flat();
      const set = await client.thresholdSet(
        { keys, thresholdTime, relapseTime, ttlTime: ttl, label },
        options,
      );
      if (set < keys.length) await refuseNewer(session, context, "thresholdSet", options);
    },
    thresholdCheck: (async (key: string | readonly string[], ttl: Date, options?: CallOptions) => {
      const found = await checkKeys(client, [key].flat(), ttl, options);
      return typeof key === "string" ? (found[0] ?? null) : found;
    }) as EventOperations["thresholdCheck"],
    thresholdSave: async (...call: NamedSave | OrderedSave) => {
      const [{ key, target = false, shadow = false, ...withheld }, options] = saveCall(call);
      const keys = [key].flat();
      const saved = await client.thresholdSave({ ...withheld, keys, target, shadow }, options);
      if (saved < keys.length) await refuseNewer(session, context, "thresholdSave", options);
    },
    thresholdsCount: (options) => client.thresholdsCount(options),
    thresholdsClean: (ttl, options) => {
      return client.thresholdsClean({ time: ttl }, options);
    },
    thresholdedEventsCount: (options) => client.thresholdedEventsCount(options),
    thresholdedEventsClean: (options = {}) =>
      client.thresholdedEventsClean({ sinceThreshold: options.keep === "threshold" }, options),
    searchRelapsedEvents: async (group, severity, ttl, { all = false, target, shadow, ...options } = {}) => {
      if (!isColumnText(group) || !isColumnText(severity)) return [];
      const which = { group, severity, time: ttl, all, target: target ?? null, shadow: shadow ?? null };
      return (await client.searchRelapsedEvents(which, options)).map(withEvent);
    },
    expireThresholds: async (time, { all = false, ...options } = {}) =>
      (await client.expireThresholds({ time, all }, options)).map(withEvent),
  };
}

type NamedSet = readonly [threshold: Threshold, options?: CallOptions];
type OrderedSet = readonly [
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
function setCall(call: NamedSet | OrderedSet): NamedSet {
  if (isNamed<NamedSet>(call)) return call;
  const [key, thresholdTime, relapseTime, ttl, { label, ...options } = {}] = call;
  return [{ key, thresholdTime, relapseTime, ttl, label }, options];
}

type NamedSave = readonly [withheld: WithheldEvent, options?: CallOptions];
type OrderedSave = readonly [
  eventId: string,
  key: string | readonly string[],
  group: string,
  severity: string,
  createTime: Date,
  options?: WithheldOptions,
];

/** The event and the options of either way to call. */
function saveCall(call: NamedSave | OrderedSave): NamedSave {
  if (isNamed<NamedSave>(call)) return call;
  const [eventId, key, group, severity, createTime, { target, shadow, ...options } = {}] = call;
  return [{ eventId, key, group, severity, createTime, target, shadow }, options];
}

/** No column holds a key that is no text of the database, so none is found by it. */
async function checkKeys(
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

function withEvent<R extends { readonly event: string }>(
  row: R,
): Omit<R, "event"> & { readonly event: IdeaEvent } {
  return { ...row, event: recordToIdea(row.event) };
}
