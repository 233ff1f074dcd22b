/** IDEA events themselves, and what Warden wraps them in. */
import type { IdeaEvent } from "../idea-event.js";
import type { Converter, FeedRecord } from "./model.js";

const unchanged = (record: FeedRecord): { readonly kind: "event"; readonly event: IdeaEvent } => ({
  kind: "event",
  event: record as unknown as IdeaEvent,
});

/** Events as they are. */
export const idea: Converter = {
  name: "idea",
  description: "IDEA events, also within the answers of Warden or Elasticsearch",
  convert: unchanged,
};

/** Events that were saved from a Warden server, with the file's wrapping taken off by the reader. */
export const warden: Converter = {
  name: "warden",
  description: 'IDEA events in answers of a Warden server: {"lastid": …, "events": […]}',
  convert: unchanged,
};
