/** The database that the generator asks: one given by a URL, or a new empty one on a server of this machine. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "../../runtime/postgres/driver/pg.js";
import { searchedColumns } from "../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { tableStatements } from "../../compiler/schema/searched-table.js";
import { identifier } from "../../compiler/sql/fragment.js";
import type { Describer } from "../../compiler/generator/describe.js";
import { openDatabase } from "../../runtime/server/index.js";
import { openExecutor } from "../../runtime/postgres/executor.js";
import type { Session } from "../../runtime/postgres/session.js";
import { databaseCreate } from "../../runtime/store/schema/index.js";
import { requireRanges } from "../../runtime/store/schema/requirements.js";
import { setNotNull } from "./statements.js";
import { createDescriber } from "./describer.js";

/** Runs `work` with a describer on the database of a URL, which is left as it is. */
export async function withLiveDescriber<T>(
  connectionString: string,
  work: (describer: Describer) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(createDescriber(client));
  } finally {
    await client.end();
  }
}

/** Runs `work` with a describer on a new store of the catalogue, which is thrown away afterwards. */
export async function withFreshDescriber<T>(
  catalogue: Catalogue,
  onProgress: (message: string) => void,
  work: (describer: Describer) => Promise<T>,
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), "eventstore-generate-"));
  try {
    const database = await openFresh(dataDir, onProgress);
    try {
      const executor = openExecutor({ connectionString: database.connectionString });
      try {
        await createTables(executor, catalogue);
      } finally {
        await executor.close();
      }
      return await withLiveDescriber(database.connectionString, work);
    } finally {
      await database.stop();
      // Where the server runs as another user, its data lie in a folder of that user.
      if (database.dataDir !== undefined) await rm(database.dataDir, { recursive: true, force: true });
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The tables that the statements read: a store's own, or the one that the catalogue says something else keeps. */
async function createTables(session: Session, catalogue: Catalogue): Promise<void> {
  if (catalogue.table.plain === undefined) {
    await databaseCreate(session, catalogue);
    return;
  }
  const table = identifier(catalogue.table.name);
  const required = searchedColumns(catalogue).filter(({ notNull }) => notNull);
  await requireRanges(session);
  for (const statement of tableStatements(catalogue)) await session.query(statement);
  for (const { name } of required) await session.query(setNotNull(table, identifier(name)));
}

/** Not DATABASE_URL, which may name a store with events; ip4r rather than its substitute where this machine has it. */
async function openFresh(dataDir: string, onProgress: (message: string) => void) {
  try {
    return await openDatabase({ source: "local", dataDir, settings: { fsync: "off" }, onProgress });
  } catch {
    return openDatabase({ source: "embedded", dataDir, settings: { fsync: "off" }, onProgress });
  }
}
