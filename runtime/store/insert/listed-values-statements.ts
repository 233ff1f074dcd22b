/** Listing the values of fields with few different ones as events are stored. See `StoreTables.words`. */
import { listedFields } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { COMPLETE } from "../../../compiler/catalogue/tables.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import { storeNames } from "../../../compiler/sql/store-names.js";

/**
 * Lines of a common table expression that adds to the lists what no event had before, with the end of the one before it; none where a catalogue
 * lists nothing. Sorted, so that sessions which add the same values wait for each other in one order.
 *
 * @param value - expression for the value of a column
 * @param from - what the expressions refer to; null: to parameters
 */
export function listValues(
  catalogue: Catalogue,
  value: (column: string) => string,
  from: string | null,
): readonly string[] {
  const found = listedFields(catalogue).map(({ name, column, list }) => {
    const stored = value(identifier(column));
    const each = list ? `unnest(${stored})` : stored;
    return `select ${stringLiteral(name)} as field, ${each} as value${from === null ? "" : ` from ${from}`}`;
  });
  if (found.length === 0) return [];
  return [
    `), listed as (`,
    `  insert into ${storeNames(catalogue).words} (field, value)`,
    `  select distinct field, value from (`,
    ...found.map((select, position) => `    ${position === 0 ? "" : "union all "}${select}`),
    `  ) as found where value <> ${stringLiteral(COMPLETE)} order by field, value`,
    `  on conflict (field, value) do nothing`,
  ];
}
