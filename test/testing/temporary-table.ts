/** A temporary table with the rows of some events. */
import pg from "../../runtime/postgres/driver/pg.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import type { SqlExpression } from "../../compiler/compile.js";
import { identifier } from "../../compiler/sql/fragment.js";
import { eventToRow } from "../../runtime/events/row.js";
import { tableStatements } from "../../compiler/schema/searched-table.js";
import { tableColumns, withHulls } from "./hull-values.js";

/** A table that only its own session sees. */
export interface TemporaryTable {
  /** The numbers of the events, from 0, whose rows meet the condition. */
  readonly find: (condition: SqlExpression, events: readonly unknown[]) => Promise<ReadonlySet<number>>;
  readonly close: () => Promise<void>;
}

/** A column that no catalogue has. */
const NUMBER = identifier("number of the event\u200b");

/** The most placeholders of one statement. */
const MAX_VALUES = 60_000;

/** Opens a session and makes the table. */
export async function openTable(connectionString: string, catalogue: Catalogue): Promise<TemporaryTable> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const table = identifier(catalogue.table.name);
  let filled: readonly unknown[] | null = null;
  const fill = async (events: readonly unknown[]): Promise<void> => {
    if (events === filled) return;
    await client.query(`truncate ${table}`);
    filled = events;
    await insertRows(client, catalogue, events);
  };
  try {
    for (const statement of tableStatements(catalogue, { temporary: true })) await client.query(statement);
    await client.query(`alter table ${table} add column ${NUMBER} integer`);
  } catch (error) {
    await client.end();
    throw error;
  }
  return {
    find: async ({ text, values }, events) => {
      await fill(events);
      const { rows } = await client.query<[number]>({
        text: `select ${NUMBER} from ${table} where ${text}`,
        values,
        rowMode: "array",
      });
      return new Set(rows.map(([number]) => number));
    },
    close: () => client.end(),
  };
}

async function insertRows(
  client: pg.Client,
  catalogue: Catalogue,
  events: readonly unknown[],
): Promise<void> {
  const columns = tableColumns(catalogue);
  const names = [...columns.map(({ name }) => identifier(name)), NUMBER];
  const size = Math.floor(MAX_VALUES / (columns.length + 1));
  for (let start = 0; start < events.length; start += size) {
    const values: unknown[] = [];
    const place = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
    const tuples = events.slice(start, start + size).map((event, offset) => {
      const row = withHulls(eventToRow(event, catalogue), catalogue);
      const places = columns.map(({ name, pgType }) => place(columnValue(row[name], pgType), pgType));
      return `(${[...places, place(start + offset, "integer")].join(", ")})`;
    });
    if (tuples.length > 0)
      await client.query(
        `insert into ${identifier(catalogue.table.name)} (${names.join(", ")}) values ${tuples.join(", ")}`,
        values,
      );
  }
}

/** The driver takes a list for an array, where JSON is meant as well. */
function columnValue(value: unknown, pgType: string): unknown {
  return pgType === "jsonb" && value !== null && value !== undefined
    ? JSON.stringify(value)
    : (value ?? null);
}
