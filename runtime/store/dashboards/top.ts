/** The most frequent values of a field with many, from the lists of its days. */
import { compileFilter } from "../../../compiler/compile.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, FilterSource } from "../../postgres/statement.js";
import type { LookAtListsRow } from "../../../generated/index.js";
import type { StoreClient } from "../client.js";
import type { StoreContext } from "../context.js";
import { EVERYTHING, hasMany, sliceLimits, remaining } from "../slices/slices.js";
import type { CombinedSlots } from "./combined.js";
import { withStaleRows } from "../slices/stale-rows.js";
import { decodeValue, type CountedField } from "./field-values.js";
import { decide, firstProbe, type Decision, type MergedLists, type ListProbe } from "./top-decision.js";

/** Which values are wanted, and how many of them. */
interface WantedTop {
  readonly field: CountedField;
  readonly limit: number;
  /** Of which events; null: of all. */
  readonly combined: CombinedSlots | null;
  /** How to begin; without reading any event when absent. */
  readonly probe?: ListProbe;
}

/**
 * The most frequent values, ties in the order of the values, missing last; null where only a scan can tell. Of many partitions single values are
 * not counted on the days that don't list them, as these may be any.
 */
export async function topFromLists(
  session: Session,
  context: StoreContext,
  wanted: WantedTop,
  options: CallOptions,
): Promise<Extract<Decision, { kind: "found" }> | null> {
  const left = remaining(options);
  let probe = wanted.probe ?? firstProbe(wanted.limit);
  for (;;) {
    const reads = probe.scan || probe.recount.length > 0;
    const many = reads && (await hasMany(session, context, sliceLimits(options)));
    if (many && probe.recount.length > 0) return null;
    const request = { ...wanted, probe };
    const lists = many
      ? await withStaleRows(session, context, left(), async (client, rows, rest) => {
          const result = await probeLists(client, context, { ...request, rows }, rest);
          return { result, staleDays: result.staleDays };
        })
      : await probeLists(context.connect(session), context, { ...request, rows: EVERYTHING }, left());
    if (lists === null) return null;
    const decision = decide(lists, probe, wanted.limit);
    if (decision.kind === "found") return decision;
    if (decision.kind === "scan") return null;
    ({ probe } = decision);
  }
}

/** A probe, and which rows it may read where it scans. */
interface ProbeRequest extends Omit<WantedTop, "probe"> {
  readonly probe: ListProbe;
  readonly rows: FilterSource;
}

async function probeLists(
  client: StoreClient,
  context: StoreContext,
  { field, limit, combined, probe, rows: read }: ProbeRequest,
  options: CallOptions,
): Promise<MergedLists & { readonly staleDays: string | null }> {
  const { prefix, scan, recount } = probe;
  const { name } = field;
  const slots = {
    rows: read,
    columns: name,
    items: name,
    typed: name,
    scanned: [{ part: scan ? ("days" as const) : ("lists" as const) }],
  };
  const params = { limit, prefix };
  const values = { ...params, values: recount };
  const wanted = anyOf(context, field, recount);
  const own = { ...slots, dimension: name, filter: wanted };
  const some = combined && { ...slots, ...combined, combined: name, wanted };
  const isFirst = recount.length === 0;
  const rows =
    some === null
      ? await (isFirst ? client.lookAtLists(own, params, options) : client.recountLists(own, values, options))
      : await (isFirst
          ? client.lookAtCombinations(some, params, options)
          : client.recountCombinations(some, values, options));
  return { ...mergedLists(rows), staleDays: rows[0]?.staleDays ?? null };
}

/** What the rows of a look at lists say. */
export function mergedLists(rows: readonly LookAtListsRow[]): MergedLists {
  const { listed = 0, stale = 0, unseen = 0, total = 0 } = rows[0] ?? {};
  const candidates = rows.flatMap(({ value, count, gap }) =>
    count === null ? [] : [{ value, count, gap: gap ?? 0 }],
  );
  return { listed, stale, unseen, total, candidates };
}

/** True of all events that have one of the values, perhaps of more; through the field's index where it has one. */
function anyOf(
  { filterOptions }: StoreContext,
  field: CountedField,
  values: readonly string[],
): FilterSource {
  const filter = compileFilter(`${field.name} in $values`, filterOptions);
  const args = { values: values.map((value) => decodeValue(value, field.type)) };
  return (firstParameter) => filter.sql(args, { firstParameter });
}
