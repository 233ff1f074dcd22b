import type pg from "pg";
import { connectTo, cutOff, hangUp, type ConnectedClient } from "../postgres/connect.js";
import { isDamagedLibrary } from "../postgres/failures.js";
import { resolveTarget, type ConnectionTarget, type TargetOptions } from "../postgres/target.js";
import { createExtensionText, INSPECTION, LOCK_PREPARATION } from "./sql/preparation.js";
import { compatSchema, compatSql } from "./sql/compat.js";
import { connectionRemedy } from "./connection-remedy.js";
import { codeOf, DatabaseSourceError, reasonOf } from "./errors.js";
import type { MissingParts } from "./types.js";
import { oldestMajor } from "./installations.js";
import { redactUrl } from "./redact.js";

/** Extensions besides ip4r that the event store's indexes need. Both come with PostgreSQL and are trusted. */
const extensions = ["pg_trgm", "btree_gin"] as const;

/** Any number: everybody who prepares a database takes this advisory lock, as CREATE EXTENSION IF NOT EXISTS is not proof against races. */
const preparationLock = 7_316_520_011;

/** What a prepared database is. */
export interface PreparedDatabase {
  readonly serverVersion: string;
  readonly ranges: "ip4r" | "ip4r_compat" | null;
  /** Milliseconds that the role, the database or the server allow a statement; 0 where they say nothing. */
  readonly timeoutMs: number;
  /** `search_path` of a session that says nothing: SQL text. */
  readonly searchPath: string;
}

/** How a database at a URL is opened. */
export interface PrepareOptions extends Omit<TargetOptions, "connectionString"> {
  /** Whether to install the compatibility schema where ip4r is not available (private embedded servers only). */
  readonly allowCompat?: boolean | undefined;
  /** What to do where something is missing; `create` when absent. */
  readonly missing?: MissingParts | undefined;
  /** Milliseconds for all of it; 15,000 when absent. */
  readonly limitMs?: number | undefined;
}

interface Inspection {
  readonly version: string;
  readonly version_number: number;
  readonly ranges_schema: string | null;
  readonly ip4r_schema: string | null;
  readonly ip4r_available: boolean;
  readonly missing: readonly string[];
  readonly in_recovery: boolean;
  readonly timeout: string;
  readonly search_path: string;
}

async function inspect(client: pg.ClientBase): Promise<Inspection> {
  const { rows } = await client.query<Inspection>(INSPECTION, [extensions]);
  const [inspection] = rows;
  if (inspection === undefined)
    throw new DatabaseSourceError("connection-failed", "The server did not answer.");
  return inspection;
}

/** `15.18 (Debian 15.18-0+deb12u1)` → `15.18`. */
function shortVersion(version: string): string {
  return version.split(" ")[0] ?? version;
}

function ip4rMissing(found: Inspection): DatabaseSourceError {
  const major = Math.floor(found.version_number / 10_000);
  const message =
    found.ip4r_schema !== null
      ? `The extension ip4r lies in the schema "${found.ip4r_schema}", which is not on the search path. ` +
        `Put it there: ALTER DATABASE … SET search_path = "$user", public, "${found.ip4r_schema}".`
      : `The server (PostgreSQL ${found.version}) does not have the extension ip4r, which the event store needs. Install its package on the ` +
        `server (postgresql-${major}-ip4r on Debian and Ubuntu, ip4r_${major} on Red Hat); then run CREATE EXTENSION ip4r in this database.`;
  return new DatabaseSourceError("ip4r-missing", message);
}

async function createExtension(client: pg.ClientBase, name: string): Promise<void> {
  try {
    await client.query(createExtensionText(name));
  } catch (error) {
    const remedy =
      codeOf(error) === "42501"
        ? `Ask an administrator of the database to run CREATE EXTENSION ${name}.`
        : isDamagedLibrary(reasonOf(error))
          ? "Its library does not fit the running server, as after an upgrade: restart the server."
          : `Install the server's additional modules (postgresql-contrib), then run CREATE EXTENSION ${name} in this database.`;
    throw new DatabaseSourceError(
      name === "ip4r" ? "ip4r-missing" : "extension-missing",
      `The database does not have the extension ${name}, and creating it failed: ${reasonOf(error)}. ${remedy}`,
      { cause: error },
    );
  }
}

