/** Counting events. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { bindFilter, type BoundFilter } from "../filter-argument.js";
import { countFromRollups } from "../rollups/count.js";
import type { CountOptions } from "../types.js";

/** How many events match; from the counters and roll-ups where they can tell. */
export async function countEvents(
  session: Session,
  context: StoreContext,
  options: CountOptions,
): Promise<number> {
  const filter = bindFilter(options, context.filterOptions);
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
  const client = context.connect(session);
  if (filter.matchesAll) return client.countAll(options);
  return (
    (await countFromRollups(session, context, filter, options)) ?? client.countEvents(filter.slot, options)
  );
}

/** The planner's estimate, without reading a row. */
async function estimateMatching(
  session: Session,
  context: StoreContext,
  filter: BoundFilter,
  options: CallOptions,
): Promise<number> {
  const { plan } = await context.connect(session).estimateEvents(filter.slot, options);
  const [{ Plan }] = plan as [{ readonly Plan: { readonly "Plan Rows": number } }];
  return Math.round(Plan["Plan Rows"]);
}
