/** How far an import came, kept in the target, so that it goes on after any stop. */
import type { EventStorage } from "../../../runtime/store/types.js";
import type { ImportKey } from "./rows.js";
import { CREATE_CHECKPOINTS, READ_CHECKPOINT, WRITE_CHECKPOINT } from "./statements.js";

type Target = Pick<EventStorage, "transaction" | "fetchEvent">;

/** Makes the table of checkpoints. */
export async function prepareCheckpoints(storage: Target): Promise<void> {
  await storage.transaction(async (within) => {
    await within.query(CREATE_CHECKPOINTS);
  });
}

/**
 * The last row up to which everything is stored; null for an import that has not begun, and where the target no longer has that event, because
 * it was emptied since.
 */
export async function readCheckpoint(storage: Target, source: string): Promise<ImportKey | null> {
  const rows = await storage.transaction((within) => within.query(READ_CHECKPOINT, [source]));
  const [row] = rows.rows;
  if (row === undefined) return null;
  const key: ImportKey = { storageTime: String(row["storage_time"]), id: String(row["last_id"]) };
  return (await storage.fetchEvent(key.id)) === null ? null : key;
}

/** Everything up to this row is committed. */
export async function writeCheckpoint(storage: Target, source: string, key: ImportKey): Promise<void> {
  await storage.transaction(async (within) => {
    await within.query(WRITE_CHECKPOINT, [source, key.storageTime, key.id]);
  });
}
