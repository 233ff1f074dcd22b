/** The part of an open store that depends on whose tables they are, for a table that something else keeps. */
import type { Session } from "../../postgres/session.js";
import type { StoreContext } from "../context.js";
import { refusedMethods, type RefusedOperation, STORE_OPERATIONS } from "../operation-table.js";
import type { EventOperations, EventStorage } from "../types.js";
import { createPlainOperations, refusal } from "./operations.js";

type Upkeep = RefusedOperation<typeof STORE_OPERATIONS, "foreign">;

/** What a store does to its tables, and how it ends its own work before the connections are closed. */
export interface StorageParts extends EventOperations, Pick<EventStorage, Upkeep> {
  readonly close: () => Promise<void>;
}

/** The operations over a table that something else keeps. It is only read. */
export function plainStorage(session: Session, context: StoreContext): StorageParts {
  return {
    ...createPlainOperations(session, context),
    ...refusedMethods(STORE_OPERATIONS, "foreign", (operation, reason) =>
      refusal(operation, context.catalogue.table.name, reason),
    ),
    close: () => Promise.resolve(),
  };
}
