/** The part of an open store that depends on whose tables they are, for a table that something else keeps. */
import type { Session } from "../../postgres/session.js";
import type { StoreContext } from "../context.js";
import { refusedMethods } from "../operation-row.js";
import { UPKEEP, type StorageParts } from "../storage.js";
import { createPlainOperations, refusal } from "./operations.js";

/** The operations over a table that something else keeps. It is only read. */
export function plainStorage(session: Session, context: StoreContext): StorageParts {
  return {
    ...createPlainOperations(session, context),
    ...refusedMethods(UPKEEP, "foreign", (operation, reason) =>
      refusal(operation, context.catalogue.table.name, reason),
    ),
    close: () => Promise.resolve(),
  };
}
