/** How far an import came, kept in the target, so that it goes on after any stop. */
import { IMPORT_TABLE } from "../../../compiler/schema/steps.js";
import type { EventStorage } from "../../../runtime/store/types.js";
import type { ImportKey } from "./rows.js";

type Target = Pick<EventStorage, "transaction" | "fetchEvent">;

/** Makes the table of checkpoints. */
export async function prepareCheckpoints(storage: Target): Promise<void> {
  await storage.transaction(async (within) => {
    await within.query(
      `create table if not exists ${IMPORT_TABLE} (source text primary key, storage_time text not null, last_id text not null, ` +
        "updated_at timestamptz not null default now())",
    );
  });
}

/**
 * The last row up to which everything is stored; null for an import that has not begun, and where the target no longer has that event, because
 * it was emptied since.
 */
export async function readCheckpoint(storage: Target, source: string): Promise<ImportKey | null> {
  const rows = await storage.transaction((within) =>
    within.query(`select storage_time, last_id from ${IMPORT_TABLE} where source = $1`, [source]),
  );
  const [row] = rows.rows;
  if (row === undefined) return null;
  const key: ImportKey = { storageTime: String(row["storage_time"]), id: String(row["last_id"]) };
  return (await storage.fetchEvent(key.id)) === null ? null : key;
}

/** Everything up to this row is committed. */
export async function writeCheckpoint(storage: Target, source: string, key: ImportKey): Promise<void> {
  await storage.transaction(async (within) => {
    await within.query(
      `insert into ${IMPORT_TABLE} (source, storage_time, last_id) values ($1, $2, $3) on conflict (source) do update ` +
        "set storage_time = excluded.storage_time, last_id = excluded.last_id, updated_at = now()",
      [source, key.storageTime, key.id],
    );
  });
}
