/** Listing the values of fields with few different ones as events are stored. See `StoreTables.words`. */
import { listedFields, searchedColumns, type SearchedColumn } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { COMPLETE } from "../../../compiler/catalogue/tables.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import { sqlLines } from "../../../compiler/sql/operation.js";
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
  const text = listing(catalogue, value, from);
  return text === null ? [] : [`), listed as (`, ...text.split("\n").map((line) => `  ${line}`)];
}

/**
 * The same as a statement: one parameter for each listed field, in their order, with the values of that column in text form. Null where a catalogue
 * lists nothing.
 */
export function listStatement(catalogue: Catalogue): string | null {
  const columns = listedColumns(catalogue);
  const text = listing(catalogue, (column) => column, "input");
  if (text === null) return null;
  const given = columns.map(({ name }) => identifier(name)).join(", ");
  return sqlLines(
    `with input as (`,
    `  select ${columns.map(({ name, pgType }) => `${identifier(name)}::${pgType}`).join(", ")}`,
    `  from unnest(${columns.map((_, index) => `$${index + 1}::text[]`).join(", ")}) as given (${given})`,
    `)`,
    text,
  );
}

/** The columns of the listed fields, in the order of the catalogue. */
export function listedColumns(catalogue: Catalogue): readonly SearchedColumn[] {
  const listed = new Set(listedFields(catalogue));
  return searchedColumns(catalogue).filter((column) => column.kind === "field" && listed.has(column.field));
}

function listing(
  catalogue: Catalogue,
  value: (column: string) => string,
  from: string | null,
): string | null {
  const found = listedFields(catalogue).map(({ name, column, list }) => {
    const stored = value(identifier(column));
    const each = list ? `unnest(${stored})` : stored;
    return `select ${stringLiteral(name)} as field, ${each} as value${from === null ? "" : ` from ${from}`}`;
  });
  if (found.length === 0) return null;
  return sqlLines(
    `insert into ${storeNames(catalogue).words} (field, value)`,
    `select distinct field, value from (`,
    ...found.map((select, position) => `  ${position === 0 ? "" : "union all "}${select}`),
    `) as found where value <> ${stringLiteral(COMPLETE)} order by field, value`,
    `on conflict (field, value) do nothing`,
  );
}
