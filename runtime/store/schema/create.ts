/** Creating, migrating and dropping the schema. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { partitionedTables, storeTables, type StoreTables } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { citusStatements } from "../../../compiler/schema/citus.js";
import { partitionName, type DaySpan } from "../../../compiler/schema/day.js";
import { setStatistics } from "../../../compiler/schema/ddl.js";
import { MIGRATIONS, planMigrations, type Migration } from "../../../compiler/schema/migrations.js";
import { dropStatements, pendingSteps } from "../../../compiler/schema/steps.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { SchemaReport } from "../types.js";
import { refuseForeign } from "./foreign.js";
import { withLockAttempts } from "./locks.js";
import { newerSchema } from "./newer.js";
import { presentObjects, presentSpans, presentVersion } from "./present.js";
import { requireRanges } from "./requirements.js";
import { readWidths, writeWidths, type WidthChoice } from "./widths.js";
import { listWords } from "./words.js";

/** How the schema is created. */
export interface CreateSchemaOptions extends CallOptions {
  /** Versions of the schema, those of this release when absent. */
  readonly migrations?: readonly Migration[];
  /** Spread a new schema over the workers of a Citus cluster; see compiler/schema/citus.ts. */
  readonly distributed?: "citus" | undefined;
  /**
   * How wide new partitions are: `auto`, by the number of events a day, where a new store is told nothing; an old one keeps what it was told. Partitions
   * that are there stay as they are.
   */
  readonly partitions?: WidthChoice | undefined;
  /** Change nothing; tell which statements would be run. */
  readonly dryRun?: boolean | undefined;
}

/** Ends the transaction of a dry run. */
class DryRun extends Error {
  override readonly name = "DryRun";

  constructor(readonly report: SchemaReport) {
    super("nothing was to be changed");
  }
}

/**
 * Creates the schema, or brings an older one to the present version, in one transaction. Changes nothing where all is there.
 *
 * @throws EventStorageError `object_missing` where the server lacks ip4r; `schema_newer` where a newer release made the schema
 */
export async function databaseCreate(
  session: Session,
  catalogue: Catalogue,
  options: CreateSchemaOptions = {},
): Promise<SchemaReport> {
  try {
    return await createSchema(session, catalogue, options);
  } catch (error) {
    if (error instanceof DryRun) return error.report;
    throw error;
  }
}

/** The session, with every statement noted that changes something. */
function noting(session: Session, statements: string[]): Session {
  return {
    ...session,
    query: (text, values, options) => {
      if (!/^\s*select\b/iu.test(text)) statements.push(text);
      return session.query(text, values, options);
    },
  };
}

async function createSchema(
  session: Session,
  catalogue: Catalogue,
  { migrations = MIGRATIONS, distributed, partitions, dryRun, signal, timeoutMs }: CreateSchemaOptions,
): Promise<SchemaReport> {
  const tables = storeTables(catalogue);
  return withLockAttempts(
    session,
    async (inner) => {
      const statements: string[] = [];
      const transaction = noting(inner, statements);
      await lockSchema(transaction);
      await requireRanges(transaction);
      const plan = planMigrations(await presentVersion(transaction, tables), migrations);
      if (plan.kind === "refuse") throw newerSchema(plan.found, "databaseCreate", plan.known);
      await refuseForeign(transaction, tables, plan.kind === "create");
      const changes: string[] = [];
      const applied = plan.kind === "create" ? migrations.slice(-1) : plan.migrations;
      if (plan.kind === "migrate")
        for (const migration of plan.migrations) {
          for (const statement of migration.statements(catalogue)) await transaction.query(statement);
          changes.push(`migrated to version ${migration.version}: ${migration.description}`);
        }
      const pending = pendingSteps(catalogue, await presentObjects(transaction, catalogue));
      for (const { sql, id, description } of pending) {
        await transaction.query(sql);
        changes.push(`created ${id.replace(":", " ")}: ${description}`);
      }
      const listed = await listWords(transaction, catalogue);
      if (plan.kind === "migrate" && listed.length > 0)
        changes.push(`listed the values of ${listed.join(", ")}`);
      if (plan.kind === "create")
        for (const table of partitionedTables(tables))
          for (const statement of setStatistics(table, partitionName(table.name, null)))
            await transaction.query(statement);
      changes.push(...(await setWidths(transaction, tables, plan.kind === "create", partitions)));
      if (plan.kind === "create" && distributed === "citus")
        for (const statement of citusStatements(catalogue)) await transaction.query(statement);
      for (const { version, description } of applied)
        await transaction.query(
          `insert into ${identifier(tables.versions.name)} (version, applied_at, description) values ($1, now(), $2)`,
          [version, description],
        );
      const version = plan.kind === "create" ? plan.version : (applied.at(-1)?.version ?? plan.from);
      if (dryRun === true) throw new DryRun({ version, changes, statements });
      return { version, changes };
    },
    { signal, timeoutMs },
  );
}

/** Tells the store how wide its new partitions are; what was changed of an old one. */
async function setWidths(
  transaction: Session,
  tables: StoreTables,
  isNew: boolean,
  wanted: WidthChoice | undefined,
): Promise<readonly string[]> {
  if (isNew) {
    await transaction.query(writeWidths(tables, wanted ?? "auto"));
    return [];
  }
  if (wanted === undefined || (await readWidths(transaction, tables)) === wanted) return [];
  await transaction.query(writeWidths(tables, wanted));
  return [`new partitions: ${wanted}`];
}

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
    await session.transaction(
      (transaction) =>
        dropPartitions(transaction, tables, spans.slice(start, Math.min(start + DROP_SLICE, surplus))),
      { signal, timeoutMs },
    );
  await session.transaction(
    async (transaction) => {
      await lockSchema(transaction);
      const { relations } = await presentObjects(transaction, catalogue);
      for (const { name, sql } of dropStatements(tables)) {
        if (!relations.has(name)) continue;
        await transaction.query(sql);
        changes.push(`dropped ${name}`);
      }
    },
    { signal, timeoutMs },
  );
  return { version: 0, changes };
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

/** One at a time: two processes that start together would both create. */
async function lockSchema(session: Session): Promise<void> {
  await session.query(
    `select pg_advisory_xact_lock(hashtextextended('eventstore schema ' || current_schema(), 0))`,
  );
}
