/** Creating the schema, and bringing an older one forward. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { isSpread, spreadCatalogue } from "../../../compiler/catalogue/spread.js";
import { partitionedTables, storeTables, type StoreTables } from "../../../compiler/catalogue/tables.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import { partitionName } from "../../../compiler/schema/day.js";
import { setStatistics } from "../../../compiler/schema/ddl.js";
import { MIGRATIONS, planMigrations, type Migration } from "../../../compiler/schema/migrations.js";
import type { Retyping } from "../../../compiler/schema/retype.js";
import { pendingSteps, schemaStatements, type SchemaStep } from "../../../compiler/schema/steps.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { SchemaReport } from "../types/upkeep.js";
import { refuseForeign } from "./foreign.js";
import { indexCreate } from "./indexes.js";
import { distribute, refuseOtherLayout, updateStoreFunction, type Distributed } from "./layout.js";
import { lockSchema, withLockAttempts } from "./locks.js";
import { newerSchema } from "./newer.js";
import { presentObjects, presentPartitions, presentSpans, presentVersion } from "./present.js";
import { requireRanges } from "./requirements.js";
import { pendingRetyping, retypeColumns, retypingStatements } from "./retype.js";
import { rereadRows, rereadStatements } from "./reread.js";
import { readWidths, writeWidths, type WidthChoice } from "./widths.js";
import { emptyLists, listWords, pendingLists } from "./words.js";

/** How the schema is created. */
export interface CreateSchemaOptions extends CallOptions {
  /** Versions of the schema, those of this release when absent. */
  readonly migrations?: readonly Migration[];
  /** Spread a new schema over the workers of a Citus cluster; see compiler/schema/citus.ts. */
  readonly distributed?: Distributed | undefined;
  /**
   * How wide new partitions are: `auto`, by the number of events a day, where nothing is said for a new store; an old one keeps what was set. Partitions
   * that are there stay as they are.
   */
  readonly partitions?: WidthChoice | undefined;
  /** Change nothing; tell which statements would be run. */
  readonly dryRun?: boolean | undefined;
  /** Told of the progress of an upgrade that goes partition by partition. */
  readonly onProgress?: ((message: string) => void) | undefined;
}

/** Ends the transaction of a dry run. */
class DryRun extends Error {
  override readonly name = "DryRun";

  constructor(readonly report: SchemaReport) {
    super("nothing was to be changed");
  }
}

/**
 * Creates the schema, or brings an older one to the present version. Changes nothing where all is there.
 *
 * What needs no more than the system catalogs is one transaction. What reads or writes events goes partition by partition, each in a transaction of its
 * own, beside reading and ingest; an upgrade that was interrupted continues where it was.
 *
 * @throws EventStorageError `object_missing` where the server lacks ip4r; `schema_newer` where a newer release made the schema
 */
export async function databaseCreate(
  session: Session,
  catalogue: Catalogue,
  options: CreateSchemaOptions = {},
): Promise<SchemaReport> {
  const { signal, timeoutMs, onProgress } = options;
  const changes: string[] = [];
  let migrates = false;
  try {
    for (;;) {
      const step = await createSchema(session, catalogue, options);
      migrates ||= step.migrates;
      changes.push(...step.changes);
      if (step.next === null) {
        const slow = { signal, timeoutMs: timeoutMs ?? 0 };
        if (step.indexes.length > 0) {
          await indexCreate(session, catalogue, { ...slow, concurrently: true, onProgress });
          changes.push(...step.indexes);
        }
        const listed = await listWords(session, catalogue, slow);
        if (migrates && listed.length > 0) changes.push(`listed the values of ${listed.join(", ")}`);
        return { version: step.version, changes };
      }
      const { migration, retyping } = step.next;
      const finish = (transaction: Session) => recordVersion(transaction, catalogue, migration);
      if (retyping === null) {
        await fillRows(session, catalogue, migration, { signal, timeoutMs: timeoutMs ?? 0 });
        if (migration.reread === true)
          await rereadRows(session, catalogue, migration, { signal, timeoutMs, onProgress });
        await finish(session);
      } else await retypeColumns(session, catalogue, retyping, finish, { signal, timeoutMs, onProgress });
      changes.push(migrated(migration));
    }
  } catch (error) {
    if (error instanceof DryRun) return error.report;
    throw error;
  }
}

async function eventPartitions(session: Session, catalogue: Catalogue): Promise<readonly string[]> {
  return [...(await presentPartitions(session, storeTables(catalogue).events.name)).keys()];
}

function fillStatements(
  catalogue: Catalogue,
  { filled }: Migration,
  partitions: readonly string[],
): readonly string[] {
  const fill = filled?.(catalogue) ?? null;
  return fill === null ? [] : partitions.map(fill);
}

