/** Where the rows of a store are: on one server, or spread over the workers of a Citus cluster. The comment of the table of versions says which. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import type { StoreTables } from "../../../compiler/catalogue/tables.js";
import { CITUS_LAYOUT, citusStatements } from "../../../compiler/schema/citus.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { argumentError } from "../../../compiler/values/errors.js";
import { EventStorageError } from "../../postgres/errors.js";
import type { Session } from "../../postgres/session.js";
import type { CreateOptions } from "../types.js";
import { CLUSTER, LAYOUT, SHARDS } from "./layout-statements.js";

/** How a store was asked to be spread. */
export type Distributed = NonNullable<CreateOptions["distributed"]>;

/** The shards that were asked for; undefined where that is left to the cluster. */
export function wantedShards(distributed: Distributed): number | undefined {
  return distributed === "citus" ? undefined : distributed.citus.shards;
}

/** Whether a store is spread over workers; null where there is no store. */
export async function presentLayout(
  session: Session,
  { versions }: StoreTables,
): Promise<"one server" | "citus" | null> {
  const { rows } = await session.query(LAYOUT, [identifier(versions.name)]);
  const [found] = rows;
  if (found?.["there"] !== true) return null;
  return found["layout"] === CITUS_LAYOUT ? "citus" : "one server";
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
  for (const statement of citusStatements(catalogue, wantedShards(distributed)))
    await transaction.query(statement);
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
