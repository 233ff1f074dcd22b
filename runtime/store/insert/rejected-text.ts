/** What stood in an event that was rejected, for a report that holds it. */
import { printJson } from "../../../compiler/values/exact-json.js";
import { unpackEvent } from "../../postgres/event-text.js";
import type { RejectedEvent } from "../types/events.js";
import { rawText } from "./encode.js";

/** Where the text is to be had: of an item that was given, or packed for the database. */
type Source = { readonly item: unknown } | { readonly packed: Buffer };

const sources = new WeakMap<RejectedEvent, Source>();

/** Remembers the item that was rejected. */
export function ofItem(rejection: RejectedEvent, item: unknown): RejectedEvent {
  sources.set(rejection, { item });
  return rejection;
}

/** Remembers the packed text of the event that was rejected. */
export function ofPacked(rejection: RejectedEvent, packed: Buffer): RejectedEvent {
  sources.set(rejection, { packed });
  return rejection;
}

/** The JSON text of a rejected event, with the digits that it came with; undefined where it cannot be printed. */
export function rejectedText(rejection: RejectedEvent): string | undefined {
  const source = sources.get(rejection);
  if (source === undefined) return undefined;
  if ("packed" in source) return unpackEvent(source.packed);
  const raw = rawText(source.item);
  if (raw !== undefined) return raw;
  try {
    return printJson(source.item);
  } catch {
    return undefined;
  }
}
