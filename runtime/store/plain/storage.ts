/** The part of an open store that depends on whose tables they are, for a table that something else keeps. */
import type { Session } from "../../postgres/session.js";
import type { StoreContext } from "../context.js";
import type { EventOperations, EventStorage } from "../types.js";
import { createPlainOperations, refusal } from "./operations.js";

type Upkeep =
  | "databaseCreate"
  | "databaseDrop"
  | "indexCreate"
  | "indexDrop"
  | "mergePartitions"
  | "splitPartitions"
  | "archivePartitions"
  | "rolesCreate"
  | "verify"
  | "tableStatus"
  | "databaseStatus";

/** What a store does to its tables, and how it ends its own work before the connections are closed. */
export interface StorageParts extends EventOperations, Pick<EventStorage, Upkeep> {
  readonly close: () => Promise<void>;
}

const REASONS: Readonly<Record<Upkeep, string>> = {
  databaseCreate: "its schema belongs to what keeps it",
  databaseDrop: "its schema belongs to what keeps it",
  indexCreate: "its indexes belong to what keeps it",
  indexDrop: "its indexes belong to what keeps it",
  mergePartitions: "its partitions belong to what keeps it",
  splitPartitions: "its partitions belong to what keeps it",
  verify: "its tables are looked after by what keeps it",
  archivePartitions: "its partitions belong to what keeps it",
  rolesCreate: "its roles belong to what keeps it",
  tableStatus: "it has none of the tables that are told of",
  databaseStatus: "it has none of the tables that are told of",
};

/** The operations over a table that something else keeps. It is only read. */
export function plainStorage(session: Session, context: StoreContext): StorageParts {
  const upkeep = Object.entries(REASONS).map(([operation, reason]) => [
    operation,
    () => Promise.reject(refusal(operation, context.catalogue.table.name, reason)),
  ]);
  return {
    ...createPlainOperations(session, context),
    ...(Object.fromEntries(upkeep) as Pick<EventStorage, Upkeep>),
    close: () => Promise.resolve(),
  };
}
