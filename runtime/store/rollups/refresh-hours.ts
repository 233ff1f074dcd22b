/** Bringing the roll-ups by hour up to date. */
import { readDate } from "../../postgres/wire.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreClient } from "../client.js";
import type { StoreContext } from "../context.js";

/** Hours computed in one transaction: a fraction of a second of work. */
const HOURS_A_STEP = 24;

/**
 * Computes the roll-ups of all hours that changed since they were computed, but for the current hour, which changes all the time.
 * Returns the starts of these hours, in order. Safe beside ingest, deletes and other refreshes.
 */
export async function refreshHours(
  session: Session,
  { connect }: StoreContext,
  options: CallOptions,
): Promise<readonly Date[]> {
  const { signal, timeoutMs } = options;
  /** Within a transaction that other refreshes wait for. */
  const alone = (work: (client: StoreClient) => Promise<void>): Promise<void> =>
    session.transaction(
      async (transaction) => {
        const client = connect(transaction);
        await client.lockRollups();
        await work(client);
      },
      { signal, timeoutMs },
    );
  await alone((client) => client.sweepRollups(options));
  const stale = (await connect(session).staleHours(options)).map(({ hour }) => hour);
  for (let next = 0; next < stale.length; next += HOURS_A_STEP) {
    const hours = stale.slice(next, next + HOURS_A_STEP);
    await alone((client) => client.rollUpHours({ hours }, options));
  }
  return stale.map(readDate);
}
