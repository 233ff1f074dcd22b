/** Top lists of several fields for a filter on combined fields, from the counts by combination. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import type { BoundFilter } from "../filter-argument.js";
import { remaining } from "../slices/slices.js";
import { withStaleRows } from "../slices/stale-rows.js";
import { combinedSlots, type CombinedSlots } from "./combined.js";
import { shownValues, type ShownValues } from "./counts.js";
import { columnsOfFields, type CountedField } from "./field-values.js";
import { mergedLists, topFromLists } from "./top.js";
import { decide, firstProbe, TOTAL_PANEL, type Decision } from "./top-decision.js";

/** What is wanted: this many values of each field. */
export interface Summary {
  readonly fields: readonly CountedField[];
  readonly limit: number;
  readonly filter: BoundFilter;
}

/** The number of events, and the lists of the fields; null of a field that only a scan can tell. */
export interface ListedSummary {
  readonly total: number;
  readonly tops: readonly (ShownValues | null)[];
}

/** From one statement for all fields, and further ones for those that it could not tell; null where these counts can tell nothing. */
export async function combinedSummary(
  session: Session,
  context: StoreContext,
  summary: Summary,
  options: CallOptions,
): Promise<ListedSummary | null> {
  const left = remaining(options);
  const combined = await combinedSlots(session, context, summary.filter, left());
  if (combined === null || summary.fields.every(({ rollup }) => rollup === null)) return null;
  const looked = await lookAtAll(session, context, { ...summary, combined }, left());
  if (looked === null) return null;
  const tops: (ShownValues | null)[] = [];
  for (const [position, field] of summary.fields.entries()) {
    const decision = looked.decisions[position] ?? null;
    const { limit } = summary;
    const found =
      decision?.kind === "again"
        ? await topFromLists(session, context, { field, limit, combined, probe: decision.probe }, left())
        : decision?.kind === "found"
          ? decision
          : null;
    tops.push(found && shownValues(found, field));
  }
  return { total: looked.total, tops };
}

/** The number of events, and what the lists of each field say that is rolled up; null where rows of too many days would have to be read. */
async function lookAtAll(
  session: Session,
  context: StoreContext,
  { fields, limit, combined }: Summary & { readonly combined: CombinedSlots },
  options: CallOptions,
): Promise<{ readonly total: number; readonly decisions: readonly (Decision | null)[] } | null> {
  // The rows of the days without lists are read once for all fields.
  const probe = { ...firstProbe(limit), scan: true };
  const panels = fields.flatMap(({ name, rollup }, number) =>
    rollup === null ? [] : [{ part: "panel" as const, number, combined: name, typed: name, items: name }],
  );
  const columns = columnsOfFields(fields.filter(({ rollup }) => rollup !== null));
  return withStaleRows(session, context, options, async (client, rows, left) => {
    const slots = { ...combined, rows, columns, panels };
    const found = await client.summarizeCombinations(slots, { limit, prefix: probe.prefix }, left);
    const whole = found.find(({ panel }) => panel === TOTAL_PANEL);
    if (whole === undefined || whole.stale > 0) return { result: null, staleDays: null };
    const decisions = fields.map(({ rollup }, position) =>
      rollup === null
        ? null
        : decide(mergedLists(found.filter(({ panel }) => panel === position)), probe, limit),
    );
    return { result: { total: whole.total, decisions }, staleDays: whole.staleDays };
  });
}
