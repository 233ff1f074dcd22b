/** The most frequent values of a field with many, from the lists of its days. */
import { compileFilter } from "../../../compiler/compile.js";
import { encodeArray } from "../../../compiler/values/array.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions, FilterSlot, WireRow } from "../../postgres/statement.js";
import { dynamicStatement } from "../dynamic-statement.js";
import type { StoreContext } from "../search/search.js";
import { decodeValue, type CountedField } from "./field-values.js";
import { lookText } from "./top-statement.js";
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
  const condition = recount.length === 0 ? null : anyOf(context, field, recount);
  const statement = dynamicStatement(
    lookText(context.layout, field, { scan, recount: condition?.text ?? null }),
    { operation: "aggregateEvents", cardinality: "many", decode: (row: WireRow) => row },
  );
  const values = condition === null ? [] : [encodeArray(recount), ...condition.values];
  const rows = await session.run(statement, [String(limit), String(prefix), ...values], options);
  const [listed, stale, unseen, total] = rows[0] ?? [];
  return {
    listed: Number(listed),
    stale: Number(stale),
    unseen: Number(unseen),
    total: Number(total),
    candidates: rows.flatMap(([, , , , value, count, gap]) =>
      count === null ? [] : [{ value: value ?? null, count: Number(count), gap: Number(gap) }],
    ),
  };
}

/** True of all events that have one of the values, perhaps of more; through the field's index where it has one. $4 is its first parameter. */
function anyOf({ filterOptions }: StoreContext, field: CountedField, values: readonly string[]): FilterSlot {
  const filter = compileFilter(`${field.name} in $values`, filterOptions);
  const args = { values: values.map((value) => decodeValue(value, field.type)) };
  return filter.sql(args, { firstParameter: 4 });
}
