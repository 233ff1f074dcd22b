/**
 * Merging and splitting partitions of the past, beside ingest, deletions and searches.
 *
 * The new partitions are filled while the old ones are read and written as ever. Then the searched table and that of the JSON are locked for a
 * moment; the counters of the hours, which every statement changes that stores or deletes events, tell whether the copies have to be brought up to date;
 * and the old partitions go. All of it is one transaction: who reads sees either.
 */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { partitionedTables, storeTables, type StoreTables } from "../../../compiler/catalogue/tables.js";
import { dayOfDate, dayStart, widthSpan, type DaySpan } from "../../../compiler/schema/day.js";
import {
  block,
  catchUpPartitions,
  fillPartitions,
  swapPartitions,
} from "../../../compiler/schema/partition.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { argumentError, EventStorageError } from "../../../compiler/values/errors.js";
import type { Session } from "../../postgres/session.js";
import type { PartitionOptions, PartitionReport } from "../types/upkeep.js";
import { lockDays, MAX_PARTITIONS, onWorkersAlone } from "./days.js";
import { lockPatiently, withLockAttempts } from "./locks.js";
import { presentObjects, presentSpans } from "./present.js";

/** Partitions that take the place of others; both cover the same days. */
interface Change {
  readonly sources: readonly DaySpan[];
  readonly targets: readonly DaySpan[];
}

/** Which of the two operations it is, and what it makes of the partitions of the past. */
interface Kind {
  readonly operation: "mergePartitions" | "splitPartitions";
  readonly plan: (spans: readonly DaySpan[]) => readonly Change[];
}

/** Puts narrow partitions of past weeks or months together; a month when no width is given. */
export function mergePartitions(
  session: Session,
  catalogue: Catalogue,
  { width = "month", ...options }: PartitionOptions<"week" | "month"> = {},
): Promise<PartitionReport> {
  const plan = (spans: readonly DaySpan[]) => planMerge(spans, width);
  return changePartitions(session, catalogue, { operation: "mergePartitions", plan }, options);
}

/** Takes wide partitions of the past apart; into days when no width is given. */
export function splitPartitions(
  session: Session,
  catalogue: Catalogue,
  { width = "day", ...options }: PartitionOptions<"day" | "week"> = {},
): Promise<PartitionReport> {
  const plan = (spans: readonly DaySpan[]) => planSplit(spans, width);
  return changePartitions(session, catalogue, { operation: "splitPartitions", plan }, options);
}

/** Several partitions of one calendar unit become one. */
function planMerge(spans: readonly DaySpan[], width: "week" | "month"): readonly Change[] {
  const units = new Map<number, DaySpan[]>();
  for (const span of spans) {
    const unit = widthSpan(span.from, width);
    if (span.to > unit.to) continue;
    units.set(unit.from, [...(units.get(unit.from) ?? []), span]);
  }
  return [...units.values()]
    .filter(({ length }) => length > 1)
    .map((sources) => ({ sources, targets: [{ from: sources[0]!.from, to: sources.at(-1)!.to }] }));
}

/** A partition becomes one for each of its calendar units. */
function planSplit(spans: readonly DaySpan[], width: "day" | "week"): readonly Change[] {
  return spans
    .map((span): Change => {
      const targets: DaySpan[] = [];
      for (let from = span.from; from < span.to;) {
        const to = Math.min(widthSpan(from, width).to, span.to);
        targets.push({ from, to });
        from = to;
      }
      return { sources: [span], targets };
    })
    .filter(({ targets }) => targets.length > 1);
}

async function changePartitions(
  session: Session,
  catalogue: Catalogue,
  { operation, plan }: Kind,
  { from, to, onProgress, signal, timeoutMs }: Omit<PartitionOptions<never>, "width">,
): Promise<PartitionReport> {
  const tables = storeTables(catalogue);
  const today = dayOfDate(new Date());
  const present = await presentSpans(session, tables);
  const closed = present.filter(
    (span) =>
      span.to <= today &&
      (from === undefined || dayStart(span.from) >= from) &&
      (to === undefined || dayStart(span.to) <= to),
  );
  const changes = plan(closed);
  const total = changes.reduce(
    (sum, { sources, targets }) => sum + targets.length - sources.length,
    present.length,
  );
  if (total > present.length && total > MAX_PARTITIONS)
    throw argumentError(
      operation,
      `the store would have ${total} partitions, and it may have ${MAX_PARTITIONS}: give a later from, an earlier to, or a wider width`,
    );
  let [before, after] = [0, 0];
  for (const change of changes) {
    await withLockAttempts(session, (transaction) => carryOut(transaction, catalogue, change, operation), {
      signal,
      timeoutMs,
    });
    before += change.sources.length;
    after += change.targets.length;
    onProgress?.(describe(change));
  }
  return { before, after };
}

