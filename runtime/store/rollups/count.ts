/** Counts that the roll-ups can tell without reading events. */
import type { StoredField } from "../../../compiler/catalogue/model.js";
import type { Condition } from "../../../compiler/tree.js";
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { dynamicStatement } from "../dynamic-statement.js";
import type { BoundFilter } from "../filter-argument.js";
import type { StoreContext } from "../search/search.js";
import { dimensionOf, hourTables, rollupTables, staleRows } from "./hours.js";

/**
 * The number of matching events where the whole filter is one positive test of a rolled-up field for one value (for a scalar: several values,
 * of which an event has one at most). Null where only a scan can tell.
 */
export async function countFromRollups(
  session: Session,
  { layout }: StoreContext,
  filter: BoundFilter,
  options: CallOptions,
): Promise<number | null> {
  const field = testedField(filter.compiled.condition);
  if (!field) return null;
  const tables = rollupTables(layout.catalogue);
  const slot = filter.slot(1);
  // The filter's one parameter is the list of words: the roll-up is asked for the same.
  const text =
    `with ${hourTables(tables, false)} ` +
    `select coalesce((select sum(events) from ${tables.rollups} where dimension = ${dimensionOf(field)} ` +
    `and value = any($1::text[]) and hour in (select hour from valid)), 0) + ` +
    `(select count(*) from ${staleRows(tables, "e")} where ${slot.text})`;
  const statement = dynamicStatement(text, {
    operation: "countEvents",
    cardinality: "one",
    decode: ([count]) => Number(count),
  });
  return session.run(statement, slot.values, options);
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
