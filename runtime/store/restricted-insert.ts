/** Storing through a restricted view: an event outside the restriction is refused. */
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { StoredField } from "../../compiler/catalogue/model.js";
import { andFilters, composeFilter } from "../../compiler/compose.js";
import { DataError } from "../postgres/errors.js";
import { eventOf } from "./insert/encode.js";
import type { Restriction } from "./restriction.js";
import type { EventOperations } from "./operations.js";
import type { BulkEvent, RejectedEvent } from "./types/events.js";

const OUTSIDE = "the event lies outside the restriction of this view of the store";

/** `insertEvent` of a view. It rejects with DataError for an event outside the restriction. */
export function restrictedInsert(
  operations: EventOperations,
  restriction: Restriction,
): EventOperations["insertEvent"] {
  const admits = admission(restriction);
  return async (event, options) => {
    if (!admits(eventOf(event))) throw new DataError(`insertEvent: ${OUTSIDE}`, { operation: "insertEvent" });
    return operations.insertEvent(event, options);
  };
}

/** `insertEvents` of a view. Events outside the restriction are among the rejected ones. */
export function restrictedInserts(
  operations: EventOperations,
  restriction: Restriction,
): EventOperations["insertEvents"] {
  const admits = admission(restriction);
  return async (events, options) => {
    const refused: RejectedEvent[] = [];
    async function* admitted(): AsyncGenerator<BulkEvent, void> {
      let index = 0;
      for await (const event of events) {
        if (admits(eventOf(event))) yield event;
        else refused.push({ index, path: "$", reason: OUTSIDE });
        index++;
      }
    }
    const result = await operations.insertEvents(admitted(), options);
    const rejected = result.rejected.map((event) => ({
      ...event,
      index: positionBefore(event.index, refused),
    }));
    return { ...result, rejected: [...rejected, ...refused].sort((a, b) => a.index - b.index) };
  };
}

/** The position that an event had before the refused ones, which are in order, were left out. */
function positionBefore(index: number, refused: readonly RejectedEvent[]): number {
  let position = index;
  for (const { index: left } of refused) {
    if (left > position) break;
    position++;
  }
  return position;
}

/** Whether the restriction will admit an event once it is stored. */
function admission({ filter, options }: Restriction): (event: unknown) => boolean {
  const { catalogue = IDEA_CATALOGUE } = options;
  const { compiled, args } = composeFilter(andFilters(filter), {}, options);
  const stamped = catalogue.fields.filter(
    (field): field is StoredField => field.kind === "stored" && field.stamped === true,
  );
  return (event) => {
    const now = new Date();
    const stored = stamped.reduce((stampedEvent, field) => stamp(stampedEvent, field, now), event);
    return compiled.matches(stored, args, { now });
  };
}

/** The event with the time of storing where it has none, as its row will have it. */
function stamp(event: unknown, { paths }: StoredField, now: Date): unknown {
  const keys = paths.map((path) => path.split("."));
  const [first] = keys;
  if (first === undefined || keys.some((path) => path.reduce(valueOf, event) !== undefined)) return event;
  return withValue(event, first, now.toISOString());
}

function valueOf(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined;
}

function withValue(value: unknown, [key, ...rest]: readonly string[], set: string): unknown {
  if (key === undefined) return set;
  return isObject(value) || value === undefined
    ? { ...value, [key]: withValue(valueOf(value, key), rest, set) }
    : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
