/**
 * The SQL of a search: the bounded walk, the arms over days, and the reading of JSON.
 *
 * Why not one plain ordered statement: the planner takes every filter for common and walks the time index, which for a rare address reads
 * whole days (1.9 s at a million events, storage-performance.md §3). So dense filters are answered by a walk over the newest rows
 * that stops after a bounded number, and all others day by day with an order that no index has.
 */
import type { FilterSlot } from "../../statement.js";
import type { Layout } from "../layout.js";
import type { Partition } from "./days.js";

/** Rows that the walk looks at: some milliseconds of work at most. */
export const WALK_ROWS = 5000;
/** Rows that tell whether the walk is worth its time: a filter that few of the newest rows meet is left to the indexes at once. */
export const PROBE_ROWS = 500;

/** A partition, or the whole of both tables. */
export type SearchedTable = Pick<Partition, "name" | "json">;

/** What the rows of a page are made of, besides their place in the order. */
export interface PageShape {
  readonly layout: Layout;
  /** SQL identifier of the sort column. */
  readonly column: string;
  readonly descending: boolean;
  /** Further columns (for ghosts), as SQL. */
  readonly columns: readonly string[];
  /** The JSON comes with the rows where that costs nothing extra. */
  readonly texts: boolean;
}

/** Positions of the fixed parameters: the limit, and with a key its time and id; the filter's come behind them. */
const LIMIT_PARAMETER = 1;
const TIME_PARAMETER = 2;
const ID_PARAMETER = 3;

/** Number of the filter's first placeholder. */
export function firstFilterParameter(keyed: boolean): number {
  return keyed ? ID_PARAMETER + 1 : LIMIT_PARAMETER + 1;
}

function order(shape: PageShape, table: string, indexed: boolean): string {
  const direction = shape.descending ? "desc" : "asc";
  const column = `${table}${shape.column}`;
  // Adding nothing hides the column from the planner's index paths: it then takes the filter's own index and sorts what it finds.
  return `order by ${indexed ? column : `${column} + interval '0'`} ${direction}, ${table}${shape.layout.id.column} ${direction}`;
}

/** Behind the key of the page before. A first page has the key null. */
function behindKey(shape: PageShape): string {
  const { column, layout, descending } = shape;
  const sign = descending ? "<" : ">";
  const time = `$${TIME_PARAMETER}::timestamptz`;
  const id = `$${ID_PARAMETER}::text`;
  return `${column} ${sign}= ${time} and (${column} ${sign} ${time} or ${layout.id.column} ${sign} ${id})`;
}

/** The columns of a hit, behind its JSON. */
function selection(shape: PageShape): string {
  const { id, time } = shape.layout;
  return [id.column, "seq", time.column, `${shape.column} as sorted`, ...shape.columns].join(", ");
}

/** Puts the text of a statement together; all of them return the same columns and take the same parameters. */
export type BuildStatement = (
  shape: PageShape,
  tables: readonly SearchedTable[],
  filter: FilterSlot,
  keyed: boolean,
) => string;

/**
 * The newest (oldest) rows of the given tables, so many, of which those that meet the filter are returned, the page's limit at most. Of
 * several tables it is not known any more which one a row is from, so its JSON is null.
 */
export function walkStatement(rows: number): BuildStatement {
  return (shape, tables, filter, keyed) => {
    const where = keyed ? ` where ${behindKey(shape)}` : "";
    const arms = tables.map(
      ({ name }) => `(select * from ${name}${where} ${order(shape, "", true)} limit ${rows})`,
    );
    const hits =
      `select ${selection(shape)} from (select * from (${arms.join(" union all ")}) as a limit ${rows}) as w ` +
      `where ${filter.text} limit $${LIMIT_PARAMETER}::bigint`;
    return withText(shape, hits, tables.length === 1 ? tables[0] : undefined);
  };
}

/** Puts the JSON in front of the hits of a table where it is wanted. */
function withText(shape: PageShape, hits: string, table: Pick<SearchedTable, "json"> | undefined): string {
  const { column: time } = shape.layout.time;
  const text =
    shape.texts && table !== undefined
      ? `(select j.event from ${table.json} as j where j.seq = hit.seq and j.${time} = hit.${time})`
      : "null::bytea";
  return `select ${text}, hit.* from (${hits}) as hit`;
}

/** Day by day: each arm is planned for its own partition, and those behind the filled page are never run. */
export const armsStatement: BuildStatement = (shape, tables, filter, keyed) => {
  const where = keyed ? `${behindKey(shape)} and ` : "";
  const arms = tables.map(({ name, json }) => {
    const hits =
      `select ${selection(shape)} from ${name} where ${where}${filter.text} ` +
      `${order(shape, "", false)} limit $${LIMIT_PARAMETER}::bigint`;
    return `(${withText(shape, hits, { json })})`;
  });
  return `select * from (${arms.join(" union all ")}) as a limit $${LIMIT_PARAMETER}::bigint`;
};

/** The JSON of some events of one partition, or of the whole table. */
export function jsonStatement(partition: Pick<Partition, "json">): string {
  return `select seq, event from ${partition.json} where seq = any($1::bigint[])`;
}
