/** One refresh at a time: two that compute the same hours would both insert their rows. */
import type { Session } from "../../execute/session.js";

/** Waits for the other refreshes; the lock is held until the transaction ends. */
export async function lockRollups(transaction: Session): Promise<void> {
  await transaction.query(
    "select pg_advisory_xact_lock(hashtextextended('eventstore rollups ' || current_schema(), 0))",
  );
}
