/** Least privilege: an owner, a writer and a reader of the store as roles of the database, which logins are made members of. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { isSpread } from "../../../compiler/catalogue/spread.js";
import { partitionedTables, storeTables, type StoreTables } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { partitionName } from "../../../compiler/schema/day.js";
import { argumentError } from "../../../compiler/values/errors.js";
import { DataError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { lockDays } from "../schema/days.js";
import { withLockAttempts } from "../schema/locks.js";
import { presentSpans } from "../schema/present.js";
import {
  createRoleText,
  NOT_OWNED,
  partitionStatements,
  ROLE_OF_NAME,
  roleStatements,
  spreadWritingStatements,
  writingStatements,
  SCHEMAS,
  type Roles,
  type Schemas,
} from "./statements.js";
import type { RolesOptions, RolesReport } from "../types/upkeep.js";

const OPERATION = "rolesCreate";
const DEFAULT_PREFIX = "eventstore";
/** Longest prefix: names of roles have 63 bytes at most. */
const MAX_PREFIX_BYTES = 50;

/**
 * Creates the roles `<prefix>_reader`, `_writer` and `_owner`, none of which can log in, and gives them what they need; the schema has to be
 * there. Doing it twice changes nothing, and what was interrupted is completed by the next call.
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
  // Those of an attempt whose COMMIT had no answer are among them.
  const created = new Set<string>();
  await withLockAttempts(
    session,
    async (transaction) => {
      const run = (sql: string) => transaction.query(sql, [], { operation: OPERATION });
      for (const role of Object.values(roles)) {
        const { rowCount } = await transaction.query(ROLE_OF_NAME, [role]);
        if (rowCount > 0) continue;
        await run(createRoleText(role));
        created.add(role);
      }
      const schemas = await readSchemas(transaction);
      const writing = isSpread(catalogue) ? spreadWritingStatements : writingStatements;
      for (const statement of [...roleStatements(tables, roles, schemas), ...writing(tables, roles)])
        await run(statement);
    },
    { signal, timeoutMs },
  );
  await givePartitions(session, tables, roles, { signal, timeoutMs });
  return { ...roles, created: [...created] };
}

/** One partition after the other: each takes locks on itself and all of its indexes, and waits for those who read it. */
async function givePartitions(
  session: Session,
  tables: StoreTables,
  roles: Roles,
  limits: CallOptions,
): Promise<void> {
  const partitions = (await presentSpans(session, tables)).flatMap((span) =>
    partitionedTables(tables).map((table) => partitionName(table.name, span)),
  );
  const { rows } = await session.query(NOT_OWNED, [partitions, roles.owner], limits);
  for (const { name } of rows)
    await withLockAttempts(
      session,
      async (transaction) => {
        // Retention may have dropped it.
        await lockDays(transaction, tables);
        if ((await transaction.query(NOT_OWNED, [[name], roles.owner])).rowCount === 0) return;
        for (const statement of partitionStatements(String(name), roles))
          await transaction.query(statement, [], { operation: OPERATION });
      },
      limits,
    );
}

async function readSchemas(session: Session): Promise<Schemas> {
  const { rows } = await session.query(SCHEMAS);
  const [found] = rows;
  if (typeof found?.["store"] === "string" && typeof found["types"] === "string")
    return { store: identifier(found["store"]), types: found["types"] };
  throw new DataError(`${OPERATION}: there is no schema of the store; run databaseCreate() first`, {
    code: "object_missing",
    operation: OPERATION,
  });
}
