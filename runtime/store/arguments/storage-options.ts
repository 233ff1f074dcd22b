/** The options of opening a store. Nobody is to get another database than the one that he thought he had named. */
import { checkOptions, isPlain, unknownOption } from "../../../compiler/values/checks.js";
import { argumentError } from "../../../compiler/values/errors.js";
import type { StorageOptions } from "../types/storage-options.js";
import { connectionsProblem, isPool } from "../../postgres/application-connections.js";
import { resolveTarget } from "../../postgres/target.js";
import { STORAGE, isPoolSettings } from "./options.js";

/** Names by which other libraries ask for a server. */
const CONNECTION_WORDS: ReadonlySet<string> = new Set([
  ...[
    "host",
    "hostaddr",
    "port",
    "dbname",
    "database",
    "user",
    "username",
    "uri",
    "url",
    "dsn",
    "connection",
  ],
]);

/**
 * @param operation who asks, for the message
 * @throws DataError `argument_invalid` for an unknown option or a wrong value
 */
export function checkStorageOptions(operation: string, options: unknown): asserts options is StorageOptions {
  if (isPlain(options))
    for (const key of Object.keys(options))
      if (CONNECTION_WORDS.has(key.toLowerCase()) && !Object.hasOwn(STORAGE, key))
        throw unknownOption(
          operation,
          key,
          [],
          'name the database by connectionString: "postgres://user@host:5432/database"',
        );
  checkOptions(operation, options, STORAGE);
  if (isPlain(options)) checkConnections(operation, options);
  for (const [at, url] of ((options as StorageOptions | undefined)?.readFrom ?? []).entries())
    checkAddress(operation, url, at);
}

/** An address of a standby that can't be read is not one that is away. */
function checkAddress(operation: string, url: string, at: number): void {
  try {
    resolveTarget({ connectionString: url });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw argumentError(operation, `"readFrom", address ${at + 1}: ${reason}`, error);
  }
}

/** What says where to connect to, or how, has no say over connections that are there. */
const OF_OWN_CONNECTIONS = [
  "connectionString",
  "embedded",
  "dataDir",
  "password",
  "ssl",
  "pooler",
  "statements",
] as const satisfies readonly (keyof StorageOptions)[];

function checkConnections(operation: string, options: Readonly<Record<string, unknown>>): void {
  const { pool } = options;
  if (pool === undefined || isPoolSettings(pool)) return;
  const problem = connectionsProblem(pool);
  if (problem !== null)
    throw argumentError(
      operation,
      `what was given as "pool" ${problem}; give settings ({ max, acquireTimeoutMs, statementBudget }), a pool of pg, or a connected client`,
    );
  const { readFrom } = options;
  if (Array.isArray(readFrom) && readFrom.length > 0 && !isPool(pool as object))
    throw argumentError(
      operation,
      '"readFrom" is not for a client of yours: reads within its transactions have to stay on it; give a pool',
    );
  const other = OF_OWN_CONNECTIONS.find((name) => options[name] !== undefined);
  if (other !== undefined)
    throw argumentError(
      operation,
      `"${other}" is about connections of the store's own, and "pool" gives it yours; leave one of them out`,
    );
}
