/** Reads events from streams, files and folders. */
import { parseJson as parseJsonText } from "../../compiler/values/exact-json.js";
import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../postgres/errors.js";
import type { IdeaEvent } from "./idea-event.js";
import { jsonProblem } from "./json-problem.js";
import { jsonSplitter, type JsonPiece } from "./split-json.js";

/** A stream of bytes or text (a Node or web stream, standard input, any chunks), or the path of a file or folder. */
export type EventSource = string | AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

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
}

export type ReadItem = ReadEvent | ReadProblem;

/** Options of {@link readEventItems}. */
export interface ReadOptions {
  /** Events of more bytes than this are reported and passed over without being kept in memory. Default 16 MiB. */
  readonly maxEventBytes?: number;
}

/** Input that holds no event where one was due; thrown where no one asked to be told of problems. */
export class ReadEventError extends DataError {
  readonly problem: ReadProblem;

  constructor(problem: ReadProblem) {
    super(formatReadProblem(problem));
    this.problem = problem;
  }
}

/** A problem in one line: `events.json:12: not JSON: …`. */
export function formatReadProblem({ file, line, reason }: ReadProblem): string {
  const place = [file, line > 0 ? (file === undefined ? `line ${line}` : line) : undefined];
  return [place.filter((part) => part !== undefined).join(":"), reason]
    .filter((part) => part !== "")
    .join(": ");
}

/** Names of the files that are read out of a folder. */
export const EVENT_FILE_NAME = /\.(json|ndjson|jsonl|idea)$/i;
const DEFAULT_MAX_EVENT_BYTES = 16 * 1024 * 1024;

/**
 * Reads the events of a source: NDJSON, a JSON list, objects one after the other over any number of lines, or a folder of
 * such files (`.json`, `.ndjson`, `.jsonl`, `.idea`, in the order of their names; not its subfolders).
 *
 * @throws ReadEventError at the first part that is no event, unless `onProblem` is given, which is then told of every one
 */
export async function* readEvents(
  source: EventSource,
  options: ReadOptions & { readonly onProblem?: (problem: ReadProblem) => void } = {},
): AsyncGenerator<IdeaEvent, void, undefined> {
  for await (const item of readEventItems(source, options)) {
    if (item.kind === "event") yield item.event;
    else if (options.onProblem === undefined) throw new ReadEventError(item);
    else options.onProblem(item);
  }
}

/**
 * {@link readEvents} with the text and place of each event, and the problems among them in the order of the input. Nothing
 * is read ahead of the consumer but one chunk. Errors of a stream that is given are thrown; those of files are problems.
 */
export async function* readEventItems(
  source: EventSource,
  options: ReadOptions = {},
): AsyncGenerator<ReadItem, void, undefined> {
  const limit = options.maxEventBytes ?? DEFAULT_MAX_EVENT_BYTES;
  if (typeof source !== "string") return yield* readChunks(source, limit);
  try {
    if (!(await stat(source)).isDirectory()) return yield* readFile(source, limit);
    const names = (await readdir(source)).filter((name) => EVENT_FILE_NAME.test(name)).sort();
    if (names.length === 0)
      yield problem(source, 0, "no .json, .ndjson, .jsonl or .idea file in this folder");
    for (const name of names) yield* readFile(join(source, name), limit);
  } catch (error) {
    yield problem(source, 0, systemReason(error));
  }
}

async function* readFile(file: string, limit: number): AsyncGenerator<ReadItem, void, undefined> {
  const stream = createReadStream(file);
  try {
    yield* readChunks(stream, limit, file);
  } catch (error) {
    yield problem(file, 0, systemReason(error));
  } finally {
    stream.destroy();
  }
}

async function* readChunks(
  chunks: Exclude<EventSource, string>,
  limit: number,
  file?: string,
): AsyncGenerator<ReadItem, void, undefined> {
  const splitter = jsonSplitter(limit);
  for await (const chunk of chunks) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    for (const piece of splitter.push(bytes)) yield readPiece(piece, limit, file);
  }
  for (const piece of splitter.end()) yield readPiece(piece, limit, file);
}

function readPiece(piece: JsonPiece, limit: number, file: string | undefined): ReadItem {
  switch (piece.kind) {
    case "empty":
      return problem(file, 0, "there is nothing in it");
    case "oversized":
      return problem(file, piece.line, `an event of more than ${limit} bytes, the limit; it is left out`);
    case "open-list":
      return problem(file, piece.line, "the list that starts here is never closed");
    case "value":
    case "broken":
      return readText(piece, file);
  }
}

function readText(piece: Extract<JsonPiece, { bytes: Buffer }>, file: string | undefined): ReadItem {
  const { bytes, line } = piece;
  if (!isUtf8(bytes)) return problem(file, line, "not UTF-8");
  const raw = bytes.toString("utf8");
  const event = piece.kind === "value" ? parseJson(raw) : undefined;
  if (event === undefined) return notJson(raw, piece, file);
  if (typeof event !== "object" || event === null || Array.isArray(event))
    return problem(file, line, `an event is a JSON object, this is ${describe(event)}`);
  return { kind: "event", event: event as IdeaEvent, raw, line, ...(file === undefined ? {} : { file }) };
}

/** The parsed text; undefined when it is not JSON, which no JSON text yields. */
function parseJson(text: string): unknown {
  try {
    return parseJsonText(text);
  } catch {
    return undefined;
  }
}

function notJson(
  raw: string,
  piece: Extract<JsonPiece, { bytes: Buffer }>,
  file: string | undefined,
): ReadItem {
  const { offset, reason, ends } = jsonProblem(raw) ?? {
    offset: raw.length,
    reason: "not closed",
    ends: true,
  };
  if (ends && piece.kind === "broken" && piece.atEnd)
    return problem(file, piece.line, "the file ends in the middle of an event");
  const before = raw.slice(0, offset).split("\n");
  const column = (before.at(-1)?.length ?? 0) + 1;
  return problem(file, piece.line + before.length - 1, `not JSON: ${reason} (column ${column})`);
}

function describe(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

function problem(file: string | undefined, line: number, reason: string): ReadProblem {
  return { kind: "problem", line, reason, ...(file === undefined ? {} : { file }) };
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "no permission to read it",
  EISDIR: "it is a folder",
};

/**
 * What the system says about a file.
 *
 * @throws error itself when it does not come from the system
 */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) throw error;
  return SYSTEM_REASONS[String(error.code)] ?? `it cannot be read (${String(error.code)})`;
}
