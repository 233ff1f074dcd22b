/** A database of Mentat's, of either schema, as the source of an import. */
import { createHash } from "node:crypto";
import pg from "../../../runtime/postgres/driver/pg.js";
import { oneLine } from "../../../runtime/postgres/errors.js";
import { CliError } from "../errors.js";
import { COLUMNS_OF_TABLES, IDENTITY, OPEN_SNAPSHOT } from "./statements.js";

/** The tables and columns that a database of Mentat's has. */
export interface MentatSchema {
  /** Quoted names with their schema. */
  readonly events: string;
  readonly json: string;
  /** `storagetime`, in the older schema `cesnet_storagetime`; so are the other derived columns. */
  readonly storageTime: string;
  readonly severity: string;
  readonly eventClass: string;
  /** Tables of thresholding, where there are any. */
  readonly thresholds: string | null;
  readonly thresholded: string | null;
  /** Columns of the table of thresholds. */
  readonly thresholdsColumns: ReadonlySet<string>;
  /** Columns of the table of thresholded events. */
  readonly thresholdedColumns: ReadonlySet<string>;
}

/** An open source: one connection in one read-only snapshot. */
export interface MentatSource {
  readonly client: pg.Client;
  readonly schema: MentatSchema;
  /** Tells this source from others: server, database and table. */
  readonly identity: string;
  readonly close: () => Promise<void>;
}

/**
 * Connects, finds the tables and begins the snapshot.
 *
 * @throws CliError when the database does not answer or has no tables of Mentat's
 */
export async function openMentat(url: string): Promise<MentatSource> {
  const client = await connect(url);
  try {
    for (const statement of OPEN_SNAPSHOT) await client.query(statement);
    const schema = await findSchema(client);
    const { rows } = await client.query<{ name: string }>(IDENTITY);
    const identity = createHash("sha256")
      .update(`${rows[0]?.name ?? ""}/${schema.events}`)
      .digest("hex");
    return { client, schema, identity, close: () => client.end().catch(() => undefined) };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error instanceof CliError ? error : sourceError(error);
  }
}

async function connect(url: string): Promise<pg.Client> {
  let client: pg.Client;
  try {
    client = new pg.Client({ connectionString: url, application_name: "eventstore import" });
  } catch (error) {
    throw new CliError("--from is no connection URL of PostgreSQL", "postgresql://USER@HOST/DATABASE", {
      cause: error,
    });
  }
  // A connection that is lost later is told by the query that is running.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw sourceError(error);
  }
  return client;
}

/** What went wrong with the source, without its URL. */
export function sourceError(error: unknown): CliError {
  const reason = error instanceof AggregateError ? error.errors.map(String).join("; ") : error;
  const text = oneLine(reason instanceof Error ? reason.message : String(reason));
  return new CliError(
    `--from: the database of Mentat: ${text}`,
    "what was imported is kept; run it again to go on",
    {
      cause: error,
    },
  );
}

interface ColumnRow {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/** Tables of the search path by their columns. The names may have a prefix (`legacy_events`), which both have in common. */
async function findSchema(client: pg.Client): Promise<MentatSchema> {
  const { rows } = await client.query<ColumnRow>(COLUMNS_OF_TABLES);
  const tables = new Map(rows.map((row) => [row.table, row]));
  for (const { schema, table, columns } of rows) {
    const json = tables.get(`${table}_json`);
    const storageTime = ["storagetime", "cesnet_storagetime"].find((name) => columns.includes(name));
    const isPair = json?.columns.includes("event") === true && columns.includes("detecttime");
    if (!isPair || storageTime === undefined) continue;
    const prefix = storageTime.slice(0, -"storagetime".length);
    const stem = table.replace(/events$/, "");
    const other = (name: string): string | null =>
      tables.has(stem + name) ? quoted(schema, stem + name) : null;
    return {
      events: quoted(schema, table),
      json: quoted(schema, json.table),
      storageTime,
      severity: `${prefix}eventseverity`,
      eventClass: `${prefix}eventclass`,
      thresholds: other("thresholds"),
      thresholded: other("events_thresholded"),
      thresholdsColumns: new Set(tables.get(`${stem}thresholds`)?.columns ?? []),
      thresholdedColumns: new Set(tables.get(`${stem}events_thresholded`)?.columns ?? []),
    };
  }
  throw new CliError(
    "--from: there are no tables of Mentat's in this database",
    "it needs `events` with detecttime and storagetime (or cesnet_storagetime), and `events_json` with event",
  );
}

const quoted = (schema: string, table: string): string =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
