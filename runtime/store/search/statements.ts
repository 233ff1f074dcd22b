/**
 * The SQL of a search: the bounded walk, the days by their indexes, and the reading of JSON.
 *
 * Why not one plain ordered statement: the planner takes every filter for common and walks the time index, which for a rare address reads
 * whole days (1.9 s at a million events, storage-performance.md §3). So dense filters are answered by a walk over the newest rows
 * that stops after a bounded number, and all others day by day with an order that no index has. One statement does both: what the walk
 * makes needless is planned, but never run.
 */
import type { WireValue } from "../../postgres/statement.js";
import type { Layout } from "../layout.js";
import { versionSql } from "./days.js";
import { timeText } from "./key.js";
import { PROBE_ROWS, WALK_ROWS, type SearchedDay, type SearchedTable, type Step } from "./steps.js";

/** What the rows of a page are made of, besides their place in the order. */
export interface PageShape {
  readonly layout: Layout;
  /** SQL identifier of the sort column. */
  readonly column: string;
  readonly descending: boolean;
  /** Further columns (for ghosts), as SQL. */
  readonly columns: readonly string[];
  /** The JSON comes with the rows. */
  readonly texts: boolean;
}

/** Positions of the fixed parameters: the limit, and with a key its time and id; the filter's come behind them. */
const TIME_PARAMETER = 2;
const ID_PARAMETER = 3;
const LIMIT = "$1::bigint";

/** Number of the filter's first placeholder. */
export function firstFilterParameter(keyed: boolean): number {
  return keyed ? ID_PARAMETER + 1 : TIME_PARAMETER;
}

/** The filter as SQL, with the values of all its placeholders. */
export interface StepFilters {
  /** For the rows of the walk. */
  readonly rows: string;
  readonly all: string;
  /** For days that lie within the filter's bounds: without the test of the bounds, which the planner would have answered by an index. */
  readonly within: string;
  readonly values: readonly WireValue[];
}

/** What all tables of a step have in common. */
interface Search {
  readonly shape: PageShape;
  readonly filters: StepFilters;
  /** Behind a key. */
  readonly keyed: boolean;
}

/**
 * One step of a search. The first row is the version of the partitions and the number of hits of a walk that was gathered, with null for the rest; the others are hits: null, the number of their table,
 * the JSON, id, seq, partitioning time, value of the sort column, further columns. Those of the days come in order and fill the page at
 * most; those outside the days come behind them.
 */
export function stepStatement(shape: PageShape, step: Step, filters: StepFilters, keyed: boolean): string {
  const search: Search = { shape, filters, keyed };
  const tables = [...step.days, ...step.outside];
  const ctes = walkCtes(search, step);
  const walked = ctes.length === 0 ? "0" : WALKED;
  const nulls = ["text", ...HIT, ...shape.columns].map(() => "null");
  const version = `select ${versionSql(shape.layout)} as version, ${walked} as hit_part, ${nulls.join(", ")}`;
  if (tables.length === 0) return version;
  const days = pageOf(search, step);
  const outside = step.outside.map((table, index) =>
    arm(search, { ...table, whole: false }, step.days.length + index),
  );
  const hits = [...(days === null ? [] : [days]), ...outside].join(" union all ");
  const before = ctes.length === 0 ? "" : `with ${ctes.join(", ")} `;
  return `${before}${version} union all select null, hit_part, ${textOf(shape, tables)}, ${HIT.join(", ")}${further(shape)} from (${hits}) as hit`;
}

/** The columns of a hit, besides its table and JSON. */
const HIT = ["hit_id", "hit_seq", "hit_time", "hit_sorted"] as const;

function further({ columns }: PageShape): string {
  return columns.map((column) => `, ${column}`).join("");
}

function selection(shape: PageShape, part: string): string {
  const { id, time } = shape.layout;
  return `${part} as hit_part, ${id.column} as hit_id, seq as hit_seq, ${time.column} as hit_time, ${shape.column} as hit_sorted${further(shape)}`;
}

const WALKED = "(select count(*) from walked)";

function pageOf(search: Search, { walk, walkOnly, days }: Step): string | null {
  if (days.length === 0) return null;
  if (walkOnly) return walkedPage(search, walk);
  const arms = days.map((table, part) => arm(search, table, part)).join(" union all ");
  const byIndex = `select * from (${arms}) as days limit ${LIMIT}`;
  if (walk.length === 0) return `(${byIndex})`;
  const byWalk = `(select * from walked where ${WALKED} >= ${LIMIT} ${order(search.shape, "hit_sorted", "hit_id")} limit ${LIMIT})`;
  return `${byWalk} union all (select * from (${byIndex}) as days where ${WALKED} < ${LIMIT})`;
}

/**
 * The hits of one table, sorted. Adding nothing to the sort column hides it from the planner: it neither walks the column's index nor reads all
 * of it for the sake of the key, but takes the filter's own indexes and sorts what they give.
 */
