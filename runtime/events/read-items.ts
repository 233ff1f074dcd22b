/** Makes events, or the records of other formats, of the bytes of an input. */
import { Buffer, isUtf8 } from "node:buffer";
import { exactValue, parseJson, printJson } from "../../compiler/values/exact-json.js";
import { isZeekLog, zeekLogReader } from "./converters/zeek-log.js";
import { decodeChunks, UnreadableInput, type Chunks } from "./decode-stream.js";
import type { IdeaEvent } from "./idea-event.js";
import { jsonProblem } from "./json-problem.js";
import { recogniseLine, recogniseObject } from "./recognise.js";
import { jsonSplitter, type JsonPiece } from "./split-json.js";
import { readRejectedText, unwrap, type RejectedText } from "./unwrap.js";
import { utf8Problem } from "./utf8.js";

/** An event as it was read: a JSON object, nothing else is checked. */
export interface ReadEvent {
  readonly kind: "event";
  readonly event: IdeaEvent;
  /** The text it was read from, in which numbers beyond 2^53 keep their digits. */
  readonly raw: string;
  /** Path of the file, when a file was read. */
  readonly file?: string;
  /** Line from 1 on which the event starts. */
  readonly line: number;
}

/** A part of the input that is no event. */
export interface ReadProblem {
  readonly kind: "problem";
  readonly file?: string;
  /** Line from 1; 0 for the input as a whole. */
  readonly line: number;
  readonly reason: string;
  /** What is there, where it is a text. */
  readonly text?: string;
}

/** An event, or a part of the input that is none. */
export type ReadItem = ReadEvent | ReadProblem;

/** Whether events are due, or records of any kind for a converter. */
export type Expectation = "events" | "records";

/** How an input is read. */
export interface ReadSettings {
  /** Most bytes of an event. */
  readonly limit: number;
  readonly expect: Expectation;
}

/** The items of an input. Errors of the input itself are thrown. */
export async function* readChunks(
  chunks: Chunks,
  settings: ReadSettings,
  file?: string,
): AsyncGenerator<ReadItem, void, undefined> {
  try {
    const bytes = decodeChunks(chunks);
    const head = await readHead(bytes);
    const all = startingWith(head, bytes);
    const start = head.subarray(0, HEAD_BYTES).toString("utf8");
    if (settings.expect === "records" && isZeekLog(start)) return yield* readZeekLog(all, file);
    yield* readJson(all, start, settings, file);
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
    yield readProblem(file, 0, error.message);
  }
}

/** So much of the beginning shows what a text is. */
const HEAD_BYTES = 1_000;

