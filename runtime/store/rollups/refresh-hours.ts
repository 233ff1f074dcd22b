/** Bringing the roll-ups by hour up to date. */
import { MICROS_PER_HOUR } from "../../../compiler/values/civil.js";
import { readDate } from "../../postgres/wire.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { parsePgTimestamp } from "../../../compiler/values/time.js";
import { readingRows, spanFrom } from "../slices/slices.js";

/** Hours computed in one transaction: a fraction of a second of work. */
const HOURS_A_STEP = 24;
/** Microseconds of an hour. */

/**
 * Computes the roll-ups of all hours that changed since they were computed, but for the current hour, which changes all the time.
 * Returns the starts of these hours, in order. Safe beside ingest, deletes and other refreshes.
 */
export async function refreshHours(
  session: Session,
  context: StoreContext,
  options: CallOptions,
): Promise<readonly Date[]> {
  const { connect } = context;
  const { signal, timeoutMs } = options;
  /** Within a transaction that other refreshes wait for. */
  const alone = (work: (transaction: Session) => Promise<void>): Promise<void> =>
    session.transaction(
      async (transaction) => {
        await connect(transaction).lockRollups();
        await work(transaction);
      },
      { signal, timeoutMs },
    );
  await alone((transaction) => connect(transaction).sweepRollups(options));
  const stale = (await connect(session).staleHours(options)).map(({ hour }) => hour);
  for (let next = 0; next < stale.length; next += HOURS_A_STEP) {
    const hours = stale.slice(next, next + HOURS_A_STEP);
    const spans = hours.map((hour) => spanFrom(parsePgTimestamp(hour), MICROS_PER_HOUR));
    await alone(async (transaction) => {
      const { client, rows } = await readingRows(transaction, context, spans, options);
      await client.rollUpHours({ rows }, { hours }, options);
    });
  }
  return stale.map(readDate);
}