/**
 * Makes sure that a database has what the event store's tables need: `iprange` on the search path (ip4r, or the compatibility
 * schema), pg_trgm and btree_gin. Changes nothing where all is there, so it needs no rights then, and may be repeated.
 *
 * @param client connected, outside a transaction
 * @throws DatabaseSourceError `server-too-old`, `ip4r-missing`, `extension-missing`, `no-store`
 */
export async function prepareDatabase(
  client: pg.ClientBase,
  { allowCompat, missing = "create" }: Pick<PrepareOptions, "allowCompat" | "missing"> = {},
): Promise<PreparedDatabase> {
  const seen = await inspect(client);
  if (seen.version_number < oldestMajor * 10_000) {
    throw new DatabaseSourceError(
      "server-too-old",
      `The server is PostgreSQL ${seen.version}; the event store needs version ${oldestMajor} or newer.`,
    );
  }
  const isComplete = seen.ranges_schema !== null && seen.missing.length === 0;
  if (!isComplete && missing === "refuse")
    throw new DatabaseSourceError(
      "no-store",
      "There is no store here: the database does not have the extensions of one. `eventstore init` makes it.",
    );
  if (missing === "ignore" && seen.ranges_schema === null) throw ip4rMissing(seen);
  const isLeft = isComplete || missing === "ignore" || missing === "unneeded";
  const found = isLeft ? seen : await install(client, { allowCompat });
  return {
    serverVersion: shortVersion(found.version),
    ranges: rangesOf(found),
    timeoutMs: Number(found.timeout),
    searchPath: found.search_path,
  };
}

function rangesOf({ ranges_schema: schema }: Inspection): PreparedDatabase["ranges"] {
  if (schema === null) return null;
  return schema === compatSchema ? "ip4r_compat" : "ip4r";
}

async function install(
  client: pg.ClientBase,
  { allowCompat }: Pick<PrepareOptions, "allowCompat">,
): Promise<Inspection> {
  await client.query("BEGIN");
  try {
    await client.query(LOCK_PREPARATION, [preparationLock]);
    const found = await inspect(client);
    for (const name of found.missing) await createExtension(client, name);
    if (found.ranges_schema === null && found.ip4r_schema === null) {
      if (found.ip4r_available) await createExtension(client, "ip4r");
      else if (allowCompat === true) await client.query(compatSql);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
  const found = await inspect(client);
  if (found.ranges_schema === null) throw ip4rMissing(found);
  return found;
}

const DEFAULT_LIMIT_MS = 15_000;

/** Resolves a connection string. @throws DatabaseSourceError `connection-failed` for one that is not understood */
export function targetOf(connectionString: string, options: PrepareOptions): ConnectionTarget {
  try {
    return resolveTarget({ ...options, connectionString });
  } catch (error) {
    const reason = reasonOf(error);
    throw new DatabaseSourceError(
      "connection-failed",
      `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
      {
        cause: error,
      },
    );
  }
}

/**
 * Connects to a URL, prepares the database and disconnects, all within the limit, also where the server falls silent.
 * @throws DatabaseSourceError `connection-failed`, and those of {@link prepareDatabase}; messages show the URL without password
 */
export async function prepareUrl(
  connectionString: string,
  options: PrepareOptions = {},
): Promise<PreparedDatabase> {
  const target = targetOf(connectionString, options);
  const limitMs = options.limitMs ?? target.connectTimeoutMs ?? DEFAULT_LIMIT_MS;
  let client: ConnectedClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  const late = new AbortController();
  try {
    const applicationName = target.applicationName ?? "eventstore";
    const started = performance.now();
    client = await connectTo(target, { applicationName, options: target.options, limitMs }).catch(
      (error: unknown) => {
        // A pooler may take no settings; nothing here depends on them.
        if (!/unsupported startup parameter/.test(reasonOf(error))) throw error;
        return connectTo(target, { applicationName, options: "", limitMs });
      },
    );
    const connected = client;
    timer = setTimeout(
      () => {
        late.abort();
        cutOff(connected);
      },
      Math.max(1, limitMs - (performance.now() - started)),
    );
    return await prepareDatabase(client, options);
  } catch (error) {
    if (error instanceof DatabaseSourceError) throw error;
    const reason = late.signal.aborted
      ? `the server does not answer within ${limitMs} ms`
      : redactUrl(reasonOf(error));
    throw new DatabaseSourceError(
      "connection-failed",
      `No connection to ${target.description}: ${reason}. ${connectionRemedy(error)}`.trimEnd(),
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
    if (client !== undefined) await hangUp(client);
  }
}
