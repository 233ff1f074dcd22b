/** Takes events out of what other tools wrap them in. */

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The events within a wrapping: an answer of a Warden server (`{"lastid": …, "events": […]}`), a document or an answer of Elasticsearch
 * (`_source`, `hits.hits`), a line of a file of rejected events (`{"file": …, "reason": …, "event": …}`). Null for an object that is none.
 */
export function unwrap(value: Json): readonly unknown[] | null {
  if (Array.isArray(value["events"]) && isOnly(value, "events", ["lastid", "client", "method", "req_id"]))
    return value["events"] as readonly unknown[];
  if (isObject(value["_source"])) return [value["_source"]];
  const { hits } = value;
  if (isObject(hits) && Array.isArray(hits["hits"]))
    return (hits["hits"] as readonly unknown[]).flatMap((hit) =>
      isObject(hit) ? (unwrap(hit) ?? [hit]) : [hit],
    );
  if (isObject(value["event"]) && isOnly(value, "event", ["file", "line", "reason"]) && "reason" in value)
    return [value["event"]];
  return null;
}

/** What was no JSON, in a line of a file of rejected events. */
export interface RejectedText {
  /** The text, perhaps mended meanwhile; null where the line is about a file as a whole. */
  readonly text: string | null;
  readonly file: string;
  readonly reason: string;
}

/** A line of a file of rejected events that has no event: `{"file": …, "line": …, "reason": …, "text": …}`. Null for any other object. */
export function readRejectedText(value: Json): RejectedText | null {
  const { text, file, reason } = value;
  const isText = typeof text === "string" || text === null;
  if (!isText || typeof file !== "string" || typeof reason !== "string") return null;
  return isOnly(value, "text", ["file", "line", "reason"]) ? { text, file, reason } : null;
}

/** Whether an object has no other keys than these. */
function isOnly(value: Json, key: string, others: readonly string[]): boolean {
  return Object.keys(value).every((own) => own === key || others.includes(own));
}
