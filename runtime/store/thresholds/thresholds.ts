/** Thresholding: which keys are quiet, which events were withheld, which came back (operations.md §3). */
import { argumentError } from "../../../compiler/values/errors.js";
import { isColumnText } from "../../../compiler/values/text.js";
import type { Session } from "../../postgres/session.js";
import { recordToIdea } from "../../events/idea-event.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { SearchRelapsedEventsParams } from "../../../generated/index.js";
import type { StoreClient } from "../client.js";
import type { StoreContext } from "../context.js";
import type { EventOperations, RelapsedEvent, WithheldEvent } from "../types.js";

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
export function thresholding(session: Session, context: StoreContext): ThresholdOperations {
  const client = context.connect(session);
  return {
    thresholdSet: async (key, thresholdTime, relapseTime, ttl, options) => {
      if (thresholdTime > relapseTime || relapseTime > ttl)
        throw argumentError("thresholdSet", "the times have to be in the order threshold, relapse, ttl");
      await client.thresholdSet({ key, thresholdTime, relapseTime, ttlTime: ttl }, options);
    },
    thresholdCheck: async (key, ttl, options) =>
      isColumnText(key) ? client.thresholdCheck({ key, time: ttl }, options) : null,
    thresholdSave: async (...call: NamedSave | OrderedSave) => {
      const [withheld, options] = saveCall(call);
      await client.thresholdSave(withheld, options);
    },
    thresholdsCount: (options) => client.thresholdsCount(options),
    thresholdsClean: (ttl, options) => {
      return client.thresholdsClean({ time: ttl }, options);
    },
    thresholdedEventsCount: (options) => client.thresholdedEventsCount(options),
    thresholdedEventsClean: (options = {}) =>
      client.thresholdedEventsClean({ sinceThreshold: options.keep === "threshold" }, options),
    searchRelapsedEvents: async (group, severity, ttl, options) =>
      isColumnText(group) && isColumnText(severity)
        ? relapsed(client, { group, severity, time: ttl }, options)
        : [],
  };
}

type NamedSave = readonly [withheld: WithheldEvent, options?: CallOptions];
type OrderedSave = readonly [
  eventId: string,
  key: string,
  group: string,
  severity: string,
  createTime: Date,
  options?: CallOptions,
];

const isNamed = (call: NamedSave | OrderedSave): call is NamedSave => typeof call[0] === "object";

/** The event and the options of either way to call. */
function saveCall(call: NamedSave | OrderedSave): NamedSave {
  if (isNamed(call)) return call;
  const [eventId, key, group, severity, createTime, options] = call;
  return [{ eventId, key, group, severity, createTime }, options];
}

async function relapsed(
  client: StoreClient,
  params: SearchRelapsedEventsParams,
  options: CallOptions = {},
): Promise<readonly RelapsedEvent[]> {
  const rows = await client.searchRelapsedEvents(params, options);
  return rows.map(({ event, keys }) => ({ event: recordToIdea(event), keys }));
}
