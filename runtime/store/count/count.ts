/** Counting events. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { bindFilter, type BoundFilter } from "../filter-argument.js";
import { countCombined } from "../dashboards/combined.js";
import { countFromRollups } from "../rollups/count.js";
import { overSlices, slicesOf } from "../slices/slices.js";
import type { CountOptions } from "../types/events.js";

/** How many events match; from the counters and roll-ups where they can tell. */
export async function countEvents(
  session: Session,
  context: StoreContext,
  options: CountOptions,
): Promise<number> {
  const filter = bindFilter(options, context);
  return options.approximate === true
    ? estimateMatching(session, context, filter, options)
    : countMatching(session, context, filter, options);
}

/** {@link countEvents} for a filter that is bound already. */
export async function countMatching(
  session: Session,
  context: StoreContext,
  filter: BoundFilter,
  options: CallOptions,
): Promise<number> {
  if (filter.matchesNone) return 0;
  if (filter.matchesAll) return context.connect(session).countAll(options);
  const rolled = await countFromRollups(session, context, filter, options);
  if (rolled !== null) return rolled;
  const combined = await countCombined(session, context, filter, options);
  if (combined !== null) return combined;
  const slices = await slicesOf(session, context, filter, options);
  return sum(
    await overSlices(slices, options, ({ client, filter: part }, left) => client.countEvents(part, left)),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The planner's estimate, without reading a row. */
async function estimateMatching(
  session: Session,
  context: StoreContext,
  filter: BoundFilter,
  options: CallOptions,
): Promise<number> {
  const slices = await slicesOf(session, context, filter, options);
  const estimates = await overSlices(slices, options, async ({ client, filter: part }, left) => {
    const { plan } = await client.estimateEvents(part, left);
    const [{ Plan }] = plan as [{ readonly Plan: { readonly "Plan Rows": number } }];
    return Plan["Plan Rows"];
  });
  return Math.round(sum(estimates));
}
