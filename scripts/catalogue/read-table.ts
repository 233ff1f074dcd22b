/** Reads what the server knows of a table. */
import pg from "../../runtime/postgres/driver/pg.js";
import { CliError } from "../cli/errors.js";
import type { LiveColumn, LiveKey, LiveTable } from "./describe.js";
import { COLUMNS, READ_INDEXES, READ_TABLE } from "./statements.js";

/** The table of that name, with its schema where the search path does not have it. @throws CliError when there is none */
export async function readTable(connectionString: string, name: string): Promise<LiveTable> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<Pick<LiveTable, "name" | "schema" | "comment">>(READ_TABLE, [name]);
    const [table] = rows;
    if (table === undefined)
      throw new CliError(`there is no table ${name}`, 'write it as SQL does: flows, netflow.flows, "Flows"');
    const columns = await client.query<LiveColumn>(COLUMNS, [name]);
    const keys = await client.query<LiveKey>(READ_INDEXES, [name]);
    return { ...table, columns: columns.rows, keys: keys.rows };
  } finally {
    await client.end();
  }
}
