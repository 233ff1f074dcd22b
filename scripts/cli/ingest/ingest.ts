/** Reads events from inputs into the store and keeps account of each. */
import { readEventItems, systemReason } from "../../../runtime/events/read-events.js";
import { withRaw } from "../../../runtime/store/insert/encode.js";
import type { EventOperations } from "../../../runtime/store/types.js";
import type { Input } from "./inputs.js";
import { placeList, type Place, type PlaceList } from "./places.js";

/** An event that was not stored, or a part of the input that is no event. */
export interface Rejection extends Place {
  readonly reason: string;
  readonly id?: string | undefined;
}

/** What became of the input. */
export interface IngestResult {
  readonly stored: number;
  /** Events whose id was there already. */
  readonly duplicates: number;
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
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: IngestProgress) => void;
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
  { signal, onProgress }: IngestOptions,
): Promise<IngestResult> {
  const places = placeList();
  const rejections: Rejection[] = [];
  const state = { bytes: 0, events: 0, stored: 0 };
  const tell = (): void => onProgress?.({ ...state });
  const result = await storage.insertEvents(readInputs(), {
    onConflict: "ignore",
    signal,
    onProgress: ({ inserted, duplicates, rejected }) => {
      state.stored = inserted;
      state.events = inserted + duplicates + rejected;
      tell();
    },
  });
  const refused = result.rejected.map(({ index, id, path, reason }): Rejection => ({
    ...placeOf(index, places),
    reason: path === "" || path === "$" ? reason : `${path}: ${reason}`,
    id,
  }));
  const order = new Map(inputs.map(({ name }, index) => [name, index]));
  return {
    stored: result.inserted,
    duplicates: result.duplicates,
    rejections: [...rejections, ...refused].sort(
      (a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) || a.line - b.line,
    ),
  };

  async function* readInputs(): AsyncGenerator<unknown, void, undefined> {
    for (const input of inputs) yield* readInput(input);
  }

  async function* readInput({ name, open }: Input): AsyncGenerator<unknown, void, undefined> {
    try {
      for await (const item of readEventItems(counted(open()))) {
        if (item.kind === "problem") {
          rejections.push({ file: name, line: item.line, reason: item.reason });
          continue;
        }
        places.add({ file: name, line: item.line });
        yield withRaw(item.event, item.raw);
      }
    } catch (error) {
      rejections.push({ file: name, line: 0, reason: systemReason(error) });
    }
  }

  async function* counted(
    chunks: AsyncIterable<Uint8Array | string>,
  ): AsyncGenerator<Uint8Array | string, void, undefined> {
    for await (const chunk of chunks) {
      yield chunk;
      state.bytes += Buffer.byteLength(chunk);
      tell();
    }
  }
}

function placeOf(index: number, places: PlaceList): Place {
  return places.at(index) ?? { file: "input", line: 0 };
}
