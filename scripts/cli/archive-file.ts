/** Files of archived partitions: gzip of a line an event, `{"storageTime":"…","event":…}`, where the event is its stored text as it was. */
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { parseJson } from "../../compiler/values/exact-json.js";
import { formatMicros, parseRfc3339 } from "../../compiler/values/time.js";
import { withRaw, type RawEvent } from "../../runtime/store/insert/encode.js";
import type { ArchivedPartition } from "../../runtime/store/types.js";
import { systemReason } from "../../runtime/events/read-events.js";
import { CliError } from "./errors.js";

const ENDING = ".archive.ndjson.gz";
const HEAD = '{"storageTime":"';
const BETWEEN = '","event":';
/** Before the text of an event with line breaks in it, as a JSON string. */
const BETWEEN_QUOTED = '","text":';

/**
 * Writes a partition into a file of the folder and returns its path. When it returns the file is on the disk under its final name; one of that name
 * stays as it is, and the new one gets a number.
 */
export async function writeArchive(
  folder: string,
  { name, events }: Pick<ArchivedPartition, "name" | "events">,
): Promise<string> {
  const partial = join(folder, `${name}${ENDING}.part`);
  try {
    await pipeline(
      Readable.from(lines(events), { objectMode: false, encoding: "utf8" }),
      createGzip(),
      createWriteStream(partial),
    );
    const path = await freeName(folder, name);
    await sync(partial);
    await rename(partial, path);
    await sync(dirname(path));
    return path;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function* lines(events: ArchivedPartition["events"]): AsyncGenerator<string, void, undefined> {
  for await (const { event, storedAt } of events) {
    const head = HEAD + formatMicros(storedAt);
    yield /[\r\n]/u.test(event)
      ? `${head}${BETWEEN_QUOTED}${JSON.stringify(event)}}\n`
      : `${head}${BETWEEN}${event}}\n`;
  }
}

async function freeName(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = join(folder, `${name}${number === 1 ? "" : `-${number}`}${ENDING}`);
    try {
      // Made here, so that two processes never take the same name; the rename replaces it.
      await (await open(path, "wx")).close();
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Waits until a file or folder is on the disk. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The events of an archive, to be stored as they were. @throws CliError for a file that is no archive, with the line */
export async function* readArchive(path: string): AsyncGenerator<RawEvent, void, undefined> {
  let number = 0;
  try {
    for await (const line of linesOf(createReadStream(path).compose(createGunzip()) as AsyncIterable<Buffer>))
      yield eventOf(line, `${path}: line ${++number}`);
  } catch (error) {
    if (error instanceof CliError) throw error;
    if (isDamage(error)) throw new CliError(`${path}: it is damaged, or no archive (${error.message})`);
    throw new CliError(`${path}: ${systemReason(error)}`);
  }
}

/** zlib's own errors. */
function isDamage(error: unknown): error is Error {
  return error instanceof Error && "code" in error && /^Z_/u.test(String(error.code));
}

/** Lines end with a line feed alone: event texts may have the separators of Unicode in them. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

function eventOf(line: string, place: string): RawEvent {
  const end = line.indexOf('"', HEAD.length);
  const micros = line.startsWith(HEAD) && end > 0 ? parseRfc3339(line.slice(HEAD.length, end)) : null;
  const rest = end < 0 ? "" : line.slice(end);
  if (micros !== null && rest.endsWith("}")) {
    try {
      if (rest.startsWith(BETWEEN)) return rawEvent(rest.slice(BETWEEN.length, -1), micros);
      if (rest.startsWith(BETWEEN_QUOTED))
        return rawEvent(JSON.parse(rest.slice(BETWEEN_QUOTED.length, -1)) as string, micros);
    } catch {
      // Told below, as any other line that is none of ours.
    }
  }
  throw new CliError(`${place} is not that of an archive`, "`eventstore ingest` reads other files");
}

function rawEvent(text: string, micros: bigint): RawEvent {
  return withRaw(parseJson(text), text, micros);
}
