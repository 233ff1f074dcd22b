/** What an operator should know of a store that works, before it doesn't. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { daySuffix, type Day } from "../../../compiler/schema/day.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { boundSession } from "../../postgres/bounded.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { locksOfPartition, mostPartitions } from "../slices/slices.js";
import { roomForDays, strayDays } from "../schema/days.js";
import { HAS_TABLE, ROOM_FOR_LOCKS } from "./warnings-statements.js";
import { partitionState } from "../verify/partitions.js";

/** Statements over many partitions that should find room for their locks at once. */
const AT_ONCE = 10;

/** Partitions that a store is taken to have at least: those of a year, where few events come. */
const FEWEST_PARTITIONS = 12;

/** Sentences about what should be seen to; none where all is well, or where there are no tables. */
export async function statusWarnings(
  unbound: Session,
  catalogue: Catalogue,
  options: CallOptions = {},
): Promise<readonly string[]> {
  const session = boundSession(unbound, options);
  const { rows } = await session.query(HAS_TABLE, [identifier(catalogue.table.name)]);
  if (rows[0]?.["there"] !== true) return [];
  const lockRoom = await lockWarning(session, catalogue);
  const days = await strayDays(session, catalogue);
  const { detached, foreign, lone } = await partitionState(session, catalogue);
  return [
    ...(lockRoom === null ? [] : [lockRoom]),
    ...(days.length === 0 ? [] : [strayWarning(days, await roomForDays(session, catalogue))]),
    ...(detached.length === 0
      ? []
      : [`tables with the name of a day that are not part of the store: ${listed(detached)}`]),
    ...(foreign.length === 0 ? [] : [`partitions that the store did not make: ${listed(foreign)}`]),
    ...(lone.length === 0 ? [] : [`partitions without the other half of their day: ${listed(lone)}`]),
  ];
}

/**
 * A statement locks each partition that it may read and each index of these, in a table of the server that all sessions share. How many partitions
 * that are at most is bounded (see slices.ts), but not how small the server's table is.
 */
export async function lockWarning(session: Session, catalogue: Catalogue): Promise<string | null> {
  const tables = storeTables(catalogue);
  const { rows } = await session.query(ROOM_FOR_LOCKS, [identifier(tables.events.name)], {
    operation: "databaseStatus",
  });
  const [found] = rows;
  const [setting, sessions, partitions] = [
    found?.["setting"],
    found?.["sessions"],
    found?.["partitions"],
  ].map(Number);
  if (setting === undefined || sessions === undefined || partitions === undefined) return null;
  const touched = Math.min(Math.max(partitions, FEWEST_PARTITIONS), mostPartitions(tables));
  const atOnce = Math.min(AT_ONCE, sessions);
  const needed = atOnce * touched * locksOfPartition(tables);
  if (needed <= setting * sessions) return null;
  const wanted = Math.ceil(needed / sessions / 64) * 64;
  return (
    `max_locks_per_transaction is ${setting}, too little for ${atOnce} statements over ${touched} partitions at once; ` +
    `raise it to ${wanted} or more and restart the server`
  );
}

/** What to do about days in the default partition, where `room` more partitions may be made. */
export function strayWarning(days: readonly Day[], room: number): string {
  const what = `events of ${days.length} days lie in the default partition (${listed(days.map(daySuffix))})`;
  return room > 0
    ? `${what}: run refresh`
    : `${what}, as there are as many partitions as a store makes: merge those of the past (partitions merge), or remove old days`;
}

function listed(names: readonly string[]): string {
  return names.slice(0, 5).join(", ") + (names.length > 5 ? ", …" : "");
}
