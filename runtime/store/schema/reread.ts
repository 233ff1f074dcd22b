/** Upgrades that read the rows of older events again from their JSON: partition by partition, beside reading and ingest, and resumed. */
import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { encodeArray } from "../../../compiler/values/array.js";
import { parseJson } from "../../../compiler/values/exact-json.js";
import { noteRepeatedKeys } from "../../../compiler/values/repeated-keys.js";
import { dayStart, partitionName, type DaySpan } from "../../../compiler/schema/day.js";
import type { Migration } from "../../../compiler/schema/migrations.js";
import { nextRows, rereadColumns, REREAD_ROWS, writeRows } from "../../../compiler/schema/reread.js";
import { doneComment } from "../../../compiler/schema/retype.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import { eventEncoder, type EventEncoder } from "../../events/encode.js";
import { IdeaError } from "../../events/idea-error.js";
import { unpackEvent } from "../../postgres/event-text.js";
import type { Session } from "../../postgres/session.js";
import type { WireValue } from "../../postgres/statement.js";
import { lockSchema, withLockAttempts } from "./locks.js";
import { presentPartitions, presentSpans } from "./present.js";
import { timeLeft, type RetypeOptions } from "./retype.js";

/** The statements that write what is read again, one for each partition that is not done. */
export async function rereadStatements(
  session: Session,
  catalogue: Catalogue,
  migration: Migration,
): Promise<readonly string[]> {
  return (await undone(session, catalogue, migration)).map((span) => writeRows(catalogue, span));
}

/**
 * Reads the rows of all events again. A partition that is done says so in its comment, so that an interrupted upgrade continues after it.
 *
 * No statement has a time limit where the call sets none.
 */
export async function rereadRows(
  session: Session,
  catalogue: Catalogue,
  migration: Migration,
  { onProgress, signal, timeoutMs = 0 }: RetypeOptions,
): Promise<void> {
  const started = performance.now();
  const inTurn = <T>(work: (transaction: Session) => Promise<T>): Promise<T> =>
    withLockAttempts(
      session,
      async (transaction) => {
        // Partitions are merged, archived and upgraded by one at a time.
        await lockSchema(transaction);
        return work(transaction);
      },
      { signal, timeoutMs },
    );
  const reading = readingOf(catalogue);
  const { events } = storeTables(catalogue);
  for (let done = 1; ; done += 1) {
    const left = await undone(session, catalogue, migration);
    const span = left[0];
    if (span === undefined) return;
    let last: string | null = "0";
    while (last !== null) {
      const after: string = last;
      last = await inTurn(async (transaction) => {
        const found = await undone(transaction, catalogue, migration);
        if (!found.some((other) => isSame(other, span))) return null;
        const next = await rereadSlice(transaction, reading, span, after);
        if (next === null)
          await transaction.query(
            `comment on table ${identifier(partitionName(events.name, span))} is ${stringLiteral(doneComment(migration))}`,
          );
        return next;
      });
    }
    const remaining = left.length - 1;
    onProgress?.(describe(span, { done, remaining }, performance.now() - started));
  }
}

/** The partitions that are not done, newest first, as most reading is of these; null is the default partition. */
async function undone(
  session: Session,
  catalogue: Catalogue,
  migration: Migration,
): Promise<readonly (DaySpan | null)[]> {
  const tables = storeTables(catalogue);
  const partitions = await presentPartitions(session, tables.events.name);
  const spans: readonly (DaySpan | null)[] = [null, ...(await presentSpans(session, tables))];
  return spans
    .filter((span) => {
      const name = partitionName(tables.events.name, span);
      return partitions.has(name) && partitions.get(name) !== doneComment(migration);
    })
    .toReversed();
}

const isSame = (one: DaySpan | null, other: DaySpan | null): boolean =>
  one?.from === other?.from && one?.to === other?.to;

/** How the events of a catalogue become the columns that are written. */
interface Reading {
  readonly catalogue: Catalogue;
  readonly encode: EventEncoder;
  readonly idPosition: number;
  /** Of the columns that are written, among all. */
  readonly positions: readonly number[];
}

function readingOf(catalogue: Catalogue): Reading {
  const names = searchedColumns(catalogue).map(({ name }) => name);
  return {
    catalogue,
    encode: eventEncoder(catalogue),
    idPosition: names.indexOf(storeTables(catalogue).roles.id.column),
    positions: rereadColumns(catalogue).map(({ name }) => names.indexOf(name)),
  };
}

/** Reads the next rows of a partition again; the number of the last of them, null where there are no more. */
async function rereadSlice(
  transaction: Session,
  { catalogue, encode, idPosition, positions }: Reading,
  span: DaySpan | null,
  after: string,
): Promise<string | null> {
  const { rows } = await transaction.query(nextRows(catalogue, span), [after, REREAD_ROWS]);
  const read = rows.flatMap(({ seq, id, event }) => {
    const columns = columnsOf(String(event), encode);
    // An event that this release would store as another one, or not at all, stays as it is.
    return columns !== null && columns[idPosition] === id ? [{ seq: String(seq), columns }] : [];
  });
  if (read.length > 0)
    await transaction.query(writeRows(catalogue, span), [
      encodeArray(read.map(({ seq }) => seq)),
      ...positions.map((position) => encodeArray(read.map(({ columns }) => columns[position] ?? null))),
    ]);
  const last = rows.length < REREAD_ROWS ? undefined : rows.at(-1);
  return last === undefined ? null : (last["seq"] as string);
}

function columnsOf(hex: string, encode: EventEncoder): readonly WireValue[] | null {
  try {
    const text = unpackEvent(Buffer.from(hex, "hex"));
    const event = parseJson(text);
    noteRepeatedKeys(event, text);
    return encode(event, 0n);
  } catch (error) {
    // A damaged JSON is what verify is for.
    if (error instanceof IdeaError || error instanceof SyntaxError || error instanceof RangeError)
      return null;
    throw error;
  }
}

/** `2024-01-31: 3 of 365 partitions are read again; about 2 h left`. */
function describe(
  span: DaySpan | null,
  { done, remaining }: { readonly done: number; readonly remaining: number },
  tookMs: number,
): string {
  const name = span === null ? "default partition" : dayStart(span.from).toISOString().slice(0, 10);
  const left = remaining === 0 ? "" : `; about ${timeLeft((tookMs / done) * remaining)} left`;
  return `${name}: ${done} of ${done + remaining} partitions are read again${left}`;
}
