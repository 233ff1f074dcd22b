/**
 * The statement that counts a day: the roll-ups of its hours, the lists of the most frequent values of the fields with many, and the counts by
 * combination (`combination-statements.ts`). Its rows are read once, whatever the number of fields.
 */
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import { column, operation, parameter, type OperationSpec } from "../../../compiler/sql/operation.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import {
  combinationsDimension,
  combinedDimension,
  combinedFields,
  combinedHours,
} from "./combination-statements.js";
import { dimensionOf, rollupFields, setOfField } from "./field-statements.js";
import { DAY_LENGTH, dayVersions, hourOf, markHours, replaceRollups, ROWS } from "./hour-statements.js";

/** Combinations of a day at most: where there are more, its events are scanned. */
const MAX_COMBINATIONS = 300;

/**
 * Values of a field that are listed by combination: fewer than of the lists of the days, as all of them are added up by each reader. Reading 1,000
 * of each day took 165 ms of the server for a million events in 30 days, and 250 take 70.
 */
const LISTED = "least($2::integer, 250)";

/** Whether the days of a catalogue have lists; else there are only the roll-ups of hours. */
export function hasLists(catalogue: Catalogue): boolean {
  return rollupFields(catalogue, "top").length > 0 || combinedFields(catalogue).length > 0;
}

/** Which days have to be counted, and counting one; none for a catalogue without lists. */
export function dayOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return hasLists(catalogue)
    ? [staleDays(catalogue), forgetCombinations(catalogue), countDay(catalogue)]
    : [];
}

function staleDays(catalogue: Catalogue): OperationSpec {
  const { topDays } = storeNames(catalogue);
  const dimensions = [
    ...rollupFields(catalogue, "top").map(dimensionOf),
    ...(combinedFields(catalogue).length > 0 ? [combinationsDimension(catalogue)] : []),
  ];
  return operation({
    name: "staleDays",
    operation: "refresh",
    description: "Days before today that changed since their lists were made, oldest first",
    cardinality: "many",
    columns: [column("day", "start of the day, as the server prints it", "text")],
    text:
      `with ${dayVersions(catalogue)} select day::text from versions where day < date_trunc('day', now(), 'UTC') and ` +
      `(select count(*) from ${topDays} as l where l.day = versions.day and l.dimension in (${dimensions.join(", ")}) ` +
      `and l.version = versions.version) < ${dimensions.length} order by day`,
  });
}

/** Else counts of combinations that the day has no more would stay. */
function forgetCombinations(catalogue: Catalogue): OperationSpec {
  const { topDays } = storeNames(catalogue);
  return operation({
    name: "forgetCombinations",
    operation: "refresh",
    description: "Deletes the counts of a day's combinations",
    cardinality: "none",
    idempotent: false,
    parameters: [parameter("day", "start of the day", "timestamptz")],
    text: `delete from ${topDays} where day = $1::timestamptz and dimension like 'combined %'`,
  });
}

/** One statement, so that versions and counts come from one snapshot. */
function countDay(catalogue: Catalogue): OperationSpec {
  const { hours, topDays } = storeNames(catalogue);
  const isRolledUp = rollupFields(catalogue, "all").length > 0;
  const wanted = "any($3::timestamptz[])";
  const parts = [
    // Without a version where the day was dropped meanwhile.
    `day as (select sum(inserted) + sum(deleted) as version from ${hours} where ${withinDay("hour")})`,
    ...dayRows(catalogue),
    ...(isRolledUp ? [replaceRollups(catalogue, `numbered where hour = ${wanted}`, wanted)] : []),
    `marked as (${markHours(catalogue, wanted)})`,
    ...countedFields(catalogue).map((field, position) => fieldTables(catalogue, field, position)),
  ];
  return operation({
    name: "countDay",
    operation: "refresh",
    description:
      "Computes the roll-ups of some hours of a day, its lists of the most frequent values, and its counts by combination",
    cardinality: "none",
    idempotent: false,
    parameters: [
      parameter("day", "start of the day", "timestamptz"),
      parameter("values", "number of values of a field that are listed", "int4"),
      parameter("hours", "starts of the hours that are rolled up", "timestamptz[]"),
    ],
    text:
      `with ${parts.join(", ")} insert into ${topDays} (day, dimension, version, total, missing, bound, top_values, top_counts) ` +
      `select $1::timestamptz, dimension, day.version, total, missing, bound, coalesce(top_values, '{}'), coalesce(top_counts, '{}') ` +
      `from day cross join (${dayLists(catalogue).join(" union all ")}) as counted where day.version is not null order by dimension ` +
      `on conflict (day, dimension) do update set version = excluded.version, total = excluded.total, missing = excluded.missing, ` +
      `bound = excluded.bound, top_values = excluded.top_values, top_counts = excluded.top_counts`,
    slots: ROWS,
  });
}

function withinDay(at: string): string {
  return `${at} >= $1::timestamptz and ${at} < $1::timestamptz + ${DAY_LENGTH}`;
}

