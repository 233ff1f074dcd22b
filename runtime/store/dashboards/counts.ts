/** Counting events by the values of a field, from the roll-ups where they can tell. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import type { BoundFilter } from "../filter-argument.js";
import type { AggregateRow } from "../types/dashboards.js";
import { decodeValue, type CountedField } from "./field-values.js";
import { sliceLimits, overSlices, slicesOf } from "../slices/slices.js";
import { withStaleRows } from "../slices/stale-rows.js";
import { combinedSlots } from "./combined.js";
import { addTallies, MAX_TALLIED, topTallies, type Tally } from "./tallies.js";
import { topFromLists } from "./top.js";
import type { Decision } from "./top-decision.js";

/** Most values that an operation returns. */
export const MAX_VALUES = 10_000;

/** How to count. */
export interface CountRequest {
  readonly field: CountedField;
  readonly filter: BoundFilter;
  readonly limit: number;
  readonly remainder: boolean;
}

/** The most frequent values, ties in the order of the values, missing last; with the remainder as a last row where it is wanted. */
export async function countValues(
  session: Session,
  context: StoreContext,
  request: CountRequest,
  options: CallOptions,
): Promise<readonly AggregateRow[]> {
  const { filter } = request;
  if (filter.matchesNone) return [];
  const { shown, total } =
    (await listedValues(session, context, request, options)) ??
    (await countedValues(session, context, request, options));
  const rest = total - shown.reduce((sum, { count }) => sum + count, 0);
  return request.remainder && rest > 0 ? [...shown, { value: null, count: rest, remainder: true }] : shown;
}

/** Values, and how often all occur together. */
export interface ShownValues {
  readonly shown: readonly AggregateRow[];
  /** Of all values, those that are not shown included; 0 where nobody asked for the remainder. */
  readonly total: number;
}

/** From the lists of all events, or from the counts by combination; null where these can't tell. */
async function listedValues(
  session: Session,
  context: StoreContext,
  { field, filter, limit }: Omit<CountRequest, "remainder">,
  options: CallOptions,
): Promise<ShownValues | null> {
  if (field.rollup === null || (filter.matchesAll && field.rollup !== "top")) return null;
  const combined = filter.matchesAll ? null : await combinedSlots(session, context, filter, options);
  if (!filter.matchesAll && combined === null) return null;
  const found = await topFromLists(session, context, { field, limit, combined }, options);
  return found && shownValues(found, field);
}

/** Values of lists as the caller gets them. */
export function shownValues(
  { best, total }: Extract<Decision, { kind: "found" }>,
  { type }: CountedField,
): ShownValues {
  return { shown: best.map(({ value, count }) => ({ value: decodeValue(value, type), count })), total };
}

async function countedValues(
  session: Session,
  context: StoreContext,
  request: CountRequest,
  options: CallOptions,
): Promise<ShownValues> {
  const { field, filter } = request;
  const isRolled = field.rollup === "all" && filter.matchesAll;
  return (
    (isRolled ? await rolledValues(session, context, request, options) : null) ??
    scannedValues(session, context, request, options)
  );
}

async function rolledValues(
  session: Session,
  context: StoreContext,
  { field, limit }: CountRequest,
  options: CallOptions,
): Promise<ShownValues | null> {
  const { name } = field;
  return withStaleRows(session, context, options, async (client, rows, left) => {
    const found = await client.aggregateRollups({ dimension: name, items: name, rows }, { limit }, left);
    const values = found.slice(0, -1);
    return {
      result: { shown: shownRows(values, field), total: values[0]?.total ?? 0 },
      staleDays: found.at(-1)?.staleDays ?? null,
    };
  });
}

/** How the values of a field are counted in events: equal lists at once where only few are to be expected. */
function tallyOf({ name, type, rollup, parts }: CountedField) {
  const fewValues = rollup === "all" || type === "enum" || type === "hierarchy";
  return fewValues && parts.some(({ list }) => list)
    ? ({ part: "lists", values: name, columns: name } as const)
    : ({ part: "events", values: name } as const);
}

async function scannedValues(
  session: Session,
  context: StoreContext,
  { field, filter, limit, remainder }: CountRequest,
  options: CallOptions,
): Promise<ShownValues> {
  const values = field.name;
  const tally = [tallyOf(field)];
  const total = remainder ? "counted" : "left";
  const slices = await slicesOf(session, context, filter, options);
  const [{ client }] = slices;
  if (slices.length > 1) {
    const parts = await overSlices(slices, options, (slice, left) =>
      client.aggregateEvents({ filter: slice.filter, tally, total }, { limit: MAX_TALLIED + 1 }, left),
    );
    const sums = addTallies(parts);
    if (sums !== null)
      return {
        shown: shownRows(await topTallies(sums, limit, values, client, sliceLimits(options)), field),
        total: parts.reduce((sum, part) => sum + (part[0]?.total ?? 0), 0),
      };
  }
  const rows = await context
    .connect(session)
    .aggregateEvents({ filter: filter.slot, tally, total }, { limit }, options);
  return { shown: shownRows(rows, field), total: rows[0]?.total ?? 0 };
}

/** Counted values as the caller gets them. */
export function shownRows(rows: readonly Tally[], { type }: CountedField): readonly AggregateRow[] {
  return rows.map(({ value, count }) => ({ value: decodeValue(value, type), count }));
}
