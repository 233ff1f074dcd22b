/** Upgrades that change the types of columns: partition by partition, beside reading and ingest, and resumed where they were interrupted. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { dayStart, partitionName, type DaySpan } from "../../../compiler/schema/day.js";
import type { Migration } from "../../../compiler/schema/migrations.js";
import { block } from "../../../compiler/schema/partition.js";
import {
  beginRetyping,
  catchUpCopy,
  copyPartition,
  doneComment,
  endRetyping,
  fillInPlace,
  swapCopy,
  type Retyping,
} from "../../../compiler/schema/retype.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { partitionVersion } from "./change-partitions.js";
import { lockDays } from "./days.js";
import { lockPatiently, lockSchema, withLockAttempts } from "./locks.js";
import { presentColumns, presentObjects, presentPartitions, presentSpans } from "./present.js";

/** How an upgrade is done. */
export interface RetypeOptions extends CallOptions {
  /** Told of each partition that is done, with how many are left and how long that will take. */
  readonly onProgress?: ((message: string) => void) | undefined;
}

/** What a migration has to retype in a database: nothing where its columns have their types, or the table is not there. */
export async function pendingRetyping(
  session: Session,
  catalogue: Catalogue,
  { version, retyped }: Migration,
): Promise<Retyping | null> {
  const table = storeTables(catalogue).events;
  const present = await presentColumns(session, table.name);
  const columns = (retyped?.(catalogue) ?? []).filter(({ name, pgType }) => {
    const type = present.get(name);
    return type !== undefined && type !== pgType;
  });
  return columns.length === 0 ? null : { table, columns, version };
}

/**
 * Retypes the columns, and ends with `finish` in the transaction that makes it final.
 *
 * No statement has a time limit where the call sets none: a partition may take minutes.
 */
export async function retypeColumns(
  session: Session,
  catalogue: Catalogue,
  retyping: Retyping,
  finish: (transaction: Session) => Promise<void>,
  { onProgress, signal, timeoutMs = 0 }: RetypeOptions,
): Promise<void> {
  const limits = { signal, timeoutMs };
  const inTurn = (work: (transaction: Session) => Promise<void>): Promise<void> =>
    withLockAttempts(
      session,
      async (transaction) => {
        await lockSchema(transaction);
        // Somebody else may have done all of it meanwhile.
        if (await isPending(transaction, retyping)) await work(transaction);
      },
      limits,
    );
  await inTurn(async (transaction) => {
    for (const statement of beginRetyping(retyping)) await transaction.query(statement);
  });
  const spans = await undoneSpans(session, catalogue, retyping);
  const started = performance.now();
  for (const [position, span] of spans.entries()) {
    await inTurn((transaction) => retypePartition(transaction, catalogue, retyping, span));
    const left = ((performance.now() - started) / (position + 1)) * (spans.length - position - 1);
    onProgress?.(describe(span, position + 1, spans.length, left));
  }
  await inTurn(async (transaction) => {
    await endPartitions(transaction, catalogue, retyping);
    await finish(transaction);
  });
}

/** The statements that {@link retypeColumns} would run. */
export async function retypingStatements(
  session: Session,
  catalogue: Catalogue,
  retyping: Retyping,
): Promise<readonly string[]> {
  const { relations } = await presentObjects(session, catalogue);
  const columns = await columnsOf(session, retyping);
  const spans = await undoneSpans(session, catalogue, retyping);
  const spare = partitionName(retyping.table.name, null);
  return [
    ...beginRetyping(retyping),
    ...spans.flatMap((span) => [
      ...copyPartition(retyping, span, columns, relations),
      ...swapCopy(retyping, span, relations),
    ]),
    fillInPlace(retyping, spare),
    ...endRetyping(retyping),
  ];
}

async function isPending(session: Session, { table, columns }: Retyping): Promise<boolean> {
  const present = await presentColumns(session, table.name);
  return columns.some(({ name, pgType }) => present.get(name) !== pgType);
}

/** The columns of the table, successors included, also where these are not made yet. */
async function columnsOf(session: Session, { table, columns }: Retyping): Promise<readonly string[]> {
  const present = [...(await presentColumns(session, table.name)).keys()];
  const successors = columns.map(({ name }) => `${name}~new`).filter((name) => !present.includes(name));
  return [...present, ...successors];
}

/** The partitions that have to be copied, newest first, as most reading is of these. */
async function undoneSpans(
  session: Session,
  catalogue: Catalogue,
  retyping: Retyping,
): Promise<readonly DaySpan[]> {
  const { table } = retyping;
  const partitions = await presentPartitions(session, table.name);
  return (await presentSpans(session, storeTables(catalogue)))
    .filter((span) => {
      const name = partitionName(table.name, span);
      return partitions.has(name) && partitions.get(name) !== doneComment(retyping);
    })
    .toReversed();
}

async function retypePartition(
  transaction: Session,
  catalogue: Catalogue,
  retyping: Retyping,
  span: DaySpan,
): Promise<void> {
  const tables = storeTables(catalogue);
  const undone = await undoneSpans(transaction, catalogue, retyping);
  if (!undone.some(({ from, to }) => from === span.from && to === span.to)) return;
  const { relations } = await presentObjects(transaction, catalogue);
  const columns = await columnsOf(transaction, retyping);
  const source = { sources: [span] };
  const version = await partitionVersion(transaction, tables, source);
  for (const statement of copyPartition(retyping, span, columns, relations))
    await transaction.query(statement);
  await lockPatiently(
    transaction,
    `lock table only ${identifier(retyping.table.name)} in access exclusive mode`,
  );
  if ((await partitionVersion(transaction, tables, source)) !== version)
    for (const statement of catchUpCopy(retyping, span, columns)) await transaction.query(statement);
  await transaction.query(block(swapCopy(retyping, span, relations)));
}

/** What came since, and the default partition, are filled where they are; then the successors are the columns. */
async function endPartitions(transaction: Session, catalogue: Catalogue, retyping: Retyping): Promise<void> {
  await lockDays(transaction, storeTables(catalogue));
  const { name } = retyping.table;
  await lockPatiently(transaction, `lock table only ${identifier(name)} in access exclusive mode`);
  for (const [partition, comment] of await presentPartitions(transaction, name))
    if (comment !== doneComment(retyping)) await transaction.query(fillInPlace(retyping, partition));
  for (const statement of endRetyping(retyping)) await transaction.query(statement);
}

/** `2024-01-31: 3 of 365 partitions have new columns; about 2 h left`. */
function describe({ from }: DaySpan, done: number, all: number, leftMs: number): string {
  const date = dayStart(from).toISOString().slice(0, 10);
  const left = done === all ? "" : `; about ${timeLeft(leftMs)} left`;
  return `${date}: ${done} of ${all} partitions have new columns${left}`;
}

/** A length of time for people. */
export function timeLeft(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return `${Math.max(1, Math.round(milliseconds / 1_000))} s`;
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
