/** Counts that the roll-ups can tell without reading events. */
import type { StoredField } from "../../../compiler/catalogue/model.js";
import type { Condition } from "../../../compiler/tree.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import type { BoundFilter } from "../filter-argument.js";
import { hasFewer } from "../slices/slices.js";
import { withStaleRows } from "../slices/stale-rows.js";

/** Events of a store, as the planner estimates, of which a scan takes no longer: of 30,000 in a month 4 ms, where the counters of 720 hours took 6. */
const FEW_EVENTS = 40_000;

/**
 * The number of matching events where the whole filter is one positive test of a rolled-up field for one value (for a scalar: several values,
 * of which an event has one at most). Null where only a scan can tell, or takes
 * no longer, or hours of too many days have to be scanned.
 */
export async function countFromRollups(
  session: Session,
  context: StoreContext,
  filter: BoundFilter,
  options: CallOptions,
): Promise<number | null> {
  const field = testedField(filter.compiled.condition);
  if (!field) return null;
  // The filter's one parameter is the list of words: the roll-up is asked for the same.
  const [values] = filter.slot(1).values;
  if (values == null || (await hasFewer(session, context, FEW_EVENTS, options))) return null;
  return withStaleRows(session, context, options, async (client, rows, left) => {
    const slots = { filter: filter.slot, rows, dimension: field.name };
    const { count, staleDays } = await client.countRolledEvents(slots, { values }, left);
    return { result: count, staleDays };
  });
}

function testedField(condition: Condition): StoredField | null {
  if (condition.kind !== "atom" || condition.negated || condition.quantifier === "all") return null;
  const { test, fields } = condition;
  const [field] = fields;
  if (field?.rollup !== "all" || fields.length !== 1 || test.kind !== "word" || test.fold) return null;
  const several =
    test.set.values.length + test.set.slots.length > 1 || test.set.slots.some(({ list }) => list);
  return field.list && several ? null : field;
}
