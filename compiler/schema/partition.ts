/** The DDL of day partitions. */
import type { StoreTable } from "../catalogue/tables.js";
import { identifier, stringLiteral } from "../sql/fragment.js";
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
    inheritRights(parent, partition),
  ];
}

/**
 * Gives a partition the grants and the owner of its parent: searches read partitions by their names, and whoever makes one need not be
 * the owner of the store.
 */
function inheritRights(parent: string, partition: string): string {
  const [whole, part] = [stringLiteral(parent), stringLiteral(partition)];
  return (
    `do $rights$\ndeclare r record;\nbegin\n` +
    `    for r in select p.privilege_type, p.is_grantable, case p.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(p.grantee)) end as grantee ` +
    `from pg_class c, aclexplode(c.relacl) p where c.oid = ${whole}::regclass and p.grantee <> c.relowner loop\n` +
    `      execute format('grant %s on ${partition.replaceAll("'", "''").replaceAll("%", "%%")} to %s%s', r.privilege_type, r.grantee, ` +
    `case when r.is_grantable then ' with grant option' else '' end);\n` +
    `    end loop;\n` +
    `    for r in select quote_ident(pg_get_userbyid(c.relowner)) as owner from pg_class c, pg_class d where c.oid = ${whole}::regclass ` +
    `and d.oid = ${part}::regclass and c.relowner <> d.relowner and pg_has_role(current_user, c.relowner, 'MEMBER') loop\n` +
    `      execute format('alter table ${partition.replaceAll("'", "''").replaceAll("%", "%%")} owner to %s', r.owner);\n` +
    `    end loop;\nend\n$rights$`
  );
}

/** Name of the index of one partition: that of the parent's index with the suffix of the partition. */
export function partitionIndexName(index: string, day: Day | null): string {
  return `${index}_${day === null ? "default" : daySuffix(day)}`;
}

/** Several statements as one, for a server that takes one statement at a time. */
export function block(statements: readonly string[]): string {
  return `do $block$\nbegin\n${statements.map((statement) => `  ${statement};\n`).join("")}end\n$block$`;
}
