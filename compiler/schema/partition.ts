/** The DDL of day partitions. */
import type { StoreTable } from "../catalogue/tables.js";
import { identifier } from "../sql/fragment.js";
import { dayStart, daySuffix, partitionName, type Day } from "./day.js";
import { createIndex, setStatistics } from "./ddl.js";

/**
 * The statements that make the partition of a day of one table and move there what the default partition holds of that day. To be run in
 * one transaction.
 *
 * @param indexes names of the parent's indexes that are there; the partition gets its own of these
 */
export function createPartition(
  table: StoreTable,
  day: Day,
  indexes: ReadonlySet<string>,
): readonly string[] {
  const name = partitionName(table.name, day);
  const parent = identifier(table.name);
  const partition = identifier(name);
  const spare = identifier(partitionName(table.name, null));
  const time = identifier(table.partitionedBy ?? "");
  const from = dayStart(day).toISOString();
  const to = dayStart(day + 1).toISOString();
  return [
    // LIKE and ATTACH, not PARTITION OF, which would lock the parent against everyone until the transaction ends.
    `create table ${partition} (like ${parent} including all excluding indexes excluding comments)`,
    ...setStatistics(table, name),
    `lock table ${spare} in access exclusive mode`,
    `with moved as (delete from ${spare} where ${time} >= '${from}' and ${time} < '${to}' returning *) ` +
      `insert into ${partition} select * from moved`,
    ...table.indexes
      .filter((index) => indexes.has(index.name))
      .map((index) => createIndex(index, { name: partitionIndexName(index.name, day), table: name })),
    `alter table ${parent} attach partition ${partition} for values from ('${from}') to ('${to}')`,
  ];
}

/** Name of the index of one partition: that of the parent's index with the suffix of the partition. */
export function partitionIndexName(index: string, day: Day | null): string {
  return `${index}_${day === null ? "default" : daySuffix(day)}`;
}

/** Several statements as one, for a server that takes one statement at a time. */
export function block(statements: readonly string[]): string {
  return `do $block$\nbegin\n${statements.map((statement) => `  ${statement};\n`).join("")}end\n$block$`;
}
