/**
 * Reading the rows of older events again from their JSON: what an earlier release stored in another spelling, or not at all, becomes what this one
 * stores. Done in slices of a partition by plain updates, beside reading and ingest; run again it changes nothing.
 */
import { listedFields, searchedColumns, type SearchedColumn } from "../catalogue/columns.js";
import { COMPLETE, HOUR_SHARDS, storeTables } from "../catalogue/tables.js";
import type { Catalogue } from "../catalogue/model.js";
import { isSpread } from "../catalogue/spread.js";
import { identifier, stringLiteral } from "../sql/fragment.js";
import { storeNames } from "../sql/store-names.js";
import { partitionName, type DaySpan } from "./day.js";
import { addColumn, createTable } from "./ddl.js";

/** Events of one statement. */
export const REREAD_ROWS = 500;

/** The statements that make what rows that are read again are written to: columns of the searched table, and the lists of values. */
export function prepareReread(catalogue: Catalogue): readonly string[] {
  const { events, words } = storeTables(catalogue);
  return [createTable(words), ...events.columns.map((column) => addColumn(events, column))];
}

/** The columns that are read again, in order: all but those that say which event it is, and where it is. */
export function rereadColumns(catalogue: Catalogue): readonly SearchedColumn[] {
  const { id, time, stored } = storeTables(catalogue).roles;
  const kept = new Set([id.column, time.column, stored.column]);
  return searchedColumns(catalogue).filter(({ name }) => !kept.has(name));
}

/** The query for the next events of a partition: `$1` the number of the last one before, `$2` how many. */
export function nextRows(catalogue: Catalogue, span: DaySpan | null): string {
  const { events, json } = storeTables(catalogue);
  const { id } = storeNames(catalogue);
  // Rows of a cluster are joined on their workers, by what they are spread by.
  const together = isSpread(catalogue) ? ` and j.${id} = e.${id}` : "";
  const [rows, texts] = [events, json].map(({ name }) => identifier(partitionName(name, span)));
  return (
    `select e.seq::text as seq, e.${id} as id, encode(j.event, 'hex') as event from ${rows} e join ${texts} j on j.seq = e.seq${together} ` +
    `where e.seq > $1 order by e.seq limit $2`
  );
}

/**
 * The statement that writes what was read again: `$1` the numbers of the events, then the texts of each of {@link rereadColumns}. Rows that would
 * stay as they are are left alone. New values are listed, and what was computed from the hours of the changed events is out of date.
 */
export function writeRows(catalogue: Catalogue, span: DaySpan | null): string {
  const { hours, words, time } = storeNames(catalogue);
  const columns = rereadColumns(catalogue).map(({ name, pgType }) => ({ name: identifier(name), pgType }));
  const listed = listedFields(catalogue);
  const returned = [time, ...listed.map(({ column }) => identifier(column))];
  const values = listed.map(({ name, column, list }) => {
    const value = list ? `unnest(c.${identifier(column)})` : `c.${identifier(column)}`;
    return `select ${stringLiteral(name)} as field, ${value} as value from changed c`;
  });
  const listing =
    values.length === 0
      ? ""
      : `, listed as (insert into ${words} (field, value) select distinct field, value from (${values.join(" union all ")}) as found ` +
        `where value <> ${stringLiteral(COMPLETE)} order by field, value on conflict (field, value) do nothing)`;
  // Workers take no cast that depends on a setting: the coordinator makes values of the texts, and these are compared.
  const spread = isSpread(catalogue);
  const typed = spread
    ? `seq, ${columns.map(({ pgType }, index) => `c${index}::${pgType}`).join(", ")}`
    : "*";
  const value = (index: number, pgType: string): string =>
    spread ? `g.c${index}` : `g.c${index}::${pgType}`;
  const differs = ({ name, pgType }: { name: string; pgType: string }, index: number): string =>
    spread
      ? `e.${name} is distinct from g.c${index}`
      : `e.${name}::text is distinct from (g.c${index}::${pgType})::text`;
  return (
    `with given as ${spread ? "materialized " : ""}(select ${typed} from unnest($1::bigint[]${columns.map((_, index) => `, $${index + 2}::text[]`).join("")}) ` +
    `as g (seq${columns.map((_, index) => `, c${index}`).join("")})), ` +
    `changed as (update ${identifier(partitionName(storeTables(catalogue).events.name, span))} as e ` +
    `set ${columns.map(({ name, pgType }, index) => `${name} = ${value(index, pgType)}`).join(", ")} from given g where e.seq = g.seq and ` +
    `(${columns.map(differs).join(" or ")}) ` +
    `returning ${returned.map((name) => `e.${name}`).join(", ")})${listing} ` +
    // One more of both leaves the number of events as it is, and the hour has another version.
    `insert into ${hours} as h (hour, shard, inserted, deleted) select distinct date_trunc('hour', c.${time}, 'UTC'), ` +
    `pg_backend_pid() % ${HOUR_SHARDS}, 1, 1 from changed c order by 1 ` +
    `on conflict (hour, shard) do update set inserted = h.inserted + 1, deleted = h.deleted + 1`
  );
}