/** Changes the rows that are there, each partition in a transaction of its own. */
async function fillRows(
  session: Session,
  catalogue: Catalogue,
  migration: Migration,
  options: CallOptions,
): Promise<void> {
  for (const text of fillStatements(catalogue, migration, await eventPartitions(session, catalogue)))
    await session.query(text, [], options);
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

/** What the catalogs alone needed, and what comes after it. */
interface SchemaStepReport extends SchemaReport {
  /** What has to go partition by partition before it can go on: columns that are retyped, or rows that are filled; null where nothing is left. */
  readonly next: { readonly migration: Migration; readonly retyping: Retyping | null } | null;
  /** Indexes that are built partition by partition, a line each. */
  readonly indexes: readonly string[];
  /** There was an older schema. */
  readonly migrates: boolean;
}

async function createSchema(
  session: Session,
  given: Catalogue,
  { migrations = MIGRATIONS, distributed, partitions, dryRun, signal, timeoutMs }: CreateSchemaOptions,
): Promise<SchemaStepReport> {
  const catalogue = distributed === undefined ? given : spreadCatalogue(given);
  const tables = storeTables(catalogue);
  return withLockAttempts(
    session,
    async (inner) => {
      const statements: string[] = [];
      const transaction = noting(inner, statements);
      await lockSchema(transaction);
      await requireRanges(transaction);
      // A table of versions that is somebody else's has none that could be read.
      await refuseForeign(transaction, tables, "present");
      const plan = planMigrations(await presentVersion(transaction, tables), migrations);
      if (plan.kind === "refuse") throw newerSchema(plan.found, "databaseCreate", plan.known);
      const isNew = plan.kind === "create";
      if (isNew) await refuseForeign(transaction, tables, "none");
      if (!isNew && distributed !== undefined) await refuseOtherLayout(transaction, tables, distributed);
      const changes: string[] = [];
      for (const migration of isNew ? [] : plan.migrations) {
        for (const statement of migration.statements(catalogue)) await transaction.query(statement);
        const retyping = await pendingRetyping(transaction, catalogue, migration);
        const fills = fillStatements(catalogue, migration, await eventPartitions(transaction, catalogue));
        const isSlow = retyping !== null || fills.length > 0 || migration.reread === true;
        if (isSlow && dryRun !== true) {
          const next = { migration, retyping };
          return { version: migration.version - 1, changes, next, indexes: [], migrates: true };
        }
        if (retyping !== null)
          statements.push(...(await retypingStatements(transaction, catalogue, retyping)));
        statements.push(...fills);
        if (migration.reread === true)
          statements.push(...(await rereadStatements(transaction, catalogue, migration)));
        await recordVersion(transaction, catalogue, migration);
        changes.push(migrated(migration));
      }
      const { made, later } = await pendingObjects(transaction, catalogue, isNew);
      for (const { sql } of made) await transaction.query(sql);
      changes.push(...made.map(created));
      if (isNew) for (const statement of defaultStatistics(tables)) await transaction.query(statement);
      changes.push(...(await setWidths(transaction, tables, isNew, partitions)));
      if (isNew && distributed !== undefined) await distribute(transaction, catalogue, distributed);
      if (!isNew && isSpread(catalogue)) changes.push(...(await updateStoreFunction(transaction, catalogue)));
      const [latest] = migrations.slice(-1);
      if (isNew && latest !== undefined) await recordVersion(transaction, catalogue, latest);
      const version = isNew ? plan.version : (plan.migrations.at(-1)?.version ?? plan.from);
      const indexes = later.map(created);
      if (dryRun === true) {
        const lists = isNew ? emptyLists(catalogue) : await listStatements(transaction, catalogue);
        statements.push(...later.map(({ sql }) => sql), ...lists);
        throw new DryRun({ version, changes: [...changes, ...indexes], statements });
      }
      return { version, changes, next: null, indexes, migrates: !isNew && plan.migrations.length > 0 };
    },
    { signal, timeoutMs },
  );
}

/** The statements of the lists that are still to be filled. */
async function listStatements(transaction: Session, catalogue: Catalogue): Promise<readonly string[]> {
  return (await pendingLists(transaction, catalogue)).flatMap(({ statements }) => statements);
}

function migrated({ version, description }: Migration): string {
  return `migrated to version ${version}: ${description}`;
}

function created({ id, description }: SchemaStep): string {
  return `created ${id.replace(":", " ")}: ${description}`;
}

async function recordVersion(
  transaction: Session,
  catalogue: Catalogue,
  migration: Migration,
): Promise<void> {
  await transaction.query(versionStatement(storeTables(catalogue), migration));
}

/** The statement that notes a version; without parameters, so that it can be part of a script. */
function versionStatement({ versions }: StoreTables, { version, description }: Migration): string {
  return (
    `insert into ${identifier(versions.name)} (version, applied_at, description) ` +
    `values (${version}, now(), ${stringLiteral(description)}) on conflict (version) do nothing`
  );
}

/** Nothing inherits the statistics targets of a table: the default partitions are told theirs. */
function defaultStatistics(tables: StoreTables): readonly string[] {
  return partitionedTables(tables).flatMap((table) => setStatistics(table, partitionName(table.name, null)));
}

/** The statements that make a new store in an empty schema with the extensions ip4r and btree_gin, for whoever runs them himself. */
export function newStoreStatements(
  catalogue: Catalogue,
  partitions: WidthChoice = "auto",
): readonly string[] {
  const tables = storeTables(catalogue);
  return [
    ...schemaStatements(catalogue).map(({ sql }) => sql),
    ...defaultStatistics(tables),
    writeWidths(tables, partitions),
    ...MIGRATIONS.slice(-1).map((latest) => versionStatement(tables, latest)),
    ...emptyLists(catalogue),
  ];
}

/** What is missing: what is made at once, and the indexes of tables with partitions, which would keep everybody from writing until all are built. */
async function pendingObjects(
  transaction: Session,
  catalogue: Catalogue,
  isNew: boolean,
): Promise<{ readonly made: readonly SchemaStep[]; readonly later: readonly SchemaStep[] }> {
  const tables = storeTables(catalogue);
  const pending = pendingSteps(catalogue, await presentObjects(transaction, catalogue));
  const hasPartitions = !isNew && (await presentSpans(transaction, tables)).length > 0;
  const partitioned = new Set(
    partitionedTables(tables).flatMap(({ indexes }) => indexes.map(({ name }) => name)),
  );
  const isLater = ({ provides }: SchemaStep): boolean =>
    hasPartitions && provides.kind === "index" && partitioned.has(provides.name);
  return { made: pending.filter((step) => !isLater(step)), later: pending.filter(isLater) };
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