function arm({ shape, filters, keyed }: Search, { name, whole }: SearchedDay, part: number): string {
  const column = `(${shape.column} + interval '0')`;
  const where = keyed ? `${behindKey(shape, column)} and ` : "";
  return (
    `(select ${selection(shape, String(part))} from ${name} where ${where}${whole ? filters.within : filters.all} ` +
    `${order(shape, column, shape.layout.id.column)} limit ${LIMIT})`
  );
}

/**
 * The newest (oldest) rows that meet the filter, of so many that are looked at. Few of them tell whether the rest is worth a look. Rows of one
 * time are looked at together: in the order of the index alone, which has no ids, no row is copied and sorted.
 */
function walkCtes(search: Search, { walk, walkOnly }: Step): readonly string[] {
  if (walk.length === 0 || walkOnly) return [];
  const hits = (rows: number, condition: string): string =>
    `${walkedRows(search, walk, rows, condition)} ${firstInOrder(search.shape, `(${LIMIT})`)}`;
  const found = "(select count(*) from probe)";
  const promising = `${found} < ${LIMIT} and ${found} * ${WALK_ROWS / PROBE_ROWS} >= ${LIMIT} and `;
  return [
    `probe as materialized (${hits(PROBE_ROWS, "")})`,
    `walk as materialized (${hits(WALK_ROWS, promising)})`,
    `walked as materialized (select * from probe where ${found} >= ${LIMIT} union all select * from walk)`,
  ];
}

/**
 * A page that the walk is known to fill. Nothing counts or gathers its rows first: each is on its way as soon as it is found, and is unpacked
 * there while the server looks for the next ones.
 */
function walkedPage(search: Search, walk: readonly SearchedTable[]): string {
  const { shape } = search;
  return `(${walkedRows(search, walk, WALK_ROWS, "")} ${order(shape, shape.column, shape.layout.id.column)} limit ${LIMIT})`;
}

/**
 * Those of the first rows of the walk that meet the filter. Its tests are tried in the order that they have: left to the planner, which sorts
 * operands of `and` by its own estimates, the overlap of two lists stands before a word, and 5,000 rows take half as long again.
 */
function walkedRows(
  { shape, filters, keyed }: Search,
  walk: readonly SearchedTable[],
  rows: number,
  condition: string,
): string {
  const where = keyed ? ` where ${behindKey(shape, shape.column)}` : "";
  const first = firstInOrder(shape, String(rows));
  const [only, ...others] = walk.map(({ name }) => `select * from ${name}${where} ${first}`);
  const looked =
    others.length === 0
      ? only
      : `select * from (${[only, ...others].map((table) => `(${table})`).join(" union all ")}) as days ${first}`;
  return `select ${selection(shape, partOf(shape, walk))} from (${looked}) as looked where ${condition}(${filters.rows}) is true`;
}

/** The first rows in the order of the sort column, with those that are equal to the last. */
function firstInOrder({ column, descending }: PageShape, rows: string): string {
  return `order by ${column} ${descending ? "desc" : "asc"} fetch first ${rows} rows with ties`;
}

/** Which of the days a walked row is from. */
function partOf({ layout, descending }: PageShape, walk: readonly SearchedTable[]): string {
  const parts = walk.slice(0, -1).map(({ day }, part) => {
    const bound = descending ? `>= '${timeText(day!.from)}'` : `< '${timeText(day!.to)}'`;
    return `when ${layout.time.column} ${bound} then ${part}`;
  });
  return parts.length === 0 ? "0" : `case ${parts.join(" ")} else ${walk.length - 1} end`;
}

function order({ descending }: PageShape, column: string, id: string): string {
  const direction = descending ? "desc" : "asc";
  return `order by ${column} ${direction}, ${id} ${direction}`;
}

/** Behind the key of the page before, by a column that holds the sort value. */
function behindKey({ layout, descending }: PageShape, column: string): string {
  const sign = descending ? "<" : ">";
  const time = `$${TIME_PARAMETER}::timestamptz`;
  const id = `$${ID_PARAMETER}::text`;
  return `${column} ${sign}= ${time} and (${column} ${sign} ${time} or ${layout.id.column} ${sign} ${id})`;
}

/** The JSON of a hit from the partition that belongs to its table. */
function textOf({ layout, texts }: PageShape, tables: readonly SearchedTable[]): string {
  if (!texts) return "null";
  const cases = tables.map(
    ({ json }, part) =>
      `when ${part} then (select j.event from ${json} as j where j.seq = hit_seq and j.${layout.time.column} = hit_time)`,
  );
  return `case hit_part ${cases.join(" ")} end`;
}

/** The JSON of some events of one partition, or of the whole table. */
export function jsonStatement(json: string): string {
  return `select seq, event from ${json} where seq = any($1::bigint[])`;
}
