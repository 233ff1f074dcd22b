/** Copies the events of a database of Mentat's, block by block, each acknowledged before the next checkpoint. */
import { isUtf8 } from "node:buffer";
import { parseJson } from "../../../compiler/values/exact-json.js";
import { parseEventTime } from "../../../compiler/values/time.js";
import { withRaw } from "../../../runtime/store/insert/encode.js";
import { rejectedText } from "../../../runtime/store/insert/rejected-text.js";
import type { EventStorage, RejectedEvent } from "../../../runtime/store/types.js";
import type { Rejection } from "../ingest/ingest.js";
import { prepareCheckpoints, readCheckpoint, writeCheckpoint } from "./checkpoint.js";
import { countRows, mentatRows, type MentatRow } from "./rows.js";
import { sourceError, type MentatSource } from "./source.js";

/** What became of rows. */
export interface CopyResult {
  readonly stored: number;
  readonly duplicates: number;
  readonly rejected: number;
}

/** How far it is, of about how many rows that were left when it began. */
export interface CopyProgress {
  readonly done: number;
  readonly total: number;
  readonly result: CopyResult;
}

/** Settings of {@link copyEvents}. */
export interface CopyOptions {
  readonly since: Date | null;
  readonly signal: AbortSignal;
  /** Told once at the beginning, where it goes on from an earlier run, and after every block. */
  readonly onProgress: (progress: CopyProgress) => void;
  readonly onResume: (storageTime: string) => Promise<void>;
  /** Told of what was rejected before it is passed over for good. */
  readonly onRejected: (rejections: readonly Rejection[]) => Promise<void>;
}

/**
 * Copies what is not there yet. After any stop it goes on after the last block that was committed as a whole; what was stored shortly before the
 * snapshot is read again then, as others may have committed events of that time since.
 *
 * @throws CliError when the source fails; EventStorageError when the target does
 */
export async function copyEvents(
  source: MentatSource,
  storage: EventStorage,
  { since, signal, onProgress, onResume, onRejected }: CopyOptions,
): Promise<CopyResult> {
  await prepareCheckpoints(storage);
  const name = since === null ? source.identity : `${source.identity} since ${since.toISOString()}`;
  const after = await readCheckpoint(storage, name);
  if (after !== null) await onResume(after.storageTime);
  const total = await countRows(source, { since, after }).catch((error: unknown) => {
    throw sourceError(error);
  });
  const result = { stored: 0, duplicates: 0, rejected: 0 };
  let done = 0;
  onProgress({ done, total, result });
  const settle = async (block: readonly MentatRow[], copied: CopiedBlock): Promise<void> => {
    result.stored += copied.stored;
    result.duplicates += copied.duplicates;
    result.rejected += copied.rejections.length;
    await onRejected(copied.rejections);
    const last = block.filter(({ storageTime }) => storageTime < source.settledBefore).at(-1);
    if (last !== undefined) await writeCheckpoint(storage, name, last);
    done += block.length;
    onProgress({ done, total, result });
  };
  await inOrder(mentatRows(source, { since, after }), {
    start: (block) => storeBlock(storage, block, signal),
    settle,
  });
  return result;
}

/** What became of the rows of a block. */
interface CopiedBlock extends Omit<CopyResult, "rejected"> {
  readonly rejections: readonly Rejection[];
}

/** A block whose rows are being stored. */
interface StartedBlock {
  /** Resolves when its last row was taken; never rejects. */
  readonly taken: Promise<void>;
  readonly copied: Promise<CopiedBlock>;
}

/**
 * Starts each block when the last row of the one before was taken, so that the store always has rows to work on, and settles them one after the other:
 * a checkpoint says that everything before it is committed.
 */
async function inOrder(
  blocks: AsyncIterator<readonly MentatRow[]>,
  work: {
    readonly start: (block: readonly MentatRow[]) => StartedBlock;
    readonly settle: (block: readonly MentatRow[], copied: CopiedBlock) => Promise<void>;
  },
): Promise<void> {
  let settled: Promise<void> = Promise.resolve();
  let latest: Promise<unknown> = settled;
  try {
    for (;;) {
      const next = await blocks.next().catch((error: unknown) => {
        throw sourceError(error);
      });
      if (next.done === true) break;
      const block = next.value;
      const { taken, copied } = work.start(block);
      const before = settled;
      settled = before.then(() => copied).then((result) => work.settle(block, result));
      latest = Promise.allSettled([copied, settled]);
      // A block that fails is reported before any further one is started.
      await Promise.race([taken, settled]);
      await before;
    }
    await settled;
  } finally {
    await latest;
  }
}

/** Stores a block; a row that is broken is a rejection and stops nothing. */
function storeBlock(
  storage: Pick<EventStorage, "insertEvents">,
  rows: readonly MentatRow[],
  signal: AbortSignal,
): StartedBlock {
  const rejections: Rejection[] = [];
  const given: MentatRow[] = [];
  let allTaken = (): void => undefined;
  const taken = new Promise<void>((resolve) => (allTaken = resolve));
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
    allTaken();
  }
  const copied = storage
    .insertEvents(items(), { onConflict: "ignore", signal })
    .then(({ inserted, duplicates, different, rejected }) => ({
      stored: inserted,
      duplicates: duplicates + different,
      rejections: [...rejections, ...rejected.flatMap((one) => refused(one, given[one.index]))],
    }));
  return { taken, copied };
}

function refused(rejection: RejectedEvent, row: MentatRow | undefined): readonly Rejection[] {
  if (row === undefined) return [];
  const { path, reason } = rejection;
  const text = path === "$" ? reason : `${path}: ${reason}`;
  return [rejectionOf(row, { reason: text, event: rejectedText(rejection) })];
}

interface Broken {
  readonly reason: string;
  readonly event?: string | undefined;
  readonly text?: string | undefined;
}

function readRow({ event }: MentatRow): { readonly event: unknown; readonly raw: string } | Broken {
  if (event === null) return { reason: "there is no JSON of it in the table of JSON" };
  const raw = textOf(event);
  if (typeof raw !== "string") return raw;
  try {
    return { event: parseJson(raw), raw };
  } catch (error) {
    return {
      reason: `its JSON is broken (${error instanceof Error ? error.message : String(error)})`,
      text: raw,
    };
  }
}

function textOf(event: Buffer | string): string | Broken {
  if (typeof event === "string") return event;
  if (isUtf8(event)) return event.toString("utf8");
  return { reason: "its JSON is not UTF-8", text: event.toString("latin1") };
}

function rejectionOf({ id }: MentatRow, { reason, event, text }: Broken): Rejection {
  return { file: "mentat", line: 0, id, reason, event, text };
}
