/** The statements that make the roles of a store and give them their rights. */
import { allTables, partitionedTables, type StoreTables } from "../../../compiler/catalogue/tables.js";
import { partitionName } from "../../../compiler/schema/day.js";
import { identifiers } from "../../../compiler/schema/ddl.js";
import { identifier } from "../../../compiler/sql/fragment.js";

/** Names of the roles. */
export interface Roles {
  readonly owner: string;
  readonly writer: string;
  readonly reader: string;
}

/** Schemas of a store, as SQL names. */
export interface Schemas {
  /** Schema of the store. */
  readonly store: string;
  /** Schema of the types of addresses: ip4r's, or the compatibility schema. */
  readonly types: string;
}

/** Whether there is a role of this name. */
export const ROLE_OF_NAME = "select from pg_roles where rolname = $1";

/** Schema of the store, and that of the types of addresses. */
export const SCHEMAS =
  "select current_schema() as store, (select typnamespace::regnamespace::text from pg_type where oid = to_regtype('iprange')) as types";

/** Makes a role that can't log in. */
export function createRoleText(role: string): string {
  return `create role ${identifier(role)} nologin`;
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

/** Only what a statement that stores events writes: an identifier that a dropped day left behind is taken over, and counters go up. */
export function writingStatements(tables: StoreTables, { writer }: Roles): readonly string[] {
  const { ids, hours } = tables;
  return [
    `grant update (${identifiers([tables.roles.time.column, "seq"])}) on ${identifier(ids.name)} to ${identifier(writer)}`,
    `grant update (inserted) on ${identifier(hours.name)} to ${identifier(writer)}`,
    ...guardStatements(tables),
  ];
}

/**
 * The same on a cluster, where columns have no rights of their own and tables no triggers. Identifiers stay as they are for the writer: one that a
 * dropped day left behind is free again with the next refresh.
 */
export function spreadWritingStatements({ hours }: StoreTables, { writer }: Roles): readonly string[] {
  return [`grant update on ${identifier(hours.name)} to ${identifier(writer)}`];
}

/** Which of some tables belong to somebody else than a role. */
export const NOT_OWNED =
  "select c.relname as name from pg_class c where c.relnamespace = quote_ident(current_schema())::regnamespace " +
  "and c.relname = any($1::text[]) and pg_get_userbyid(c.relowner) <> $2 order by c.relname desc";

/** The statements that give a partition to the owner, for the others to read. */
export function partitionStatements(partition: string, { owner, reader }: Roles): readonly string[] {
  return [
    `alter table ${identifier(partition)} owner to ${identifier(owner)}`,
    `grant select on ${identifier(partition)} to ${identifier(reader)}`,
  ];
}

/** Memberships, ownership and rights, but for those of the partitions of days. */
export function roleStatements(tables: StoreTables, roles: Roles, schemas: Schemas): readonly string[] {
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
    ...[...names, ...spare].map((name) => `alter table ${identifier(name)} owner to ${owner}`),
    `alter sequence ${identifier(tables.sequence)} owner to ${owner}`,
    // Searches read partitions by their names; those to come are the owner's.
    `alter default privileges for role ${owner} in schema ${schemas.store} grant select on tables to ${reader}`,
    `grant select on ${[...names, ...spare].map(identifier).join(", ")} to ${reader}`,
    `grant usage on sequence ${identifier(tables.sequence)} to ${writer}`,
    `grant insert on ${list([events, json, ids, hours, words, thresholds, thresholded])} to ${writer}`,
    // An older release granted more.
    `revoke update, delete, truncate on ${list([events, json, ids, hours, words])} from ${writer}`,
    `grant update on ${identifier(thresholds.name)} to ${writer}`,
    `grant delete on ${list([thresholds, thresholded])} to ${writer}`,
  ];
}
