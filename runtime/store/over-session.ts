/** The operations of a store over a session that somebody else opened. */
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { Catalogue } from "../../compiler/catalogue/model.js";
import type { Session } from "../postgres/session.js";
import { withCheckedCalls } from "./arguments/checked-calls.js";
import { clientOf } from "./client.js";
import { createContext } from "./context.js";
import { createInserter } from "./insert/insert.js";
import { createOperations, type EventOperations } from "./operations.js";
import { withoutMemory } from "./search/days.js";

const known = new WeakMap<Session, Map<Catalogue, EventOperations>>();

/** The operations over a session, made once for each session and catalogue. @throws Error as storeTables does */
export function operationsOver(session: Session, catalogue: Catalogue = IDEA_CATALOGUE): EventOperations {
  const own = known.get(session) ?? new Map<Catalogue, EventOperations>();
  known.set(session, own);
  let operations = own.get(catalogue);
  if (operations === undefined) {
    const context = createContext(clientOf(catalogue), {});
    // What a transaction has seen of the partitions may be gone when it is run again.
    const partitions = withoutMemory(context.partitions);
    // It may be a transaction. A savepoint outside of one is a transaction of its own.
    const store = {
      context: { ...context, partitions, inTransaction: true },
      inserter: createInserter(context),
    };
    operations = withCheckedCalls(createOperations(session, store, null), catalogue);
    own.set(catalogue, operations);
  }
  return operations;
}
