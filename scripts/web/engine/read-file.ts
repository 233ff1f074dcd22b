/** Events out of a file that was dropped on the page: NDJSON, a JSON list or object, compressed or not. */
import { nextTurn, pausing } from "./pause.js";

/** What a file held. */
export interface FileEvents {
  readonly name: string;
  readonly events: readonly unknown[];
  /** Lines or list items that are no JSON object. */
  readonly problems: number;
}

/** Reads a file. @throws Error with a message for people when there is no event in it */
export async function readEventFile(file: File, signal: AbortSignal): Promise<FileEvents> {
  const text = await readText(file);
  const { events, problems } = await parseEvents(text, signal);
  if (events.length === 0)
    throw new Error(
      `${file.name}: there is no event in it; a file has one JSON object a line, or a JSON list of them`,
    );
  return { name: file.name, events, problems };
}

/** Compressed files are known by their first two bytes, whatever their name. */
async function readText(file: File): Promise<string> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) return file.text();
  return new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

/** The objects of a text, line by line, or as one JSON value. */
export async function parseEvents(text: string, signal: AbortSignal): Promise<Omit<FileEvents, "name">> {
  const whole = wholeValue(text);
  const items = whole ?? text.split("\n");
  const pause = pausing(signal, nextTurn);
  const events: unknown[] = [];
  let problems = 0;
  for (const item of items) {
    const event = typeof item === "string" && whole === null ? parseLine(item) : item;
    if (typeof event === "object" && event !== null && !Array.isArray(event)) events.push(event);
    else if (event !== undefined) problems++;
    const waiting = pause();
    if (waiting) await waiting;
  }
  return { events, problems };
}

/** The items of a list, or the one object over several lines; null where the text is neither. */
function wholeValue(text: string): readonly unknown[] | null {
  const start = text.trimStart();
  const isList = start.startsWith("[");
  const isSpread = /^\{\s*(?:\n|$)/.test(start);
  if (!isList && !isSpread) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? (value as readonly unknown[]) : [value];
  } catch {
    return null;
  }
}

/** The value of a line, null for one that is no JSON, undefined for an empty one. */
function parseLine(line: string): unknown {
  if (line.trim() === "") return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
