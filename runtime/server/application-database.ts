/** The database of an application's own pool or client. */
import { applicationSource } from "../postgres/application.js";
import type { ApplicationConnections } from "../postgres/application-connections.js";
import { EventStorageError } from "../postgres/errors.js";
import { DatabaseSourceError, reasonOf } from "./errors.js";
import { connectionRemedy } from "./connection-remedy.js";
import { prepareDatabase, type PrepareOptions } from "./prepare.js";
import type { DatabaseHandle } from "./types.js";

/** What opening a store needs to know of its database. */
export type OpenedPlace = Pick<DatabaseHandle, "description" | "timeoutMs" | "searchPath" | "release"> & {
  /** Absent where the connections are the application's. */
  readonly connectionString?: string;
};

const DEFAULT_LIMIT_MS = 15_000;

/**
 * Looks at the database of an application's connections, and makes the extensions that are missing. Within a transaction of the application
 * nothing is made.
 *
 * @throws DatabaseSourceError `connection-failed` where there is no connection to be had, and those of prepareDatabase
 */
export async function openApplicationDatabase(
  connections: ApplicationConnections,
  { missing, limitMs = DEFAULT_LIMIT_MS }: Pick<PrepareOptions, "missing" | "limitMs">,
): Promise<OpenedPlace> {
  const source = applicationSource(connections, limitMs);
  try {
    const client = await source.acquire("openStorage");
    try {
      const isWithin = client.getTransactionStatus() !== "I";
      const { serverVersion, timeoutMs, searchPath } = await prepareDatabase(client, {
        missing: isWithin && (missing ?? "create") === "create" ? "refuse" : missing,
      });
      const description = `PostgreSQL ${serverVersion} over the application's connections`;
      return { description, timeoutMs, searchPath, release: () => Promise.resolve() };
    } finally {
      source.release(client, true);
    }
  } catch (error) {
    if (error instanceof DatabaseSourceError) throw error;
    const reason = error instanceof EventStorageError ? error.message : reasonOf(error);
    throw new DatabaseSourceError(
      "connection-failed",
      `No connection over the given pool: ${reason}. ${connectionRemedy(error)}`.trimEnd(),
      { cause: error },
    );
  }
}
