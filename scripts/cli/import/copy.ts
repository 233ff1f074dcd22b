/** Copies the events of a database of Mentat's, block by block, each acknowledged before the next checkpoint. */
import { isUtf8 } from "node:buffer";
import { parseJson } from "../../../compiler/values/exact-json.js";
import { parseEventTime } from "../../../compiler/values/time.js";
import { withRaw } from "../../../runtime/store/insert/encode.js";
import { rejectedText } from "../../../runtime/store/insert/rejected-text.js";
import type { EventStorage } from "../../../runtime/store/types.js";
import type { Rejection } from "../ingest/ingest.js";
import { prepareCheckpoints, readCheckpoint, writeCheckpoint } from "./checkpoint.js";
import { countRows, mentatRows, type MentatRow } from "./rows.js";
import { sourceError, type MentatSource } from "./source.js";

/** What became of the rows. */
export interface CopyResult {
  readonly stored: number;
  readonly duplicates: number;
  readonly rejections: readonly Rejection[];
}

/** How far it is, of about how many rows that were left when it began. */
export interface CopyProgress {
  readonly done: number;
  readonly total: number;
}

/** Settings of {@link copyEvents}. */
export interface CopyOptions {
  readonly since: Date | null;
  readonly signal: AbortSignal;
  /** Told once at the beginning, where it goes on from an earlier run, and after every block. */
  readonly onProgress: (progress: CopyProgress) => void;
  readonly onResume: (storageTime: string) => Promise<void>;
}

/**
 * Copies what is not there yet. After any stop it goes on behind the last block that was committed as a whole.
 *
 * @throws CliError when the source fails; EventStorageError when the target does
 */
export async function copyEvents(
  source: MentatSource,
  storage: EventStorage,
  { since, signal, onProgress, onResume }: CopyOptions,
): Promise<CopyResult> {
  await prepareCheckpoints(storage);
  const name = since === null ? source.identity : `${source.identity} since ${since.toISOString()}`;
  const after = await readCheckpoint(storage, name);
  if (after !== null) await onResume(after.storageTime);
  const total = await countRows(source, { since, after }).catch((error: unknown) => {
    throw sourceError(error);
  });
  const result = { stored: 0, duplicates: 0, rejections: [] as Rejection[] };
  let done = 0;
  onProgress({ done, total });
  const blocks = mentatRows(source, { since, after });
  for (;;) {
    const next = await blocks.next().catch((error: unknown) => {
      throw sourceError(error);
    });
    if (next.done === true) break;
    const { stored, duplicates, rejections } = await storeBlock(storage, next.value, signal);
    result.stored += stored;
    result.duplicates += duplicates;
    result.rejections.push(...rejections);
    const last = next.value.at(-1);
    if (last !== undefined) await writeCheckpoint(storage, name, last);
    done += next.value.length;
    onProgress({ done, total });
  }
  return result;
}

/** Stores a block; a row that is broken is a rejection and stops nothing. */
async function storeBlock(
  storage: Pick<EventStorage, "insertEvents">,
  rows: readonly MentatRow[],
  signal: AbortSignal,
): Promise<CopyResult> {
  const rejections: Rejection[] = [];
  const given: MentatRow[] = [];
  function* items(): Generator<unknown, void> {
    for (const row of rows) {
      const read = readRow(row);
      if ("reason" in read) rejections.push(rejectionOf(row, read));
      else {
        given.push(row);
        const storedAt = parseEventTime(row.storageTime) ?? undefined;
        yield withRaw(read.event, read.raw, storedAt);
      }
    }
  }
  const result = await storage.insertEvents(items(), { onConflict: "ignore", signal });
  for (const rejection of result.rejected) {
    const row = given[rejection.index];
    const { path, reason } = rejection;
    if (row !== undefined)
      rejections.push(
        rejectionOf(row, {
          reason: path === "$" ? reason : `${path}: ${reason}`,
          event: rejectedText(rejection),
        }),
      );
  }
  return { stored: result.inserted, duplicates: result.duplicates + result.different, rejections };
}

interface Broken {
  readonly reason: string;
  readonly event?: string | undefined;
  readonly text?: string | undefined;
}

function readRow({ event }: MentatRow): { readonly event: unknown; readonly raw: string } | Broken {
  if (event === null) return { reason: "there is no JSON of it in the table of JSON" };
  if (!isUtf8(event)) return { reason: "its JSON is not UTF-8", text: event.toString("latin1") };
  const raw = event.toString("utf8");
  try {
    return { event: parseJson(raw), raw };
  } catch (error) {
    return {
      reason: `its JSON is broken (${error instanceof Error ? error.message : String(error)})`,
      text: raw,
    };
  }
}

function rejectionOf({ id }: MentatRow, { reason, event, text }: Broken): Rejection {
  return { file: "mentat", line: 0, id, reason, event, text };
}
