/**
 * How the JSON text of an event is kept: bytes, of which the first is the number of the format.
 *
 * 0: the UTF-8 text as it is. 1: raw deflate (RFC 1951) of the UTF-8 text against the dictionary of format 1. An event of 1,400 bytes keeps some
 * 520 that way. PostgreSQL itself compresses no row below 2 kB, and without a dictionary so short a text saves half as much.
 */
import { Buffer } from "node:buffer";
import { deflateRawSync, type ZlibOptions } from "node:zlib";
import { EVENT_DICTIONARY } from "./event-dictionary.js";
import { createInflate } from "./inflate.js";

/** Ways of keeping new events; every store reads both. `plain` can be read by SQL: `convert_from(substr(event, 2), 'UTF8')`. */
export type EventFormat = "plain" | "deflate";

const PLAIN = 0;
const DEFLATE = 1;

const dictionary = Buffer.from(EVENT_DICTIONARY, "latin1");

const SMALL_BYTES = 4_096;
/** A small event fits into a small window, whose tables cost less time to set up than the text to compress; so do small buffers. */
const SMALL: ZlibOptions = { dictionary, level: 6, windowBits: 13, memLevel: 5, chunkSize: SMALL_BYTES };
const LARGE: ZlibOptions = { dictionary, level: 6 };

/** The bytes that keep a JSON text; `plain` also where compression would save nothing. */
export function packEvent(text: string, format: EventFormat = "deflate"): Buffer {
  const plain = Buffer.from(text, "utf8");
  if (format === "deflate") {
    const packed = deflateRawSync(plain, plain.length <= SMALL_BYTES ? SMALL : LARGE);
    if (packed.length < plain.length) return withFormat(DEFLATE, packed);
  }
  return withFormat(PLAIN, plain);
}

function withFormat(format: number, content: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(content.length + 1);
  bytes[0] = format;
  content.copy(bytes, 1);
  return bytes;
}

/** The JSON text that {@link packEvent} was given. @throws RangeError for bytes that it did not make */
export function unpackEvent(bytes: Buffer): string {
  const content = bytes.subarray(1);
  if (bytes[0] === PLAIN) return content.toString("utf8");
  if (bytes[0] === DEFLATE) return inflated(content);
  throw new RangeError(
    bytes.length === 0
      ? "a stored event is empty"
      : `a stored event has the format ${bytes[0]}, which this release does not know`,
  );
}

const inflate = createInflate(dictionary);

function inflated(content: Buffer): string {
  try {
    return inflate(content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RangeError(`a stored event is damaged (${reason})`, { cause: error });
  }
}

/** The text form of a column of type bytea (`bytea_output = hex`, as every session of the runtime has it), unpacked. */
export function readEventText(wire: string): string {
  if (!wire.startsWith("\\x")) throw new RangeError("a stored event is not in the hexadecimal form of bytea");
  const hex = wire.slice(2);
  if (hex.length > 2 * SMALL_BYTES) return unpackEvent(Buffer.from(hex, "hex"));
  // What is unpacked at once needs no buffer of its own.
  return unpackEvent(unhexed.subarray(0, unhexed.write(hex, "hex")));
}

const unhexed = Buffer.allocUnsafeSlow(SMALL_BYTES);
