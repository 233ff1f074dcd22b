/** Reads events from inputs into the store and keeps account of each. */
import type { FeedConverter } from "./converter.js";
import { readEventItems, systemReason, type ReadEvent } from "../../../runtime/events/read-events.js";
import { withRaw } from "../../../runtime/store/insert/encode.js";
import { rejectedText } from "../../../runtime/store/insert/rejected-text.js";
import { untilAborted } from "../../../runtime/postgres/until-aborted.js";
import type { EventOperations } from "../../../runtime/store/types.js";
import type { Input } from "./inputs.js";
import { placeList, type InputPlace, type PlaceList } from "./places.js";

/** An event that was not stored, or a part of the input that is no event. */
export interface Rejection extends InputPlace {
  readonly reason: string;
  readonly id?: string | undefined;
  /** The JSON text of the event, or of the record that became none. */
  readonly event?: string | undefined;
  /** What is there instead of JSON. */
  readonly text?: string | undefined;
}

/** What became of the input. */
export interface IngestResult {
  readonly stored: number;
  /** Events that were there already. */
  readonly duplicates: number;
  /** Events whose id is that of another event, which stays. */
  readonly different: number;
  /** Records that are no security events, by what they are: `flow`. */
  readonly skipped: ReadonlyMap<string, number>;
  /** In the order of the input. */
  readonly rejections: readonly Rejection[];
}

/** How far it is. */
export interface IngestProgress {
  readonly bytes: number;
  /** Events that were read and whose fate is known. */
  readonly events: number;
  readonly stored: number;
}

/** Settings of {@link ingest}. */
export interface IngestOptions {
  /** Aborted: give up at once. */
  readonly signal?: AbortSignal | undefined;
  /** Aborted: read no further, store what was read, and return as if the input had ended. */
  readonly stop?: AbortSignal | undefined;
  readonly onProgress?: (progress: IngestProgress) => void;
  /** What makes events of the records of the inputs; absent for events. */
  readonly converter?: FeedConverter | undefined;
}

/**
 * Stores the events of the inputs, in order; those that are there already stay as they are. When it returns, everything that
 * it counts as stored is committed.
 *
 * @throws EventStorageError when the database fails; what was acknowledged by `onProgress` is stored
 */
export async function ingest(
  storage: Pick<EventOperations, "insertEvents">,
  inputs: readonly Input[],
  { signal, stop, onProgress, converter }: IngestOptions,
): Promise<IngestResult> {
  const places = placeList();
  const rejections: Rejection[] = [];
  const skipped = new Map<string, number>();
  const state = { bytes: 0, events: 0, stored: 0 };
  const tell = (): void => onProgress?.({ ...state });
  const onBytes = (bytes: number): void => {
    state.bytes += bytes;
    tell();
  };
  const found: Found = { places, rejections, skipped };
  const result = await storage.insertEvents(readInputs(inputs, { converter, stop, onBytes }, found), {
    onConflict: "ignore",
    signal,
    onProgress: ({ inserted, duplicates, different, rejected }) => {
      state.stored += inserted.length;
      state.events += inserted.length + duplicates.length + different.length + rejected.length;
      tell();
    },
  });
  const refused = result.rejected.map((rejection): Rejection => ({
    ...placeOf(rejection.index, places),
    reason: placed(rejection.path, rejection.reason),
    id: rejection.id,
    event: rejectedText(rejection),
  }));
  const order = new Map(inputs.map(({ name }, index) => [name, index]));
  return {
    stored: result.inserted,
    duplicates: result.duplicates,
    different: result.different,
    skipped,
    rejections: [...rejections, ...refused].sort(
      (a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) || a.line - b.line,
    ),
  };
}

/** What the reading of the inputs notes besides the events. */
interface Found {
  /** Where each event lies. */
  readonly places: PlaceList;
  readonly rejections: Rejection[];
  /** Records of other kinds, by what they are. */
  readonly skipped: Map<string, number>;
}

interface Reading extends Pick<IngestOptions, "converter" | "stop"> {
  readonly onBytes: (bytes: number) => void;
}

async function* readInputs(
  inputs: readonly Input[],
  reading: Reading,
  found: Found,
): AsyncGenerator<unknown, void, undefined> {
  for (const input of inputs) if (reading.stop?.aborted !== true) yield* readInput(input, reading, found);
}

async function* readInput(
  { name, open }: Input,
  { converter, stop, onBytes }: Reading,
  found: Found,
): AsyncGenerator<unknown, void, undefined> {
  const expect = converter === undefined ? "events" : "records";
  try {
    const chunks = stop === undefined ? open() : endingAt(open(), stop);
    for await (const item of readEventItems(counted(chunks, onBytes), { expect })) {
      const { line } = item;
      if (item.kind === "problem") {
        found.rejections.push({ file: name, line, reason: item.reason, text: item.text });
      } else if (converter === undefined) {
        found.places.add({ file: name, line });
        yield withRaw(item.event, item.raw);
      } else yield* convertItem(converter, item, { file: name, line }, found);
    }
  } catch (error) {
    found.rejections.push({ file: name, line: 0, reason: systemReason(error) });
  }
}

function* convertItem(
  converter: FeedConverter,
  item: ReadEvent,
  place: InputPlace,
  { places, skipped, rejections }: Found,
): Generator<unknown, void> {
  for (const conversion of converter(item.event)) {
    switch (conversion.kind) {
      case "event":
        places.add(place);
        yield conversion.event;
        break;
      case "skipped":
        skipped.set(conversion.what, (skipped.get(conversion.what) ?? 0) + 1);
        break;
      case "refused": {
        const reason = placed(conversion.path, conversion.reason);
        const isJson = item.raw.startsWith("{");
        rejections.push({ ...place, reason, ...(isJson ? { event: item.raw } : { text: item.raw }) });
      }
    }
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array | string>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array | string, void, undefined> {
  for await (const chunk of chunks) {
    yield chunk;
    onBytes(Buffer.byteLength(chunk));
  }
}

/** The chunks until the signal is aborted; whoever holds the other end of a pipe is not waited for. */
async function* endingAt<T>(chunks: AsyncIterable<T>, stop: AbortSignal): AsyncGenerator<T, void, undefined> {
  try {
    yield* untilAborted(chunks, stop);
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}

/** A reason with its place in the event, unless that is the event as a whole. */
const placed = (path: string, reason: string): string =>
  path === "" || path === "$" ? reason : `${path}: ${reason}`;

function placeOf(index: number, places: PlaceList): InputPlace {
  return places.at(index) ?? { file: "input", line: 0 };
}
