/** Thresholding: the operations, how they are called, and their methods. */
import { columnText, date, either, flag, listOf, text } from "../../../compiler/values/checks.js";
import { argumentError } from "../../../compiler/values/errors.js";
import { isColumnText } from "../../../compiler/values/text.js";
import type { CallOptions } from "../../postgres/statement.js";
import * as checks from "../arguments/options.js";
import { UNFILTERED, type OperationRows, type Parameter } from "../operation-row.js";
import { refuseNewer } from "../schema/newer.js";
import type { ReadingScope } from "../scope.js";
import type {
  ExpiredEvent,
  ExpireOptions,
  RelapsedEvent,
  RelapseOptions,
  Threshold,
  ThresholdOptions,
  ThresholdRecord,
  WithheldEvent,
  WithheldOptions,
} from "../types/thresholds.js";
import {
  recordsOf,
  saveCall,
  setCall,
  withEvent,
  type SaveByName,
  type SetByName,
  type SaveByPosition,
  type SetByPosition,
} from "./thresholds.js";

/** The operations of thresholding: which keys are quiet, which events were withheld, which came back. */
export interface ThresholdOperations {
  /**
   * Starts thresholding a key or several, or sets their times and label anew.
   *
   * @throws DataError when the times are not in the order threshold, relapse, ttl
   */
  thresholdSet(threshold: Threshold, options?: CallOptions): Promise<void>;
  /**
   * The same with the arguments in the order of the Python module.
   *
   * @param thresholdTime start of thresholding
   * @param relapseTime from when a further event counts as a relapse
   * @param ttl when the key expires
   */
  thresholdSet(
    key: string | readonly string[],
    thresholdTime: Date,
    relapseTime: Date,
    ttl: Date,
    options?: ThresholdOptions,
  ): Promise<void>;
  /** The record of a key that is being thresholded at `ttl`; null when there is none or it has expired before. */
  thresholdCheck(key: string, ttl: Date, options?: CallOptions): Promise<ThresholdRecord | null>;
  /** The records of those of the keys that are being thresholded at `ttl`, in the order of the keys' texts. */
  thresholdCheck(
    keys: readonly string[],
    ttl: Date,
    options?: CallOptions,
  ): Promise<readonly ThresholdRecord[]>;
  /**
   * Remembers that an event was withheld under a key or several; {@link EventOperations.searchRelapsedEvents} finds it once they have expired.
   *
   * @throws StorageIntegrityError when the event is already remembered under this key
   */
  thresholdSave(withheld: WithheldEvent, options?: CallOptions): Promise<void>;
  /** The same with the arguments in the order of the Python module. */
  thresholdSave(
    eventId: string,
    key: string | readonly string[],
    group: string,
    severity: string,
    createTime: Date,
    options?: WithheldOptions,
  ): Promise<void>;
  /** Number of keys, expired ones included. */
  thresholdsCount(options?: CallOptions): Promise<number>;
  /** Removes the keys that expired before `ttl` and returns how many there were. */
  thresholdsClean(ttl: Date, options?: CallOptions): Promise<number>;
  /** Number of withheld events, each counted once for each of its keys. */
  thresholdedEventsCount(options?: CallOptions): Promise<number>;
  /**
   * Forgets withheld events whose key is gone, or that lie before the relapse part of their key; with `keep: "threshold"` before its start.
   * Returns how many there were.
   */
  thresholdedEventsClean(
    options?: CallOptions & { readonly keep?: "relapse" | "threshold" | undefined },
  ): Promise<number>;
  /**
   * Events of a group and a severity that were withheld in the relapse part of keys that have expired by `ttl`, oldest first; with `all: true` all
   * events that were withheld under these keys.
   */
  searchRelapsedEvents(
    group: string,
    severity: string,
    ttl: Date,
    options?: RelapseOptions,
  ): Promise<readonly RelapsedEvent[]>;
  /**
   * Removes the keys that have expired by `time` (their `ttl` is not after it) with what was withheld under them, and gives the relapses of all groups
   * and severities, oldest first. One statement: of two runs at the same time each relapse is given to one. Where what follows may fail, call it within
   * a transaction.
   */
  expireThresholds(time: Date, options?: ExpireOptions): Promise<readonly ExpiredEvent[]>;
}