/** The fields that are counted by combination, each with a position. */
function countedFields(catalogue: Catalogue): readonly StoredField[] {
  return [...rollupFields(catalogue, "all"), ...rollupFields(catalogue, "top")];
}

/**
 * Common table expression `numbered`: the rows of the day, each with its hour and the number of its combination; null where there are too many
 * combinations or none are counted. Before it `combinations`, where they are counted.
 */
function dayRows(catalogue: Catalogue): readonly string[] {
  const { events, time } = storeNames(catalogue);
  const columns = countedFields(catalogue).map(({ column: name }) => identifier(name));
  const combined = combinedFields(catalogue).map(({ column: name }) => identifier(name));
  const read = (name: string, first: string): string =>
    `${name} as materialized (select ${[first, `${hourOf(time)} as hour`, ...columns].join(", ")} from ${events} ` +
    `where ${withinDay(time)} and {rows})`;
  if (combined.length === 0) return [read("numbered", 'null::bigint as "#number"')];
  return [
    read("rows", `json_build_array(${combined.join(", ")})::text collate "C" as "#combination"`),
    `combinations as materialized (select "#combination", count(*) as n, row_number() over (order by "#combination") - 1 as number ` +
      `from rows group by 1)`,
    `numbered as materialized (select case when (select count(*) from combinations) <= ${MAX_COMBINATIONS} then number end as "#number", ` +
      `${["hour", ...columns].join(", ")} from rows join combinations using ("#combination"))`,
  ];
}

/**
 * Common table expressions: the values of a field by combination, the most frequent of the day, and the lists of the combinations. Of a field with
 * few values equal lists are counted before they are taken apart.
 */
function fieldTables(catalogue: Catalogue, field: StoredField, position: number): string {
  const [tally, most, lists] = [`tally${position}`, `most${position}`, `lists${position}`];
  const name = identifier(field.column);
  const values = setOfField(catalogue, field, [field]);
  const counted =
    field.rollup === "top"
      ? `select number, v, count(*) as n from (select "#number" as number, ${values} as v from numbered) as e group by 1, 2`
      : `select number, v, sum(n)::bigint as n from (select number, ${values} as v, n from ` +
        `(select "#number" as number, ${name}, count(*) as n from numbered group by 1, 2) as g) as e group by 1, 2`;
  return (
    `${tally} as materialized (${counted}), ` +
    // One more than is listed: the bound of all that are not.
    `${most} as materialized (select v, n, row_number() over (order by n desc, v) as place from ` +
    `(select v, sum(n)::bigint as n from ${tally} where v is not null group by v) as d order by n desc, v limit ` +
    `${field.rollup === "top" ? "$2::integer" : LISTED} + 1), ` +
    // In a select list IN looks into a hash, whatever the planner takes for the sizes, which it has no means to know.
    `${lists} as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, ` +
    `coalesce((select n from ${most} where place = ${LISTED} + 1), 0) as bound, ` +
    `array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts ` +
    `from (select t.*, v in (select v from ${most} where place <= ${LISTED}) as listed from ${tally} as t where number is not null) as t ` +
    `group by number having count(v) > 0)`
  );
}

/** Queries for the lists of the day: `dimension`, `total`, `missing`, `bound`, `top_values` and `top_counts`. */
function dayLists(catalogue: Catalogue): readonly string[] {
  const lists = countedFields(catalogue).flatMap((field, position) => {
    const byCombination =
      `select ${combinedDimension(catalogue, field.name)} || number, total, missing, bound, top_values, top_counts ` +
      `from lists${position}`;
    return field.rollup === "top" ? [listOfField(field, position), byCombination] : [byCombination];
  });
  if (combinedFields(catalogue).length === 0) return lists;
  return [
    `select ${combinationsDimension(catalogue)} as dimension, coalesce(sum(n), 0) as total, 0 as missing, ` +
      `case when count(*) > ${MAX_COMBINATIONS} then 1 else 0 end as bound, array_agg("#combination" order by number) as top_values, ` +
      `array_agg(n order by number) as top_counts from combinations`,
    `select ${combinedHours(catalogue)} || "#number", sum(n), 0, 0, array_agg(hour_number::text order by hour), array_agg(n order by hour) from ` +
      `(select "#number", hour, floor(extract(epoch from hour) / 3600)::bigint as hour_number, count(*) as n from numbered ` +
      `where "#number" is not null group by 1, 2) as h group by "#number"`,
    ...lists,
  ];
}

/** The most frequent values of a field among all events of the day. */
function listOfField(field: StoredField, position: number): string {
  const [tally, most] = [`tally${position}`, `most${position}`];
  const listed = "filter (where place <= $2::integer)";
  return (
    `select ${dimensionOf(field)} as dimension, (select coalesce(sum(n), 0) from ${tally}) as total, ` +
    `(select coalesce(sum(n), 0) from ${tally} where v is null) as missing, ` +
    `coalesce(max(n) filter (where place > $2::integer), 0) as bound, array_agg(v::text order by place) ${listed} as top_values, ` +
    `array_agg(n order by place) ${listed} as top_counts from ${most}`
  );
}
