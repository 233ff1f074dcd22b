/** Where the rows of a store are: on one server, or spread over the workers of a Citus cluster. The comment of the table of versions says which. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import type { StoreTables } from "../../../compiler/catalogue/tables.js";
import { CITUS_LAYOUT, citusStatements } from "../../../compiler/schema/citus.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { argumentError } from "../../../compiler/values/errors.js";
import { EventStorageError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";
import type { CreateOptions } from "../types/upkeep.js";
import { storeFunction, storeFunctionBody, storeFunctionStatements } from "../insert/spread-statements.js";
import { CLUSTER, LAYOUT, SHARDS, SPREAD_BY, STORE_FUNCTION } from "./layout-statements.js";

/** How a store was asked to be spread. */
export type Distributed = NonNullable<CreateOptions["distributed"]>;

/** The shards that were asked for; undefined where that is left to the cluster. */
export function wantedShards(distributed: Distributed): number | undefined {
  return distributed === "citus" ? undefined : distributed.citus.shards;
}

/** Where the rows of a store are. `other`: spread over workers as an earlier release did it, which this one can't read. */
export type Layout = "one server" | "citus" | "other";

/** Whether a store is spread over workers; null where there is no store. */
export async function presentLayout(session: Session, tables: StoreTables): Promise<Layout | null> {
  const { versions, events, roles } = tables;
  const { rows } = await session.query(LAYOUT, [identifier(versions.name)]);
  const [found] = rows;
  if (found?.["there"] !== true) return null;
  const isMarked = found["layout"] === CITUS_LAYOUT;
  if (found["cluster"] !== true) return isMarked ? "citus" : "one server";
  const spread = await session.query(SPREAD_BY, [identifier(events.name)]);
  const column = spread.rows[0]?.["column"];
  if (column === undefined) return "one server";
  return isMarked && column === roles.id.column ? "citus" : "other";
}

/** What is wrong with a store in a layout of an earlier release, and what to do about it. */
export function otherLayout(operation: string, { events }: StoreTables): EventStorageError {
  return new EventStorageError(
    `${operation}: an earlier release has spread the table "${events.name}" over the workers in a way that this one can't read. ` +
      "Bring its rows to the coordinator with undistribute_table (scripts/deploy/README.md shows how); the store is then one of one server, " +
      'and "eventstore export" and "eventstore ingest" move it into a new one made by "eventstore init --distributed citus"',
    { operation, code: "schema_foreign" },
  );
}

/**
 * Spreads a schema that was just created.
 *
 * @throws EventStorageError `object_missing` where the server has no Citus
 */
export async function distribute(
  transaction: Session,
  catalogue: Catalogue,
  distributed: Distributed,
): Promise<void> {
  const { rows } = await transaction.query(CLUSTER);
  if (rows[0]?.["available"] !== true)
    throw noCitus("it is not installed there: install Citus on the coordinator and on all workers");
  if (rows[0]["loaded"] !== true)
    throw noCitus(
      "it is not loaded: set shared_preload_libraries = 'citus' on the coordinator and on all workers, and restart them",
    );
  for (const statement of spreadStatements(catalogue, wantedShards(distributed)))
    await transaction.query(statement);
}

/** The statements that spread a schema that was just created, in order. @param shards as in `citusStatements` */
export function spreadStatements(catalogue: Catalogue, shards?: number): readonly string[] {
  return [...citusStatements(catalogue, shards), ...storeFunctionStatements(catalogue)];
}

/** Makes the function by which workers store events, where it is missing or that of another release; what was made. */
export async function updateStoreFunction(
  transaction: Session,
  catalogue: Catalogue,
): Promise<readonly string[]> {
  const statements = storeFunctionStatements(catalogue);
  if (statements.length === 0) return [];
  const { rows } = await transaction.query(STORE_FUNCTION, [
    storeFunction(catalogue),
    storeFunctionBody(catalogue),
  ]);
  if (rows[0]?.["present"] === true) return [];
  for (const statement of statements) await transaction.query(statement);
  return [`created ${storeFunction(catalogue)}: workers store the events of their shards by it`];
}

function noCitus(reason: string): EventStorageError {
  return new EventStorageError(`databaseCreate: "distributed" needs the extension citus, and ${reason}`, {
    operation: "databaseCreate",
    code: "object_missing",
  });
}

/**
 * Refuses to spread a store that is there otherwise: its rows would have to be moved.
 *
 * @throws DataError `argument_invalid`
 */
export async function refuseOtherLayout(
  session: Session,
  tables: StoreTables,
  distributed: Distributed,
): Promise<void> {
  const { events } = tables;
  const wanted = wantedShards(distributed);
  if ((await presentLayout(session, tables)) !== "citus")
    throw argumentError(
      "databaseCreate",
      'the store is there and keeps its rows on one server; "distributed" is for a new one: make it in an empty database of the cluster, ' +
        'and move the events with "eventstore export" and "eventstore ingest"',
    );
  if (wanted === undefined) return;
  const counted = await session.query(SHARDS, [identifier(events.name)]);
  const shards = Number(counted.rows[0]?.["shards"]);
  if (wanted !== shards)
    throw argumentError(
      "databaseCreate",
      `the store is there with ${shards} shards, and stays so: leave "shards" out, or make a new store with ${wanted}`,
    );
}
