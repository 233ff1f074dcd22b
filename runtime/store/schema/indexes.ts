/** Building and dropping the indexes, partition by partition, so that no lock lasts longer than the index of one day. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import {
  allTables,
  storeTables,
  type StoreTable,
  type TableIndex,
} from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { createIndex } from "../../../compiler/schema/ddl.js";
import { latestVersion } from "../../../compiler/schema/migrations.js";
import { partitionIndexName } from "../../../compiler/schema/partition.js";
import { patiently } from "../../postgres/patient.js";
import type { QueryOptions, Session } from "../../postgres/session.js";
import type { IndexOptions, SchemaReport } from "../types/upkeep.js";
import { withLockAttempts } from "./locks.js";
import { readNames } from "./present.js";

/**
 * Builds the missing indexes. What was built before an interruption is kept, so it may be called again.
 *
 * With `concurrently` writers don't wait; the session must not be a transaction. A timeout, of the call or of the session, has to allow for the
 * building of an index of a day.
 */
export async function indexCreate(
  session: Session,
  catalogue: Catalogue,
  { concurrently = false, onProgress, signal, timeoutMs }: IndexOptions = {},
): Promise<SchemaReport> {
  const changes: string[] = [];
  const note = (change: string): void => {
    changes.push(change);
    onProgress?.(change);
  };
  const limits = { signal, timeoutMs };
  const runOn = (on: Session, sql: string, own?: QueryOptions) =>
    on.query(sql, [], { operation: "indexCreate", ...limits, ...own });
  /** What takes a lock that others wait for is given up soon and tried again; a concurrent build is no part of a transaction, and holds up nobody. */
  const run: Run = (sql) => withLockAttempts(session, (inner) => runOn(inner, sql), limits);
  /** A concurrent build that fails leaves an index behind that is of no use. */
  const build = (name: string, sql: string): Promise<void> =>
    patiently({ signal }, async () => {
      await dropInvalid(session, name, run);
      if (await isPresent(session, name, true)) return;
      await (concurrently ? runOn(session, sql, { idempotent: false }) : run(sql));
    });
  for (const table of allTables(storeTables(catalogue)))
    for (const index of table.indexes) {
      const partitions = await unindexed(session, table, index);
      const present = await isPresent(session, index.name, true);
      if (table.partitionedBy === null) {
        if (present) continue;
        await build(index.name, createIndex(index, { table: table.name, concurrently }));
        note(`created index ${index.name}`);
        continue;
      }
      if (!(await isPresent(session, index.name, false))) {
        await run(createIndex(index, { table: table.name, only: true }));
        note(`created index ${index.name}`);
      }
      for (const partition of partitions) {
        const name = partitionIndexName(index.name, partition.slice(table.name.length + 1));
        await build(name, createIndex(index, { name, table: partition, concurrently }));
        await run(`alter index ${identifier(index.name)} attach partition ${identifier(name)}`);
        note(`created index ${name}`);
      }
    }
  return { version: latestVersion(), changes };
}

/** Drops the indexes other than primary keys, last first. Those of partitions go with that of their table, in one statement each. */
export async function indexDrop(
  session: Session,
  catalogue: Catalogue,
  { concurrently = false, onProgress, signal, timeoutMs }: IndexOptions = {},
): Promise<SchemaReport> {
  const changes: string[] = [];
  for (const table of [...allTables(storeTables(catalogue))].reverse())
    for (const { name } of [...table.indexes].reverse()) {
      if (!(await isPresent(session, name, false))) continue;
      // PostgreSQL can't drop the index of a partitioned table concurrently.
      const mode = concurrently && table.partitionedBy === null ? " concurrently" : "";
      const text = `drop index${mode} if exists ${identifier(name)}`;
      const run = (on: Session) => on.query(text, [], { operation: "indexDrop", signal, timeoutMs });
      await (mode === "" ? withLockAttempts(session, run, { signal, timeoutMs }) : run(session));
      changes.push(`dropped index ${name}`);
      onProgress?.(`dropped index ${name}`);
    }
  return { version: latestVersion(), changes };
}

type Run = (sql: string) => Promise<unknown>;

/** An interrupted concurrent build leaves an index that is kept up to date and never used. */
async function dropInvalid(session: Session, name: string, run: Run): Promise<void> {
  const isThere = await isPresent(session, name, false);
  if (isThere && !(await isPresent(session, name, true)))
    await run(`drop index if exists ${identifier(name)}`);
}

async function isPresent(session: Session, index: string, valid: boolean): Promise<boolean> {
  const found = await readNames(
    session,
    `select c.relname from pg_class c join pg_index x on x.indexrelid = c.oid ` +
      `where c.relnamespace = quote_ident(current_schema())::regnamespace and c.relname = any($1::text[])${valid ? " and x.indisvalid" : ""}`,
    [index],
  );
  return found.size > 0;
}

/** Partitions of the table, newest first, that have no index belonging to this one. */
async function unindexed(session: Session, table: StoreTable, index: TableIndex): Promise<readonly string[]> {
  const found = await readNames(
    session,
    `select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = to_regclass(($1::text[])[1]) and not exists ` +
      `(select from pg_inherits j join pg_index x on x.indexrelid = j.inhrelid where j.inhparent = to_regclass(($1::text[])[2]) and x.indrelid = c.oid) ` +
      `order by c.relname desc`,
    [identifier(table.name), identifier(index.name)],
  );
  return [...found];
}
