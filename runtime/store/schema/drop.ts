/** Dropping the schema, or partitions of it. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { isSpread } from "../../../compiler/catalogue/spread.js";
import { partitionedTables, storeTables, type StoreTables } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { partitionName, type DaySpan } from "../../../compiler/schema/day.js";
import { citusDropStatements } from "../../../compiler/schema/citus.js";
import { dropStatements } from "../../../compiler/schema/steps.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { SchemaReport } from "../types/upkeep.js";
import { storeFunction } from "../insert/spread-statements.js";
import { FUNCTIONS_OF_NAME } from "./layout-statements.js";
import { lockSchema, withLockAttempts } from "./locks.js";
import { presentObjects, presentSpans } from "./present.js";

/** Partitions dropped in one transaction: each takes some 15 locks, of which a server has 6,400 by default. */
const DROP_SLICE = 100;

/** Drops all tables of the store with all events. Where there are very many days the oldest go first, in transactions of their own. */
export async function databaseDrop(
  session: Session,
  catalogue: Catalogue,
  { signal, timeoutMs }: CallOptions = {},
): Promise<SchemaReport> {
  const tables = storeTables(catalogue);
  const spans = await presentSpans(session, tables);
  const changes: string[] = [];
  const surplus = Math.max(0, spans.length - DROP_SLICE);
  for (let start = 0; start < surplus; start += DROP_SLICE)
    await withLockAttempts(
      session,
      (transaction) =>
        dropPartitions(transaction, tables, spans.slice(start, Math.min(start + DROP_SLICE, surplus))),
      { signal, timeoutMs },
    );
  await withLockAttempts(
    session,
    async (transaction) => {
      await lockSchema(transaction);
      const { relations } = await presentObjects(transaction, catalogue);
      changes.length = 0;
      for (const { name, sql } of dropStatements(tables)) {
        if (!relations.has(name)) continue;
        await transaction.query(sql);
        changes.push(`dropped ${name}`);
      }
      if (isSpread(catalogue)) await dropFunctions(transaction, catalogue);
    },
    { signal, timeoutMs },
  );
  return { version: 0, changes };
}

/** The functions of a store on a cluster, those of other releases among them. */
async function dropFunctions(transaction: Session, catalogue: Catalogue): Promise<void> {
  const { rows } = await transaction.query(FUNCTIONS_OF_NAME, [storeFunction(catalogue)]);
  const own = rows.map(({ signature }) => `drop function ${String(signature)}`);
  for (const sql of [...own, ...citusDropStatements(catalogue)]) await transaction.query(sql);
}

/** Drops the partitions of some spans in both tables. */
export async function dropPartitions(
  session: Session,
  tables: StoreTables,
  spans: readonly DaySpan[],
): Promise<void> {
  const names = partitionedTables(tables).flatMap((table) =>
    spans.map((span) => identifier(partitionName(table.name, span))),
  );
  if (names.length > 0) await session.query(`drop table if exists ${names.join(", ")}`);
}
