/**
 * Changing the types of columns of a partitioned table, partition by partition.
 *
 * `alter column … type` rewrites all partitions in one statement, which nobody may read or write meanwhile, with locks on each of them and each of their
 * indexes, and with room for all of it twice. So the columns get successors under other names, which a trigger fills in what comes in meanwhile. Each
 * partition is copied into a new one with the successors filled, and takes the place of the old; at last the successors take over the names, which
 * changes the catalogs only. Whatever is done stays done after an interruption.
 */
import type { StoreTable } from "../catalogue/tables.js";
import { identifier, stringLiteral } from "../sql/fragment.js";
import { dayStart, partitionName, spanSuffix, type DaySpan } from "./day.js";
import { createIndex, setStatistics } from "./ddl.js";
import { BOUNDS, inheritRights, partitionIndexName, withinSpan } from "./partition.js";

/** A column that gets another type. */
export interface RetypedColumn {
  readonly name: string;
  readonly pgType: string;
}

/** What is changed: columns of a table, for a version of the schema. */
export interface Retyping {
  readonly table: StoreTable;
  readonly columns: readonly RetypedColumn[];
  /** A partition that is done carries it in its comment. */
  readonly version: number;
}

const SUCCESSOR = "~new";

/** Comment of a partition whose columns are those of a version. */
export function doneComment({ version }: Pick<Retyping, "version">): string {
  return `idea-eventstore columns: ${version}`;
}

/** The statements that give the columns their successors, filled in all new rows. */
export function beginRetyping({ table, columns }: Retyping): readonly string[] {
  const parent = identifier(table.name);
  const trigger = identifier(`${table.name}${SUCCESSOR}`);
  const added = columns.map(
    ({ name, pgType }) => `add column if not exists ${identifier(name + SUCCESSOR)} ${pgType}`,
  );
  const filled = columns.map(
    ({ name }) => `  new.${identifier(name + SUCCESSOR)} := new.${identifier(name)};\n`,
  );
  return [
    `alter table ${parent} ${added.join(", ")}`,
    `create or replace function ${trigger}() returns trigger language plpgsql as $fill$\nbegin\n${filled.join("")}  return new;\nend\n$fill$`,
    `drop trigger if exists ${trigger} on ${parent}`,
    `create trigger ${trigger} before insert on ${parent} for each row execute function ${trigger}()`,
  ];
}

/**
 * The statements that make the successor of a partition, which stays readable and writable.
 *
 * @param all - the columns of the table as it is now, successors included
 * @param indexes - names of the table's indexes that are there
 */
export function copyPartition(
  retyping: Retyping,
  span: DaySpan,
  all: readonly string[],
  indexes: ReadonlySet<string>,
): readonly string[] {
  const { table } = retyping;
  const [old, fresh] = names(table, span);
  return [
    `create table ${identifier(fresh)} (like ${identifier(table.name)} including all excluding indexes excluding comments, ` +
      `constraint ${BOUNDS} check (${withinSpan(table, span)}))`,
    ...setStatistics(table, fresh),
    copyRows(retyping, { from: identifier(old), to: identifier(fresh) }, all),
    ...table.indexes
      .filter(({ name }) => indexes.has(name))
      .map((index) => createIndex(index, { name: indexNames(index.name, span)[1], table: fresh })),
    `analyze ${identifier(fresh)}`,
  ];
}

/** The statements that bring the successor of a partition up to what the partition has become meanwhile. */
export function catchUpCopy(retyping: Retyping, span: DaySpan, all: readonly string[]): readonly string[] {
  const [old, fresh] = names(retyping.table, span).map(identifier) as [string, string];
  return [
    `delete from ${fresh} t where not exists (select from ${old} s where s.seq = t.seq)`,
    copyRows(retyping, { from: `${old} s`, to: fresh }, all) +
      ` where not exists (select from ${fresh} t where t.seq = s.seq)`,
  ];
}

function copyRows(
  { columns }: Retyping,
  { from, to }: { readonly from: string; readonly to: string },
  all: readonly string[],
): string {
  const filled = new Map(
    columns.map(({ name, pgType }) => [name + SUCCESSOR, `${identifier(name)}::${pgType}`]),
  );
  const values = all.map((name) => filled.get(name) ?? identifier(name));
  return `insert into ${to} (${all.map(identifier).join(", ")}) select ${values.join(", ")} from ${from}`;
}

/** The statements that put the successor of a partition in its place. */
export function swapCopy(retyping: Retyping, span: DaySpan, indexes: ReadonlySet<string>): readonly string[] {
  const { table } = retyping;
  const [old, fresh] = names(table, span).map(identifier) as [string, string];
  const [from, to] = [span.from, span.to].map((day) => dayStart(day).toISOString());
  const renamed = table.indexes
    .filter(({ name }) => indexes.has(name))
    .map(({ name }) => {
      const [final, spare] = indexNames(name, span).map(identifier);
      return `alter index ${spare} rename to ${final}`;
    });
  const parent = identifier(table.name);
  return [
    `drop table ${old}`,
    `alter table ${fresh} rename to ${old}`,
    ...renamed,
    `alter table ${parent} attach partition ${old} for values from ('${from}') to ('${to}')`,
    `alter table ${old} drop constraint ${BOUNDS}`,
    `comment on table ${old} is ${stringLiteral(doneComment(retyping))}`,
    inheritRights(parent, old),
  ];
}

/** The statement that fills the successors of a partition in place: of one that is small, as the default partition is. */
export function fillInPlace({ columns }: Retyping, partition: string): string {
  const set = columns.map(
    ({ name, pgType }) => `${identifier(name + SUCCESSOR)} = ${identifier(name)}::${pgType}`,
  );
  const differs = columns.map(
    ({ name, pgType }) => `${identifier(name + SUCCESSOR)} is distinct from ${identifier(name)}::${pgType}`,
  );
  return `update ${identifier(partition)} set ${set.join(", ")} where ${differs.join(" or ")}`;
}

/** The statements that give the successors the names of the columns. */
export function endRetyping({ table, columns }: Retyping): readonly string[] {
  const parent = identifier(table.name);
  const trigger = identifier(`${table.name}${SUCCESSOR}`);
  return [
    `drop trigger if exists ${trigger} on ${parent}`,
    `drop function if exists ${trigger}()`,
    `alter table ${parent} ${columns.map(({ name }) => `drop column ${identifier(name)}`).join(", ")}`,
    ...columns.map(
      ({ name }) =>
        `alter table ${parent} rename column ${identifier(name + SUCCESSOR)} to ${identifier(name)}`,
    ),
  ];
}

function names(table: StoreTable, span: DaySpan): [old: string, fresh: string] {
  const name = partitionName(table.name, span);
  return [name, name + SUCCESSOR];
}

function indexNames(index: string, span: DaySpan): [final: string, fresh: string] {
  const name = partitionIndexName(index, spanSuffix(span));
  return [name, name + SUCCESSOR];
}
