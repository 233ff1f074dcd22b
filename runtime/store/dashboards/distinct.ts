/** The different values of a field. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions } from "../../postgres/statement.js";
import { dynamicStatement } from "../dynamic-statement.js";
import { dimensionOf, hourTables, rollupTables, staleRows } from "../rollups/hours.js";
import type { StoreContext } from "../search/search.js";
import { countedField, decodeValue, type CountedField } from "./field-values.js";

/** All values that a field has, ascending; from the roll-ups where it is rolled up. Reads only. @throws DataError for an unknown field */
export async function distinctValues(
  session: Session,
  context: StoreContext,
  name: string,
  options: CallOptions = {},
): Promise<readonly (string | number | boolean)[]> {
  const operation = "distinctValues";
  const field = countedField(name, context.layout.catalogue, operation);
  const text = field.rollup === "all" ? fromRollups(context, field) : fromRows(context, field);
  const statement = dynamicStatement(text, {
    operation,
    cardinality: "many",
    decode: ([value]) => decodeValue(value, field.type),
  });
  const values = await session.run(statement, [], options);
  return values.filter((value) => value !== null);
}

function fromRows({ layout }: StoreContext, field: CountedField): string {
  return (
    `select v from (select distinct u.v from ${layout.events} as e ${field.values("e", "u")}) as d ` +
    `where v is not null order by v`
  );
}

function fromRollups({ layout }: StoreContext, field: CountedField): string {
  const tables = rollupTables(layout.catalogue);
  return (
    `with ${hourTables(tables, false)} select v from (select value as v from ${tables.rollups} ` +
    `where dimension = ${dimensionOf(field)} and hour in (select hour from valid) ` +
    `union select u.v::text from ${staleRows(tables, "e")} ${field.values("e", "u")}) as d where v is not null order by v`
  );
}
