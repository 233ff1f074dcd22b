/** The most frequent values of a field with many, from the lists of its days. */
import { compileFilter } from "../../../compiler/compile.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, FilterSource } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";
import { decodeValue, type CountedField } from "./field-values.js";
import { firstLook, judge, type Look, type MergedLists, type Verdict } from "./top-verdict.js";

/** The most frequent values, ties in the order of the values, missing last; null where only a scan can tell. */
export async function topFromLists(
  session: Session,
  context: StoreContext,
  field: CountedField,
  limit: number,
  options: CallOptions,
): Promise<Extract<Verdict, { kind: "found" }> | null> {
  let look = firstLook(limit);
  for (;;) {
    const verdict = judge(await lookAtLists(session, context, field, limit, look, options), look, limit);
    if (verdict.kind === "found") return verdict;
    if (verdict.kind === "scan") return null;
    ({ look } = verdict);
  }
}

async function lookAtLists(
  session: Session,
  context: StoreContext,
  field: CountedField,
  limit: number,
  { prefix, scan, recount }: Look,
  options: CallOptions,
): Promise<MergedLists> {
  const { name } = field;
  const slots = {
    filter: anyOf(context, field, recount),
    dimension: name,
    columns: name,
    items: name,
    typed: name,
    scanned: [{ part: scan ? ("days" as const) : ("lists" as const) }],
  };
  const client = context.connect(session);
  const params = { limit, prefix };
  const rows =
    recount.length === 0
      ? await client.lookAtLists(slots, params, options)
      : await client.recountLists(slots, { ...params, values: recount }, options);
  const { listed = 0, stale = 0, unseen = 0, total = 0 } = rows[0] ?? {};
  return {
    listed,
    stale,
    unseen,
    total,
    candidates: rows.flatMap(({ value, count, gap }) =>
      count === null ? [] : [{ value, count, gap: gap ?? 0 }],
    ),
  };
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
