/** The events of a database of Mentat's, block by block in the order of their storage time. */
import type { CustomTypesConfig } from "pg";
import {
  bytesOfText,
  closeText,
  countMatchingText,
  ESTIMATED_ROWS,
  fetchRowsText,
  openRows,
} from "./statements.js";
import type { MentatSource } from "./source.js";

/** A place in the order of storage time. */
export interface ImportKey {
  /** Naive UTC, as PostgreSQL prints it, with its microseconds. */
  readonly storageTime: string;
  readonly id: string;
}

/** A row with its event. */
export interface MentatRow extends ImportKey {
  /** The JSON text, or its bytes where these may be no UTF-8; null where the table of events has a row and that of JSON has none. */
  readonly event: Buffer | string | null;
}

/** Rows fetched at a time. More of them live so long that collecting garbage copies them. */
const BLOCK = 1_024;

/** Where to begin. */
export interface RowsFrom {
  /** Storage time from which rows are taken; all when null. */
  readonly since: Date | null;
  /** The last row that is there already; null for the first. */
  readonly after: ImportKey | null;
}

/** How many rows there are; of a large table what the statistics say. */
export async function countRows({ client, schema }: MentatSource, from: RowsFrom): Promise<number> {
  const { text, values } = conditions(schema.storageTime, from);
  const { rows: estimates } = await client.query<{ rows: string }>(ESTIMATED_ROWS, [schema.events]);
  const estimate = Number(estimates[0]?.rows ?? 0);
  if (estimate > EXACT_BELOW && values.length === 0) return estimate;
  const { rows } = await client.query<{ count: string }>(countMatchingText(schema.events, text), values);
  return Number(rows[0]?.count ?? 0);
}

/** Counting more would take longer than a person wants to wait for a figure. */
const EXACT_BELOW = 5_000_000;

/** A row as the cursor has it: its bytes read as UTF-8. */
interface FetchedRow extends ImportKey {
  readonly event: string | null;
}

/** Values as texts: the driver gives what is binary as bytes, once it has read them as UTF-8. */
const AS_TEXT: CustomTypesConfig = { getTypeParser: () => (value: Buffer | string) => value.toString() };

/** What stands for bytes that are no UTF-8, unless it was written. */
const REPLACED = "\ufffd";

/** The rows through a cursor of the server; the next block is fetched while one is at work. */
export async function* mentatRows(
  { client, schema }: MentatSource,
  from: RowsFrom,
): AsyncGenerator<readonly MentatRow[], void, undefined> {
  const { text, values } = conditions(schema.storageTime, from);
  await client.query(openRows(schema, text), values);
  const bytesOf = async (id: string): Promise<Buffer | null> => {
    const { rows } = await client.query<{ event: Buffer }>(bytesOfText(schema.json), [id]);
    return rows[0]?.event ?? null;
  };
  const fetchBlock = async (): Promise<readonly MentatRow[]> => {
    const block = { text: fetchRowsText("import_rows", BLOCK), types: AS_TEXT };
    const { rows } = await client.query<FetchedRow>(block);
    if (!rows.some(({ event }) => event?.includes(REPLACED))) return rows;
    const read: MentatRow[] = [];
    for (const row of rows)
      read.push(row.event?.includes(REPLACED) ? { ...row, event: await bytesOf(row.id) } : row);
    return read;
  };
  let next = fetchBlock();
  for (;;) {
    const block = await next;
    if (block.length === 0) break;
    next = fetchBlock();
    // Its failure is reported when it is asked for.
    next.catch(() => undefined);
    yield block;
  }
  await client.query(closeText("import_rows"));
}

function conditions(
  column: string,
  { since, after }: RowsFrom,
): { readonly text: string; readonly values: string[] } {
  const values: string[] = [];
  const parts: string[] = [];
  if (since !== null) {
    values.push(since.toISOString().replace("Z", ""));
    parts.push(`e.${column} >= $${values.length}::timestamp`);
  }
  if (after !== null) {
    values.push(after.storageTime, after.id);
    parts.push(`(e.${column}, e.id) > ($${values.length - 1}::timestamp, $${values.length}::text)`);
  }
  return { text: parts.length === 0 ? "true" : parts.join(" and "), values };
}
