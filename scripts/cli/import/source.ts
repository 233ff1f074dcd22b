/** A database of Mentat's, of either schema, as the source of an import. */
import { createHash } from "node:crypto";
import { connectTo, hangUp, type ConnectedClient } from "../../../runtime/postgres/connect.js";
import pg from "../../../runtime/postgres/driver/pg.js";
import { EventStorageError, oneLine } from "../../../runtime/postgres/errors.js";
import { resolveTarget } from "../../../runtime/postgres/target.js";
import { CliError } from "../errors.js";
import { COLUMNS_OF_TABLES, IDENTITY, OPEN_SNAPSHOT, SETTLED_BEFORE, SYSTEM } from "./statements.js";

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
  /** Naive UTC: whatever was stored before it is in the snapshot. Of what was stored later, some may have been committed after the snapshot. */
  readonly settledBefore: string;
  readonly close: () => Promise<void>;
}

/**
 * Connects, finds the tables and begins the snapshot.
 *
 * @throws CliError when the database does not answer, has no tables of Mentat's, or does not let this role read them
 */
export async function openMentat(url: string): Promise<MentatSource> {
  const client = await connect(url);
  try {
    const system = await systemOf(client);
    for (const statement of OPEN_SNAPSHOT) await client.query(statement);
    const schema = await findSchema(client);
    const settledBefore = await textOf(client, SETTLED_BEFORE);
    const identity = createHash("sha256").update(`${system}/${schema.events}`).digest("hex");
    return { client, schema, identity, settledBefore, close: () => hangUp(client) };
  } catch (error) {
    await hangUp(client);
    throw error instanceof CliError ? error : sourceError(error);
  }
}

/** Milliseconds for a connection. */
const CONNECT_MS = 15_000;

async function connect(url: string): Promise<ConnectedClient> {
  try {
    const target = resolveTarget({ connectionString: url });
    return await connectTo(target, {
      applicationName: "eventstore import",
      options: target.options,
      limitMs: CONNECT_MS,
    });
  } catch (error) {
    if (error instanceof EventStorageError && error.code === "configuration_invalid")
      throw new CliError(`--from: ${error.message}`, "postgresql://USER@HOST/DATABASE", { cause: error });
    throw sourceError(
      error,
      "is the server running, and does --from name the right server, database and role?",
    );
  }
}

/** The cluster and the database, however they are reached; the address of the server where this role may not ask for more. */
async function systemOf(client: pg.Client): Promise<string> {
  return textOf(client, SYSTEM).catch(() => textOf(client, IDENTITY));
}

async function textOf(client: pg.Client, statement: string): Promise<string> {
  const { rows } = await client.query<{ value: string }>(statement);
  return rows[0]?.value ?? "";
}

/** What went wrong with the source, without its URL. */
export function sourceError(error: unknown, hint = hintOf(error)): CliError {
  const reason = error instanceof AggregateError ? error.errors.map(String).join("; ") : error;
  const text = oneLine(reason instanceof Error ? reason.message : String(reason));
  return new CliError(`--from: the database of Mentat: ${text}`, hint, { cause: error });
}

function hintOf(error: unknown): string {
  const again = "what was imported is kept; run it again to go on";
  const message = error instanceof Error ? error.message : "";
  return /conflict with recovery/.test(message)
    ? `a standby gave up the snapshot: set max_standby_streaming_delay there to -1, or hot_standby_feedback to on. ${again}`
    : again;
}

interface ColumnRow {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly readable: boolean;
}

/** Tables of the search path by their columns. The names may have a prefix (`legacy_events`), which both have in common. */
async function findSchema(client: pg.Client): Promise<MentatSchema> {
  const { rows } = await client.query<ColumnRow>(COLUMNS_OF_TABLES);
  for (const { schema, table, columns } of rows) {
    const sibling = (name: string): ColumnRow | undefined =>
      rows.find((row) => row.schema === schema && row.table === name);
    const json = sibling(`${table}_json`);
    const storageTime = ["storagetime", "cesnet_storagetime"].find((name) => columns.includes(name));
    const isPair = json?.columns.includes("event") === true && columns.includes("detecttime");
    if (!isPair || storageTime === undefined) continue;
    const prefix = storageTime.slice(0, -"storagetime".length);
    const stem = table.replace(/events$/, "");
    const [thresholds, thresholded] = [sibling(`${stem}thresholds`), sibling(`${stem}events_thresholded`)];
    refuseUnreadable([sibling(table), json, thresholds, thresholded]);
    const name = (row: ColumnRow | undefined): string | null =>
      row === undefined ? null : quoted(schema, row.table);
    return {
      events: quoted(schema, table),
      json: quoted(schema, json.table),
      storageTime,
      severity: `${prefix}eventseverity`,
      eventClass: `${prefix}eventclass`,
      thresholds: name(thresholds),
      thresholded: name(thresholded),
      thresholdsColumns: new Set(thresholds?.columns),
      thresholdedColumns: new Set(thresholded?.columns),
    };
  }
  throw new CliError(
    "--from: there are no tables of Mentat's in this database, or this role may not use their schema",
    "it needs `events` with detecttime and storagetime (or cesnet_storagetime), and `events_json` with event",
  );
}

function refuseUnreadable(tables: readonly (ColumnRow | undefined)[]): void {
  const names = tables.flatMap((row) => (row?.readable === false ? [quoted(row.schema, row.table)] : []));
  if (names.length === 0) return;
  const list = names.join(", ");
  throw new CliError(
    `--from: this role may not read ${list}`,
    `grant it the right: grant select on ${list} to ROLE`,
  );
}

const quoted = (schema: string, table: string): string =>
  `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
