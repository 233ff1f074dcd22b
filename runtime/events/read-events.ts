/** Reads events from streams, files and folders. */
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "../postgres/errors.js";
import { callback, checkArgument, checkOptions, oneOf, wholeNumber } from "../../compiler/values/checks.js";
import type { Check, OptionChecks } from "../../compiler/values/checks.js";
import type { IdeaEvent } from "./idea-event.js";
import {
  readProblem,
  readChunks,
  type Expectation,
  type ReadItem,
  type ReadProblem,
  type ReadSettings,
} from "./read-items.js";

export type { Expectation, ReadEvent, ReadItem, ReadProblem } from "./read-items.js";

/** A stream of bytes or text (a Node or web stream, standard input, any chunks), or the path of a file or folder. */
export type EventSource = string | AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** Options of {@link readEventItems}. */
export interface ReadOptions {
  /** Events of more bytes than this are reported and passed over without being kept in memory. Default 16 MiB. */
  readonly maxEventBytes?: number | undefined;
  /**
   * `events` (the default): what is recognised as another format is one problem, and wrappings of other tools are taken off. `records`: JSON
   * objects of any kind, or the lines of a Zeek log, for a converter.
   */
  readonly expect?: Expectation | undefined;
}

const READ_OPTIONS = {
  maxEventBytes: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  expect: oneOf("events", "records"),
} satisfies OptionChecks<ReadOptions>;

const eventSource: Check = (value) =>
  (typeof value === "string" && !value.includes("\0")) ||
  (typeof value === "object" && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value))
    ? null
    : "a stream, an iterable of chunks, or the path of a file or folder";

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
export const EVENT_FILE_NAME = /\.(json|ndjson|jsonl|idea)(\.gz|\.zst)?$/i;
const DEFAULT_MAX_EVENT_BYTES = 16 * 1024 * 1024;

/**
 * Reads the events of a source: NDJSON, a JSON list, objects one after the other over any number of lines, in UTF-8 or UTF-16, plain or
 * compressed by gzip or zstd, or a folder of such files (`.json`, `.ndjson`, `.jsonl`, `.idea`, also followed by `.gz` or `.zst`, in the order
 * of their names; not its subfolders).
 *
 * @throws ReadEventError at the first part that is no event, unless `onProblem` is given, which is then told of every one
 */
export async function* readEvents(
  source: EventSource,
  options: ReadOptions & { readonly onProblem?: ((problem: ReadProblem) => void) | undefined } = {},
): AsyncGenerator<IdeaEvent, void, undefined> {
  checkOptions("readEvents", options, { ...READ_OPTIONS, onProblem: callback });
  const { onProblem, ...reading } = options;
  for await (const item of readEventItems(source, reading)) {
    if (item.kind === "event") yield item.event;
    else if (onProblem === undefined) throw new ReadEventError(item);
    else onProblem(item);
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
  checkOptions("readEventItems", options, READ_OPTIONS);
  checkArgument("readEvents", "the source", source, eventSource);
  const settings: ReadSettings = {
    limit: options.maxEventBytes ?? DEFAULT_MAX_EVENT_BYTES,
    expect: options.expect ?? "events",
  };
  if (typeof source !== "string") return yield* readChunks(source, settings);
  try {
    if (!(await stat(source)).isDirectory()) return yield* readFile(source, settings);
    const names = (await readdir(source)).filter((name) => EVENT_FILE_NAME.test(name)).sort();
    if (names.length === 0)
      yield readProblem(source, 0, "no .json, .ndjson, .jsonl or .idea file in this folder");
    for (const name of names) yield* readFile(join(source, name), settings);
  } catch (error) {
    yield readProblem(source, 0, systemReason(error));
  }
}

async function* readFile(file: string, settings: ReadSettings): AsyncGenerator<ReadItem, void, undefined> {
  const stream = createReadStream(file);
  try {
    yield* readChunks(stream, settings, file);
  } catch (error) {
    yield readProblem(file, 0, systemReason(error));
  } finally {
    stream.destroy();
  }
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
