/** The DDL of partitions. */
import type { StoreTable } from "../catalogue/tables.js";
import { identifier, stringLiteral } from "../sql/fragment.js";
import { dayStart, partitionName, spanSuffix, type DaySpan } from "./day.js";
import { createIndex, setStatistics } from "./ddl.js";

/**
 * The statements that make the partition of a span of one table and move there what the default partition holds of it. To be run in
 * one transaction.
 *
 * @param indexes names of the parent's indexes that are there; the partition gets its own of these
 */
export function createPartition(
  table: StoreTable,
  span: DaySpan,
  indexes: ReadonlySet<string>,
): readonly string[] {
  const name = partitionName(table.name, span);
  const parent = identifier(table.name);
  const partition = identifier(name);
  const spare = identifier(partitionName(table.name, null));
  const time = identifier(table.partitionedBy ?? "");
  const from = dayStart(span.from).toISOString();
  const to = dayStart(span.to).toISOString();
  return [
    // LIKE and ATTACH, not PARTITION OF, which would lock the parent against everyone until the transaction ends.
    `create table ${partition} (like ${parent} including all excluding indexes excluding comments)`,
    ...setStatistics(table, name),
    `lock table ${spare} in access exclusive mode`,
    `with moved as (delete from ${spare} where ${time} >= '${from}' and ${time} < '${to}' returning *) ` +
      `insert into ${partition} select * from moved`,
    ...table.indexes
      .filter((index) => indexes.has(index.name))
      .map((index) =>
        createIndex(index, { name: partitionIndexName(index.name, spanSuffix(span)), table: name }),
      ),
    `alter table ${parent} attach partition ${partition} for values from ('${from}') to ('${to}')`,
    inheritRights(parent, partition),
  ];
}

/** A partition that takes the rows of others. */
export interface PartitionChange {
  readonly table: StoreTable;
  /** Spans whose partitions go. */
  readonly sources: readonly DaySpan[];
  /** Spans of the partitions that take their place. */
  readonly targets: readonly DaySpan[];
}

/**
 * The statements that make the new partitions of a change with the rows of the old ones, which stay as they are, readable and writable. In one
 * transaction with {@link swapPartitions}.
 *
 * @param indexes names of the parent's indexes that are there
 */
export function fillPartitions(change: PartitionChange, indexes: ReadonlySet<string>): readonly string[] {
  const { table, targets } = change;
  const parent = identifier(table.name);
  return targets.flatMap((target) => {
    const name = partitionName(table.name, target);
    const copies = sourcesOf(change, target).map(
      (source) =>
        `insert into ${identifier(name)} select * from ${identifier(partitionName(table.name, source))} where ${withinSpan(table, target)}`,
    );
    return [
      // With the bounds as a constraint of its own a partition is attached without being read.
      `create table ${identifier(name)} (like ${parent} including all excluding indexes excluding comments, ` +
        `constraint ${BOUNDS} check (${withinSpan(table, target)}))`,
      ...setStatistics(table, name),
      ...copies,
      ...table.indexes
        .filter((index) => indexes.has(index.name))
        .map((index) =>
          createIndex(index, { name: partitionIndexName(index.name, spanSuffix(target)), table: name }),
        ),
      `analyze ${identifier(name)}`,
    ];
  });
}

/** The statements that bring the new partitions up to what the old ones have become meanwhile. */
export function catchUpPartitions(change: PartitionChange): readonly string[] {
  const { table, targets } = change;
  return targets.flatMap((target) => {
    const name = identifier(partitionName(table.name, target));
    const sources = sourcesOf(change, target).map((source) => identifier(partitionName(table.name, source)));
    const rows = sources.map((source) => `select * from ${source} where ${withinSpan(table, target)}`);
    if (rows.length === 0) return [];
    const all = `(${rows.join(" union all ")})`;
    return [
      `delete from ${name} t where not exists (select 1 from ${all} s where s.seq = t.seq)`,
      `insert into ${name} select s.* from ${all} s where not exists (select 1 from ${name} t where t.seq = s.seq)`,
    ];
  });
}

/** The statements that put the new partitions in the place of the old ones, with the rows of their spans that lie in the default partition. */
export function swapPartitions({ table, sources, targets }: PartitionChange): readonly string[] {
  const parent = identifier(table.name);
  const spare = identifier(partitionName(table.name, null));
  const gone = sources.map((source) => identifier(partitionName(table.name, source)));
  return [
    `lock table ${spare} in access exclusive mode`,
    `drop table ${gone.join(", ")}`,
    ...targets.flatMap((target) => {
      const partition = identifier(partitionName(table.name, target));
      return [
        `with moved as (delete from ${spare} where ${withinSpan(table, target)} returning *) insert into ${partition} select * from moved`,
        `alter table ${parent} attach partition ${partition} for values from ('${startOf(target)}') to ('${endOf(target)}')`,
        `alter table ${partition} drop constraint ${BOUNDS}`,
        inheritRights(parent, partition),
      ];
    }),
  ];
}

/** Name of the constraint of a partition that is being filled: with its bounds as one it is attached without being read. */
export const BOUNDS = "partition_bounds";

function sourcesOf({ sources }: PartitionChange, { from, to }: DaySpan): readonly DaySpan[] {
  return sources.filter((source) => source.from < to && source.to > from);
}

function startOf({ from }: DaySpan): string {
  return dayStart(from).toISOString();
}

function endOf({ to }: DaySpan): string {
  return dayStart(to).toISOString();
}

/** The condition of a row that its time lies in the span, as SQL. */
export function withinSpan(table: StoreTable, span: DaySpan): string {
  const time = identifier(table.partitionedBy ?? "");
  return `${time} is not null and ${time} >= '${startOf(span)}' and ${time} < '${endOf(span)}'`;
}

/**
 * Gives a partition the grants and the owner of its parent: searches read partitions by their names, and whoever makes one need not be
 * the owner of the store.
 */
export function inheritRights(parent: string, partition: string): string {
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
export function partitionIndexName(index: string, suffix: string): string {
  return `${index}_${suffix}`;
}

/** What a partition has kept on the coordinator of a cluster, where it was made, since its rows were copied to the workers. */
export function forgetLocalRows(partition: string): string {
  return `perform truncate_local_data_after_distributing_table(${stringLiteral(identifier(partition))})`;
}

/** Several statements as one, for a server that takes one statement at a time. */
export function block(statements: readonly string[]): string {
  return `do $block$\nbegin\n${statements.map((statement) => `  ${statement};\n`).join("")}end\n$block$`;
}
