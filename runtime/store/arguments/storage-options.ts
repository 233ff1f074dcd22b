/** The options of opening a store. Nobody is to get another database than the one that he thought he had named. */
import { checkOptions, isPlain, unknownOption } from "../../../compiler/values/checks.js";
import { argumentError } from "../../../compiler/values/errors.js";
import type { StorageOptions } from "../types.js";
import { STORAGE } from "./options.js";

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
  if (isPlain(options)) refusePool(operation, options["pool"]);
  checkOptions(operation, options, STORAGE);
}

/** A pool or client of `pg` is no object of settings: it would be ignored without a word. */
function refusePool(operation: string, pool: unknown): void {
  if (typeof pool !== "object" || pool === null || !("connect" in pool)) return;
  throw argumentError(
    operation,
    '"pool" is an object of settings ({ max, acquireTimeoutMs, statementBudget }), not a pool or client of pg; ' +
      "give its address as connectionString, and the store opens connections of its own",
  );
}
