/** Least privilege: an owner, a writer and a reader of the store as roles of the database, which logins are made members of. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import {
  allTables,
  partitionedTables,
  storeTables,
  type StoreTables,
} from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { partitionName } from "../../../compiler/schema/day.js";
import { identifiers } from "../../../compiler/schema/ddl.js";
import { argumentError } from "../../../compiler/values/errors.js";
import { DataError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";
import { presentSpans } from "../schema/present.js";
import type { RolesOptions, RolesReport } from "../types.js";

const OPERATION = "rolesCreate";
const DEFAULT_PREFIX = "eventstore";
/** Longest prefix: names of roles have 63 bytes at most. */
const MAX_PREFIX_BYTES = 50;

/**
 * Creates the roles `<prefix>_reader`, `_writer` and `_owner`, none of which can log in, and gives them what they need; the schema has to be
 * there. Doing it twice changes nothing.
 *
 * - The reader searches, counts and charts.
 * - The writer also stores events and keeps thresholds. It deletes no event and makes no table: events of a day that has no partition yet go
 *   to the default partition, until the owner's `refresh` makes the day, which `refresh({ ahead: 2 })` once a day does beforehand.
 * - The owner may do everything; all tables become its own. A login that is a member acts as the owner with `options=-c role=<prefix>_owner` in its
 *   connection string, so that what it makes belongs to the role and can be read by the others.
 *
 * @throws DataError for a prefix that makes no name of a role; EventStorageError `privilege_missing` without the right to create roles
 */
export async function createRoles(
  session: Session,
  catalogue: Catalogue,
  { prefix = DEFAULT_PREFIX, signal, timeoutMs }: RolesOptions = {},
): Promise<RolesReport> {
  const tables = storeTables(catalogue);
  const bytes = Buffer.byteLength(prefix);
  if (bytes === 0 || bytes > MAX_PREFIX_BYTES || /[\u0000-\u001f]/.test(prefix) || prefix.startsWith("pg_"))
    throw argumentError(
      OPERATION,
      `"${prefix}" is no prefix of role names: 1 to ${MAX_PREFIX_BYTES} bytes without control characters, not starting with pg_`,
    );
  const roles = { owner: `${prefix}_owner`, writer: `${prefix}_writer`, reader: `${prefix}_reader` };
  return session.transaction(
    async (transaction) => {
      const run = (sql: string) => transaction.query(sql, [], { operation: OPERATION });
      const created: string[] = [];
      for (const role of Object.values(roles)) {
        const { rowCount } = await transaction.query("select from pg_roles where rolname = $1", [role]);
        if (rowCount > 0) continue;
        await run(`create role ${identifier(role)} nologin`);
        created.push(role);
      }
      const schemas = await readSchemas(transaction);
      const partitions = (await presentSpans(transaction, tables)).flatMap((span) =>
        partitionedTables(tables).map((table) => partitionName(table.name, span)),
      );
      for (const statement of roleStatements(tables, partitions, roles, schemas)) await run(statement);
      return { ...roles, created };
    },
    { signal, timeoutMs },
  );
}

interface Roles {
  readonly owner: string;
  readonly writer: string;
  readonly reader: string;
}

interface Schemas {
  /** Schema of the store. */
  readonly store: string;
  /** Schema of the types of addresses: ip4r's, or the compatibility schema. */
  readonly types: string;
}

async function readSchemas(session: Session): Promise<Schemas> {
  const { rows } = await session.query(
    "select current_schema() as store, (select typnamespace::regnamespace::text from pg_type where oid = to_regtype('iprange')) as types",
  );
  const [found] = rows;
  if (typeof found?.["store"] === "string" && typeof found["types"] === "string")
    return { store: identifier(found["store"]), types: found["types"] };
  throw new DataError(`${OPERATION}: there is no schema of the store; run databaseCreate() first`, {
    code: "object_missing",
    operation: OPERATION,
  });
}

/**
 * A trigger that keeps identifiers of stored events as they are for everybody but the owner; an identifier that is free, as its event went
 * with a dropped day, may be given to another event.
 */
function guardStatements({ ids, json, roles }: StoreTables): readonly string[] {
  const time = identifier(roles.time.column);
  const guard = identifier(`${ids.name}_guard`);
  return [
    `create or replace function ${guard}() returns trigger language plpgsql as $guard$\nbegin\n` +
      `  if exists (select from ${identifier(json.name)} j where j.seq = old.seq and j.${time} = old.${time})\n` +
      `    and not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'USAGE') then\n` +
      `    raise insufficient_privilege using message = 'permission denied: identifiers of stored events stay as they are';\n` +
      `  end if;\n  return new;\nend\n$guard$`,
    `drop trigger if exists ${guard} on ${identifier(ids.name)}`,
    `create trigger ${guard} before update on ${identifier(ids.name)} for each row execute function ${guard}()`,
  ];
}

/** Memberships, ownership and rights. */
function roleStatements(
  tables: StoreTables,
  partitions: readonly string[],
  roles: Roles,
  schemas: Schemas,
): readonly string[] {
  const [owner, writer, reader] = [roles.owner, roles.writer, roles.reader].map(identifier) as [
    string,
    string,
    string,
  ];
  const list = (members: readonly { readonly name: string }[]) =>
    members.map(({ name }) => identifier(name)).join(", ");
  const names = allTables(tables).map(({ name }) => name);
  const spare = partitionedTables(tables).map((table) => partitionName(table.name, null));
  const { events, json, ids, hours, words, thresholds, thresholded } = tables;
  return [
    `grant ${reader} to ${writer}`,
    `grant ${writer} to ${owner}`,
    // Whoever sets up the roles goes on as the owner, and needs to be one to give tables away.
    `grant ${owner} to current_user`,
    `grant usage on schema ${schemas.types} to ${reader}`,
    `grant usage on schema ${schemas.store} to ${reader}`,
    `grant usage, create on schema ${schemas.store} to ${owner}`,
    ...[...names, ...spare, ...partitions].map((name) => `alter table ${identifier(name)} owner to ${owner}`),
    `alter sequence ${identifier(tables.sequence)} owner to ${owner}`,
    // Searches read partitions by their names; those to come are the owner's.
    `alter default privileges for role ${owner} in schema ${schemas.store} grant select on tables to ${reader}`,
    `grant select on ${[...names, ...spare, ...partitions].map(identifier).join(", ")} to ${reader}`,
    `grant usage on sequence ${identifier(tables.sequence)} to ${writer}`,
    `grant insert on ${list([events, json, ids, hours, words, thresholds, thresholded])} to ${writer}`,
    // An older release granted more.
    `revoke update, delete, truncate on ${list([events, json, ids, hours, words])} from ${writer}`,
    // Only what a statement that stores events writes: an identifier that a dropped day left behind is taken over, and counters go up.
    `grant update (${identifiers([tables.roles.time.column, "seq"])}) on ${identifier(ids.name)} to ${writer}`,
    `grant update (inserted) on ${identifier(hours.name)} to ${writer}`,
    ...guardStatements(tables),
    `grant update on ${identifier(thresholds.name)} to ${writer}`,
    `grant delete on ${list([thresholds, thresholded])} to ${writer}`,
  ];
}
