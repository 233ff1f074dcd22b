/** Bringing the counts by hour and day up to date. */
import { floorTo, MICROS_PER_DAY, MICROS_PER_HOUR, type Micros } from "../../../compiler/values/civil.js";
import { parsePgTimestamp } from "../../../compiler/values/time.js";
import { readDate } from "../../postgres/wire.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { readingRows, spanFrom } from "../slices/slices.js";
import { hasLists } from "./day-statements.js";

/** Hours computed in one transaction: a fraction of a second of work. */
const HOURS_A_STEP = 24;

/**
 * Computes the roll-ups of all hours that changed since they were computed, but for the current hour, which changes all the time; with them the
 * lists of their days, up to `values` values each, but for today's. The rows of a day are read once. Returns the starts of these hours, in
 * order. Safe beside ingest, deletes and other refreshes.
 */
export async function refreshCounts(
  session: Session,
  context: StoreContext,
  values: number,
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
  const left = new Map<Micros, string[]>();
  for (const hour of stale) {
    const day = floorTo(parsePgTimestamp(hour), MICROS_PER_DAY);
    left.set(day, [...(left.get(day) ?? []), hour]);
  }
  const days = hasLists(context.catalogue) ? await connect(session).staleDays(options) : [];
  for (const { day } of days) {
    const start = parsePgTimestamp(day);
    const hours = left.get(start) ?? [];
    left.delete(start);
    await alone(async (transaction) => {
      const spans = [spanFrom(start, MICROS_PER_DAY)];
      const { client, rows } = await readingRows(transaction, context, spans, options);
      await client.forgetCombinations({ day }, options);
      await client.countDay({ rows }, { day, values, hours }, options);
    });
  }
  const others = [...left.values()].flat();
  for (let next = 0; next < others.length; next += HOURS_A_STEP) {
    const hours = others.slice(next, next + HOURS_A_STEP);
    const spans = hours.map((hour) => spanFrom(parsePgTimestamp(hour), MICROS_PER_HOUR));
    await alone(async (transaction) => {
      const { client, rows } = await readingRows(transaction, context, spans, options);
      await client.rollUpHours({ rows }, { hours }, options);
    });
  }
  return stale.map(readDate);
}