/** The first line, or so much of it. */
async function readHead(bytes: AsyncGenerator<Uint8Array>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < HEAD_BYTES && !head.toString("utf8").trimStart().includes("\n")) {
    const next = await bytes.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

async function* startingWith(
  head: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield head;
  yield* rest;
}

async function* readJson(
  chunks: AsyncIterable<Uint8Array>,
  start: string,
  { limit, expect }: ReadSettings,
  file: string | undefined,
): AsyncGenerator<ReadItem, void, undefined> {
  const foreign = foreignText(start);
  if (foreign !== null) return yield readProblem(file, 0, foreign);
  const splitter = jsonSplitter(limit);
  let isFirst = true;
  const itemsOf = (pieces: readonly JsonPiece[]): readonly ReadItem[] =>
    pieces.flatMap((piece) => openItem(readPiece(piece, limit, file), expect));
  for await (const chunk of chunks)
    for (const item of itemsOf(splitter.push(chunk))) {
      // The whole file is of the other format: one line says so.
      if (isFirst && isForeign(item)) return yield readProblem(file, 0, item.reason);
      isFirst = false;
      yield item;
    }
  for (const item of itemsOf(splitter.end())) {
    if (isFirst && isForeign(item)) return yield readProblem(file, 0, item.reason);
    isFirst = false;
    yield item;
  }
}

/** What a text looks like that is no JSON. */
function foreignText(start: string): string | null {
  const line =
    start
      .replace(/^\uFEFF/, "")
      .trimStart()
      .split(/\r?\n/, 1)[0] ?? "";
  return /^[[{\u001e]/.test(line) ? null : recogniseLine(line);
}

/** A JSON object that was recognised as a record of another format. */
interface ForeignRecord extends ReadProblem {
  readonly foreign: true;
}

const isForeign = (item: ReadItem): item is ForeignRecord => "foreign" in item;

/** An event in its wrapping is opened, a record of another format is a problem; everything else stays. */
function openItem(item: ReadItem, expect: Expectation): readonly ReadItem[] {
  if (item.kind === "problem") return [item];
  const rejected = readRejectedText(item.event);
  if (rejected !== null) return openItem(rejectedItem(rejected, item), expect);
  const inner = unwrap(item.event);
  if (inner !== null)
    return inner.flatMap((value, index) =>
      openItem(innerItem(value, exactValue(inner, index), item), expect),
    );
  const reason = expect === "records" ? null : recogniseObject(item.event);
  if (reason === null) return [item];
  const { file, line, raw: text } = item;
  return [{ ...readProblem(file, line, reason), text, foreign: true } as ForeignRecord];
}

function innerItem(value: unknown, exact: unknown, outer: ReadEvent): ReadItem {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return readProblem(outer.file, outer.line, `an event is a JSON object, this is ${describe(exact)}`);
  return { ...outer, event: value as IdeaEvent, raw: printJson(value) };
}

/** What was no JSON, read once more: it may have been mended. */
function rejectedItem({ text, file: whole, reason }: RejectedText, { file, line }: ReadEvent): ReadItem {
  if (text === null)
    return readProblem(
      file,
      line,
      `this line is about ${whole} as a whole (${reason}); give that file again`,
    );
  return readText({ kind: "value", bytes: Buffer.from(text), line }, file);
}

async function* readZeekLog(
  chunks: AsyncIterable<Uint8Array>,
  file: string | undefined,
): AsyncGenerator<ReadItem, void, undefined> {
  const reader = zeekLogReader();
  let rest: Buffer = Buffer.alloc(0);
  let line = 0;
  function* itemsOf(bytes: Buffer): Generator<ReadItem, void, undefined> {
    line += 1;
    if (!isUtf8(bytes)) return yield readProblem(file, line, utf8Problem(bytes));
    const raw = bytes.toString("utf8").replace(/\r$/, "");
    try {
      const record = reader.read(raw);
      if (record !== null)
        yield { kind: "event", event: record as unknown as IdeaEvent, raw, line, ...fileOf(file) };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      yield { ...readProblem(file, line, error.message), text: raw };
    }
  }
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, from)) {
      yield* itemsOf(bytes.subarray(from, end));
      from = end + 1;
    }
    rest = bytes.subarray(from);
  }
  if (rest.length > 0) yield* itemsOf(rest);
}

function readPiece(piece: JsonPiece, limit: number, file: string | undefined): ReadItem {
  switch (piece.kind) {
    case "empty":
      return readProblem(file, 0, "there is nothing in it");
    case "oversized":
      return readProblem(file, piece.line, `an event of more than ${limit} bytes, the limit; it is left out`);
    case "open-list":
      return readProblem(file, piece.line, "the list that starts here is never closed");
    case "value":
    case "broken":
      return readText(piece, file);
  }
}

function readText(piece: Extract<JsonPiece, { bytes: Buffer }>, file: string | undefined): ReadItem {
  const { bytes, line } = piece;
  if (!isUtf8(bytes))
    return { ...readProblem(file, line, utf8Problem(bytes)), text: bytes.toString("latin1") };
  const raw = bytes.toString("utf8");
  const event = piece.kind === "value" ? tryJson(raw) : undefined;
  if (event === undefined) return { ...notJson(raw, piece, file), text: raw };
  if (typeof event !== "object" || event === null || Array.isArray(event))
    return { ...readProblem(file, line, `an event is a JSON object, this is ${describe(event)}`), text: raw };
  return { kind: "event", event: event as IdeaEvent, raw, line, ...fileOf(file) };
}

/** The parsed text; undefined when it is not JSON, which no JSON text yields. */
function tryJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function notJson(
  raw: string,
  piece: Extract<JsonPiece, { bytes: Buffer }>,
  file: string | undefined,
): ReadProblem {
  const { offset, reason, ends } = jsonProblem(raw) ?? {
    offset: raw.length,
    reason: "not closed",
    ends: true,
  };
  if (ends && piece.kind === "broken" && piece.atEnd)
    return readProblem(file, piece.line, "the file ends in the middle of an event");
  const before = raw.slice(0, offset).split("\n");
  const column = (before.at(-1)?.length ?? 0) + 1;
  return readProblem(file, piece.line + before.length - 1, `not JSON: ${reason} (column ${column})`);
}

function describe(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

const fileOf = (file: string | undefined): { readonly file?: string } => (file === undefined ? {} : { file });

/** A problem at a line, or of the input as a whole (line 0). */
export function readProblem(file: string | undefined, line: number, reason: string): ReadProblem {
  return { kind: "problem", line, reason, ...fileOf(file) };
}
