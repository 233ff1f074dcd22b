/** Thresholding: which keys are quiet, which events were withheld, which came back (operations.md §3). */
import { DataError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";
import { recordToIdea } from "../../events/idea-event.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreClient } from "../client.js";
import type { StoreContext } from "../context.js";
import type { EventOperations, RelapsedEvent } from "../types.js";

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
>;

/** The operations of thresholding over a session. */
export function thresholdOperations(session: Session, context: StoreContext): ThresholdOperations {
  const client = context.connect(session);
  return {
    thresholdSet: async (key, thresholdTime, relapseTime, ttl, options) => {
      checkTimes("thresholdSet", thresholdTime, relapseTime, ttl);
      if (thresholdTime > relapseTime || relapseTime > ttl)
        throw new DataError("thresholdSet: the times have to be in the order threshold, relapse, ttl", {
          operation: "thresholdSet",
        });
      await client.thresholdSet({ key, thresholdTime, relapseTime, ttlTime: ttl }, options);
    },
    thresholdCheck: (key, ttl, options) => {
      checkTimes("thresholdCheck", ttl);
      return client.thresholdCheck({ key, time: ttl }, options);
    },
    thresholdSave: async (eventId, key, group, severity, createTime, options) => {
      checkTimes("thresholdSave", createTime);
      await client.thresholdSave({ eventId, key, group, severity, createTime }, options);
    },
    thresholdsCount: (options) => client.thresholdsCount(options),
    thresholdsClean: (ttl, options) => {
      checkTimes("thresholdsClean", ttl);
      return client.thresholdsClean({ time: ttl }, options);
    },
    thresholdedEventsCount: (options) => client.thresholdedEventsCount(options),
    thresholdedEventsClean: (options = {}) =>
      client.thresholdedEventsClean({ sinceThreshold: options.keep === "threshold" }, options),
    searchRelapsedEvents: (group, severity, ttl, options) => {
      checkTimes("searchRelapsedEvents", ttl);
      return relapsed(client, group, severity, ttl, options);
    },
  };
}

async function relapsed(
  client: StoreClient,
  group: string,
  severity: string,
  time: Date,
  options: CallOptions = {},
): Promise<readonly RelapsedEvent[]> {
  const rows = await client.searchRelapsedEvents({ group, severity, time }, options);
  return rows.map(({ event, keys }) => ({ event: recordToIdea(event), keys }));
}

function checkTimes(operation: string, ...times: readonly Date[]): void {
  for (const time of times)
    if (!(time instanceof Date) || Number.isNaN(time.getTime()))
      throw new DataError(`${operation}: times are given as valid Dates`, { operation });
}
