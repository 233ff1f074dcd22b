/** What the server has to have: address ranges with ip4r's operators. */
import { DataError, EventStorageError, mapError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";

/**
 * Makes sure that the type `iprange` is there: of ip4r, which is created where the server has it, or of the compatibility schema of an
 * embedded server.
 *
 * @throws EventStorageError `object_missing`, naming the package to install
 */
export async function requireRanges(session: Session): Promise<void> {
  const { rows } = await session.query(
    `select to_regtype('iprange') is not null as present, current_setting('server_version_num')::int / 10000 as major, ` +
      `exists (select from pg_available_extensions where name = 'ip4r') as available, ` +
      `(select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'ip4r') as schema`,
  );
  const [found] = rows;
  if (found === undefined)
    throw new DataError("the server did not say whether it has ip4r", { operation: "databaseCreate" });
  if (found["present"] === true) return;
  const major = Number(found["major"]);
  if (typeof found["schema"] === "string")
    throw missing(
      `the extension ip4r is in the schema ${found["schema"]}, which is not on the search_path: add it there`,
    );
  if (found["available"] !== true)
    throw missing(
      `the server has no extension ip4r, which keeps the addresses of the events: install the package postgresql-${major}-ip4r ` +
        `(Debian, Ubuntu) or ip4r_${major} (Red Hat) on the server, and run this again`,
    );
  try {
    await session.transaction((inner) => inner.query("create extension if not exists ip4r"));
  } catch (error) {
    const reason = mapError(error, { operation: "create extension ip4r" }).message;
    throw missing(
      `the database has no extension ip4r, and it cannot be created here: let an administrator of the server run CREATE EXTENSION ip4r (${reason})`,
    );
  }
}

function missing(message: string): EventStorageError {
  return new EventStorageError(message, { operation: "databaseCreate", code: "object_missing" });
}
