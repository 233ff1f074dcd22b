/** The statements that look at a database before it is used, and that make what it lacks. */

/** What a store needs to know of a database; `$1` names the extensions that it needs. */
export const INSPECTION = `SELECT current_setting('server_version') AS version,
            current_setting('server_version_num')::int AS version_number,
            (SELECT n.nspname FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.oid = to_regtype('iprange')) AS ranges_schema,
            (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'ip4r') AS ip4r_schema,
            EXISTS (SELECT FROM pg_available_extensions WHERE name = 'ip4r') AS ip4r_available,
            ARRAY(SELECT name FROM unnest($1::text[]) name WHERE name NOT IN (SELECT extname FROM pg_extension)) AS missing,
            pg_is_in_recovery() AS in_recovery,
            current_setting('search_path') AS search_path,
            (SELECT setting FROM pg_settings WHERE name = 'statement_timeout') AS timeout`;

/** Takes a lock until the end of the transaction. */
export const LOCK_PREPARATION = "SELECT pg_advisory_xact_lock($1)";

/** Makes an extension. */
export function createExtensionText(name: string): string {
  return `create extension if not exists ${name}`;
}

/** Whether there is a database of this name. */
export const DATABASE_OF_NAME = "SELECT FROM pg_database WHERE datname = $1";

/** Makes a database. */
export function createDatabaseText(name: string): string {
  return `CREATE DATABASE ${name}`;
}

/** Makes a schema, whose name is given in quotes. */
export function createSchemaText(quoted: string): string {
  return `create schema if not exists ${quoted}`;
}

/** Puts a schema, whose name is given in quotes, before the others of the session's search path. */
export function schemaFirstText(quoted: string): string {
  return `select set_config('search_path', $path$${quoted}, $path$ || current_setting('search_path'), false)`;
}