const KEYS = either(columnText, listOf(columnText, "such texts"));

const WITHHELD: readonly Parameter[] = [
  ["eventId", columnText],
  ["key", KEYS],
  ["group", columnText],
  ["severity", columnText],
  ["createTime", date],
];

const THRESHOLD: readonly Parameter[] = [
  ["key", KEYS],
  ["thresholdTime", date],
  ["relapseTime", date],
  ["ttl", date],
];

const TTL = ["ttl", date] as const;
const REFUSED = { restricted: UNFILTERED, foreign: "it has no tables for thresholds" } as const;

/** How they are called. */
export const THRESHOLD_OPERATIONS = {
  thresholdSet: {
    runsOn: "primary",
    unanswered: "the keys may have been set; setting them again does no harm",
    ...REFUSED,
    parameters: THRESHOLD,
    named: { parameters: [...THRESHOLD, ["label", columnText, "optional"]], options: checks.CALL },
    options: checks.THRESHOLD,
  },
  thresholdCheck: {
    runsOn: "primary",
    ...REFUSED,
    parameters: [["key", either(text, listOf(text, "texts"))], TTL],
    options: checks.CALL,
  },
  thresholdSave: {
    runsOn: "primary",
    unanswered: "the event may have been remembered; saving it again is refused then",
    ...REFUSED,
    parameters: WITHHELD,
    named: {
      parameters: [...WITHHELD, ["target", flag, "optional"], ["shadow", flag, "optional"]],
      options: checks.CALL,
    },
    options: checks.WITHHELD,
  },
  thresholdsCount: { runsOn: "primary", ...REFUSED, parameters: [], options: checks.CALL },
  thresholdsClean: {
    runsOn: "primary, after a look",
    unanswered: "keys may have been removed",
    ...REFUSED,
    parameters: [TTL],
    options: checks.CALL,
  },
  thresholdedEventsCount: { runsOn: "primary", ...REFUSED, parameters: [], options: checks.CALL },
  thresholdedEventsClean: {
    runsOn: "primary, after a look",
    unanswered: "withheld events may have been forgotten",
    ...REFUSED,
    parameters: [],
    options: checks.CLEAN_THRESHOLDED,
  },
  searchRelapsedEvents: {
    runsOn: "primary",
    ...REFUSED,
    parameters: [["group", text], ["severity", text], TTL],
    options: checks.RELAPSES,
  },
  expireThresholds: {
    runsOn: "primary, after a look",
    unanswered: "keys may have been removed together with what was withheld under them",
    ...REFUSED,
    parameters: [["time", date]],
    options: checks.EXPIRE,
  },
} as const satisfies OperationRows<ThresholdOperations>;

/** Their methods. */
export function thresholdMethods({ session, context }: ReadingScope): ThresholdOperations {
  const client = context.connect(session);
  return {
    thresholdSet: async (...call: SetByName | SetByPosition) => {
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
      const found = await recordsOf(client, [key].flat(), ttl, options);
      return typeof key === "string" ? (found[0] ?? null) : found;
    }) as ThresholdOperations["thresholdCheck"],
    thresholdSave: async (...call: SaveByName | SaveByPosition) => {
      const [{ key, target = false, shadow = false, ...withheld }, options] = saveCall(call);
      const keys = [key].flat();
      const saved = await client.thresholdSave({ ...withheld, keys, target, shadow }, options);
      if (saved < keys.length) await refuseNewer(session, context, "thresholdSave", options);
    },
    thresholdsCount: (options) => client.thresholdsCount(options),
    thresholdsClean: (ttl, options) => client.thresholdsClean({ time: ttl }, options),
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