/** `2024-01-01..2024-01-31: 31 partitions became 1`. */
function describe({ sources, targets }: Change): string {
  const date = (day: number): string => dayStart(day).toISOString().slice(0, 10);
  const first = Math.min(...targets.map(({ from }) => from));
  const last = Math.max(...targets.map(({ to }) => to)) - 1;
  return `${date(first)}..${date(last)}: ${sources.length} partition${sources.length === 1 ? "" : "s"} became ${targets.length}`;
}

async function carryOut(
  transaction: Session,
  catalogue: Catalogue,
  planned: Change,
  operation: Kind["operation"],
): Promise<void> {
  const tables = storeTables(catalogue);
  const present = await presentSpans(transaction, tables);
  // Since it was planned, retention may have dropped some, and an insertion may have made a day in a gap between them.
  const sources = spansWithin(present, planned.targets, operation);
  const change = { sources, targets: targetsOf(planned, sources) };
  // Nothing is left of them, or an attempt whose COMMIT had no answer has done it.
  if (sources.length === 0 || haveAll(present, change.targets)) return;
  const parts = partitionedTables(tables).map((table) => ({ table, ...change }));
  const { relations } = await presentObjects(transaction, catalogue);
  const version = await partitionVersion(transaction, tables, change);
  for (const part of parts)
    for (const statement of fillPartitions(part, relations)) await transaction.query(statement);
  // What makes and drops partitions waits from here on, then what stores and deletes.
  await lockDays(transaction, tables);
  const found = spansWithin(await presentSpans(transaction, tables), planned.targets, operation);
  if (found.length !== sources.length || !haveAll(found, sources)) throw changedMeanwhile(operation);
  const parents = partitionedTables(tables).map(({ name }) => `only ${identifier(name)}`);
  await lockPatiently(transaction, `lock table ${parents.join(", ")} in access exclusive mode`);
  if ((await partitionVersion(transaction, tables, change)) !== version)
    for (const part of parts)
      for (const statement of catchUpPartitions(part)) await transaction.query(statement);
  for (const part of parts) await transaction.query(block(swapPartitions(part)));
  const alone = onWorkersAlone(catalogue, change.targets);
  if (alone.length > 0) await transaction.query(block(alone));
}

/** The partitions in whose place the new ones come. @throws EventStorageError where one of them reaches further: somebody else has changed it */
function spansWithin(
  present: readonly DaySpan[],
  targets: readonly DaySpan[],
  operation: Kind["operation"],
): readonly DaySpan[] {
  const start = Math.min(...targets.map(({ from }) => from));
  const end = Math.max(...targets.map(({ to }) => to));
  const touched = present.filter(({ from, to }) => from < end && to > start);
  if (touched.some(({ from, to }) => from < start || to > end)) throw changedMeanwhile(operation);
  return touched;
}

/** One partition in the place of several reaches no further than they do: of the days of one that was dropped, identifiers may be left. */
function targetsOf({ targets }: Change, sources: readonly DaySpan[]): readonly DaySpan[] {
  const [first, last] = [sources[0], sources.at(-1)];
  if (targets.length > 1 || first === undefined || last === undefined) return targets;
  return [{ from: first.from, to: last.to }];
}

function changedMeanwhile(operation: Kind["operation"]): EventStorageError {
  return new EventStorageError("partitions were made, dropped or changed by somebody else at the same time", {
    operation,
    code: "transaction_conflict",
    retryable: true,
  });
}

function haveAll(present: readonly DaySpan[], wanted: readonly DaySpan[]): boolean {
  return wanted.every(({ from, to }) => present.some((span) => span.from === from && span.to === to));
}

/** Changes with every event that is stored or deleted in the days of a change. */
export async function partitionVersion(
  session: Session,
  tables: StoreTables,
  { sources }: Pick<Change, "sources">,
): Promise<string> {
  const { rows } = await session.query(
    `select coalesce(sum(inserted), 0) || ':' || coalesce(sum(deleted), 0) as version from ${identifier(tables.hours.name)} ` +
      `where hour >= $1 and hour < $2`,
    [
      dayStart(Math.min(...sources.map(({ from }) => from))),
      dayStart(Math.max(...sources.map(({ to }) => to))),
    ],
  );
  return String(rows[0]?.["version"]);
}
