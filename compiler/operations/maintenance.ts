/** Operations of upkeep: rows whose time is over, and the least and greatest values that tell whether it is. */
import { searchedColumns } from "../catalogue/columns.js";
import type { Catalogue } from "../catalogue/model.js";
import { storeTables, type StoreTable } from "../catalogue/tables.js";
import { identifier } from "../sql/fragment.js";
import {
  camelCase,
  column,
  nullable,
  operation,
  parameter,
  sqlLines,
  type OperationSpec,
} from "../sql/operation.js";

/** Cleaning by age, of the tables and columns where that makes sense; and what dropped days leave behind. */
export function maintenanceOperations(catalogue: Catalogue): readonly OperationSpec[] {
  const tables = storeTables(catalogue);
  const ids = identifier(tables.ids.name);
  const id = identifier(tables.roles.id.column);
  const time = identifier(tables.roles.time.column);
  return [
    operation({
      name: "sweepIds",
      theme: "maintenance",
      description: "Removes identifiers of events that went with their day, a slice at a time",
      cardinality: "count",
      parameters: [
        parameter("before", "events before this time are looked at"),
        parameter("limit", "most identifiers that are removed"),
      ],
      // Joined by seq too: an identifier that comes back meanwhile has another.
      text: sqlLines(
        `delete from ${ids} i using (`,
        `  select ${id}, seq from ${ids} old where ${time} < $1::timestamptz`,
        `  and not exists (select from ${identifier(tables.json.name)} j where j.seq = old.seq and j.${time} = old.${time})`,
        `  limit $2::bigint`,
        `) as stale where i.${id} = stale.${id} and i.seq = stale.seq`,
      ),
    }),
    ...[tables.thresholds, tables.thresholded].flatMap(cleanups),
  ];
}

/** One operation for each time column of a table. */
function cleanups(table: StoreTable): readonly OperationSpec[] {
  return table.columns
    .filter(({ pgType }) => pgType === "timestamptz")
    .map(({ name, description }) =>
      operation({
        name: camelCase(`clean_${table.name}_${name}`),
        theme: "maintenance",
        description: `Removes the rows of ${table.name} whose ${name} (${description}) lies before a time`,
        cardinality: "count",
        parameters: [parameter("before", "the time; rows of exactly that time stay")],
        text: `delete from ${identifier(table.name)} where ${identifier(name)} < $1::timestamptz`,
      }),
    );
}

/** Types whose least and greatest values mean something. */
const ORDERED_TYPES: ReadonlySet<string> = new Set([
  "timestamptz",
  "integer",
  "bigint",
  "numeric",
  "double precision",
]);

/** Least and greatest value of each scalar column that has an order, one operation a column. */
export function boundsOperations(catalogue: Catalogue): readonly OperationSpec[] {
  const { events } = storeTables(catalogue);
  return searchedColumns(catalogue)
    .filter((candidate) => candidate.kind === "field" && ORDERED_TYPES.has(candidate.pgType))
    .map(({ name, description, pgType }) => {
      const form = pgType === "bigint" ? "number" : undefined;
      return operation({
        name: camelCase(`bounds_${name}`),
        theme: "bounds",
        description: `Least and greatest ${name}: ${description}`,
        cardinality: "one",
        columns: [
          nullable(column("least", "null when no event has a value", form)),
          nullable(column("greatest", "null when no event has a value", form)),
        ],
        indexes: events.indexes
          .filter(({ method, keys }) => method === "btree" && keys[0]?.column === name)
          .map((index) => index.name),
        text: `select min(${identifier(name)}), max(${identifier(name)}) from ${identifier(events.name)}`,
      });
    });
}
