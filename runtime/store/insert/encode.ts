/** From an event to what the insert statement takes. */
import { checkArgument, text } from "../../../compiler/values/checks.js";
import { printJson } from "../../../compiler/values/exact-json.js";
import { noteRepeatedKeys } from "../../../compiler/values/repeated-keys.js";
import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { EventStorageError, oneLine } from "../../postgres/errors.js";
import { packEvent, type EventFormat } from "../../postgres/event-text.js";
import { dateToMicros, type Micros } from "../../../compiler/values/time.js";
import { eventEncoder } from "../../events/encode.js";
import { IdeaError } from "../../events/idea-error.js";
import type { EncodedEvent } from "./encoded-event.js";

/** An event together with the JSON text to keep for it. Made by {@link withRaw}. */
export interface RawEvent {
  /** The JSON text to keep. */
  readonly [RAW]: string;
  /** The event that the text was read into. */
  readonly event: unknown;
  /** The storage time of an event that names none, in microseconds since 1970; when it is stored where absent. */
  readonly storedAt?: Micros;
}

const RAW: unique symbol = Symbol("raw");

/**
 * Pairs an event with the exact text it was read from, which is then kept instead of the event printed anew. An event out of another store also
 * has the time at which that one stored it.
 *
 * @throws DataError `argument_invalid` when the text is none
 */
export function withRaw(event: unknown, raw: string, storedAt?: Micros): RawEvent {
  checkArgument("withRaw", "raw", raw, text);
  return { event, [RAW]: raw, ...(storedAt === undefined ? {} : { storedAt }) };
}

function isRawEvent(item: unknown): item is RawEvent {
  return typeof item === "object" && item !== null && RAW in item;
}

/** The text that an event was paired with; undefined for a plain event. */
export function rawText(item: unknown): string | undefined {
  return isRawEvent(item) ? item[RAW] : undefined;
}

/** The event of what may be a {@link RawEvent}. */
export function eventOf(item: unknown): unknown {
  return isRawEvent(item) ? item.event : item;
}

/** Encodes an event or {@link RawEvent}. @throws IdeaError when it cannot be stored */
export type EncodeEvent = (item: unknown, storedAt?: Micros) => EncodedEvent;

/** The encoder of a catalogue's events, which are kept in a format; made once. */
export function createEncoder(catalogue: Catalogue, format: EventFormat = "deflate"): EncodeEvent {
  const encode = eventEncoder(catalogue);
  const { roles } = storeTables(catalogue);
  const names = searchedColumns(catalogue).map(({ name }) => name);
  const idPosition = names.indexOf(roles.id.column);
  const timePosition = names.indexOf(roles.time.column);
  return readable((item, now = dateToMicros(new Date())) => {
    const event = isRawEvent(item) ? item.event : item;
    if (isRawEvent(item)) noteRepeatedKeys(event, item[RAW]);
    const columns = encode(event, (isRawEvent(item) ? item.storedAt : undefined) ?? now);
    const time = columns[timePosition] ?? "";
    return {
      id: columns[idPosition] ?? "",
      day: dayOf(time),
      time,
      columns,
      packed: packEvent(isRawEvent(item) ? item[RAW] : printEvent(event), format),
    };
  });
}

/** An event that throws when it is looked at is one that cannot be stored, and no reason to lose those beside it. */
function readable(encode: EncodeEvent): EncodeEvent {
  return (item, storedAt) => {
    try {
      return encode(item, storedAt);
    } catch (error) {
      if (error instanceof EventStorageError) throw error;
      throw new IdeaError(
        "$",
        `it can't be read: ${error instanceof Error ? oneLine(error.message) : "it throws"}`,
      );
    }
  };
}

const MILLIS_PER_DAY = 86_400_000;

/** Event times are UTC with years of four digits. */
function dayOf(time: string): number {
  return Date.parse(time.slice(0, 10)) / MILLIS_PER_DAY;
}

function printEvent(event: unknown): string {
  try {
    return printJson(event);
  } catch (error) {
    // What follows is circular, or a bigint: nothing that came from JSON text.
    if (error instanceof RangeError) throw new IdeaError("$", "nested too deeply to be written as JSON");
    throw new IdeaError(
      "$",
      `cannot be written as JSON (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}
