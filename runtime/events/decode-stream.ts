/** Makes UTF-8 of what an input holds: compressed data by their first bytes, UTF-16 by its byte order mark or its zero bytes. */
import { Buffer } from "node:buffer";
import { PassThrough, Readable, type Duplex } from "node:stream";
import * as zlib from "node:zlib";
import { shown } from "../../compiler/values/checks.js";
import { argumentError } from "../../compiler/values/errors.js";
import { binaryKind } from "./file-kinds.js";

/** Chunks of an input. */
export type Chunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** Input that cannot be read as text; the message is a phrase for the report on the file. */
export class UnreadableInput extends Error {
  override readonly name = "UnreadableInput";
}

/** Enough to tell every form that is read; more is not waited for, as a feed may be slow. */
const HEAD_BYTES = 4;

/** Packings within packings, at most: more are an attack. */
const MAX_PACKINGS = 4;

/**
 * The bytes of an input as UTF-8 where its first bytes say that it is something else; all other bytes as they are.
 *
 * @throws UnreadableInput for damaged compressed data, for zstd where this Node has none, and for files of other kinds, which it names; errors of
 *   the input itself as they come
 */
export async function* decodeChunks(
  chunks: Chunks,
  packings = 0,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = bytesOf(chunks)[Symbol.asyncIterator]();
  const head = await readHead(iterator);
  const form = formOf(head);
  const other = form === "gzip" || form === "zstd" ? null : binaryKind(head);
  const rest = remaining(head, iterator);
  if (other !== null) {
    await rest.return();
    throw new UnreadableInput(other);
  }
  if (form === "plain") return yield* rest;
  if (form === "utf-16le" || form === "utf-16be") return yield* recode(rest, form);
  if (packings >= MAX_PACKINGS) throw new UnreadableInput("compressed more than four times over");
  yield* decodeChunks(unpack(rest, unpacker(form), form), packings + 1);
}

async function* bytesOf(chunks: Chunks): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks as AsyncIterable<unknown>) {
    if (typeof chunk === "string") yield Buffer.from(chunk);
    else if (chunk instanceof Uint8Array) yield chunk;
    else throw argumentError("readEvents", `a chunk is a text or bytes, not ${shown(chunk)}`);
  }
}

async function readHead(iterator: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < HEAD_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

async function* remaining(
  head: Buffer,
  iterator: AsyncGenerator<Uint8Array> | AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    if (head.length > 0) yield head;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.(undefined);
  }
}

type Form = "plain" | "gzip" | "zstd" | "utf-16le" | "utf-16be";

function formOf(head: Buffer): Form {
  const [first, second, third, fourth] = head;
  if (first === 0x1f && second === 0x8b) return "gzip";
  if (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) return "zstd";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  // Without a mark: JSON starts with ASCII, whose other byte is zero.
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return "utf-16le";
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return "utf-16be";
  return "plain";
}

/** Newer releases of Node have zstd. */
const { createZstdDecompress } = zlib as { readonly createZstdDecompress?: () => Duplex };

function unpacker(form: "gzip" | "zstd"): Duplex {
  if (form === "gzip") return zlib.createGunzip();
  if (createZstdDecompress === undefined)
    throw new UnreadableInput(
      "zstd-compressed, which this release of Node cannot unpack; unpack it with `zstd -d`, or run Node 22.15 or newer",
    );
  return createZstdDecompress();
}

async function* unpack(
  bytes: AsyncIterable<Uint8Array>,
  transform: Duplex,
  form: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = Readable.from(bytes);
  const output = new PassThrough();
  const failures: Error[] = [];
  const fail = (error: Error): void => {
    failures.push(error);
    output.end();
  };
  source.on("error", fail);
  transform.on("error", (error) =>
    fail(new UnreadableInput(`the ${form} data are damaged or cut off (${error.message})`)),
  );
  source.pipe(transform).pipe(output);
  try {
    yield* output as AsyncIterable<Uint8Array>;
  } finally {
    source.destroy();
    transform.destroy();
  }
  const [failure] = failures;
  if (failure !== undefined) throw failure;
}

async function* recode(
  bytes: AsyncIterable<Uint8Array>,
  form: "utf-16le" | "utf-16be",
): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = new TextDecoder(form);
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== "") yield Buffer.from(text);
  }
  const rest = decoder.decode();
  if (rest !== "") yield Buffer.from(rest);
}
