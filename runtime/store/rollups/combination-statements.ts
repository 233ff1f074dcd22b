/**
 * Counts by the combinations of the fields that are marked `combined`, day by day, in the table of the lists.
 *
 * A row of the day shows which combinations its events have, each as a JSON array, and how many events have each. For every field that is rolled
 * up, a row for each combination shows how often its values occur among these events: of the values that are listed, which are those that are most
 * frequent on the whole day. What is not listed occurs on the whole day as often as the row's bound says at most, so that the lists of the
 * combinations that a filter matches, added, are a list of that filter. Where no event of a combination has a value of the field, there is no row.
 */
import { createHash } from "node:crypto";
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import { column, operation, parameter, type OperationSpec } from "../../../compiler/sql/operation.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import { rollupFields, setOfField } from "./field-statements.js";
import { DAY_LENGTH, dayVersions, ROWS } from "./hour-statements.js";

/** Combinations of a day at most: where there are more, its events are scanned. */
const MAX_COMBINATIONS = 300;

/**
 * Values of a field that are listed: fewer than of the lists of the days, as all of them are added up by each reader. Reading 1,000 of each day took
 * 165 ms of the server for a million events in 30 days, and 250 take 70.
 */
const LISTED = "least($2::integer, 250)";

/** The name under which the hours of the events are counted; no field has it. */
const HOURS = "@hours";

/** The fields whose combinations are counted. */
export function combinedFields(catalogue: Catalogue): readonly StoredField[] {
  return rollupFields(catalogue, "all").filter(({ combined }) => combined === true);
}

/** What the dimensions of these counts begin with: it differs where other fields are combined. */
function prefixOf(catalogue: Catalogue): string {
  const names = combinedFields(catalogue).map(({ name }) => name);
  return `combined ${createHash("sha256").update(names.join(" ")).digest("base64url").slice(0, 8)}`;
}

/** The dimension of the row that tells the combinations of a day, as a string of SQL. */
export function combinationsDimension(catalogue: Catalogue): string {
  return stringLiteral(prefixOf(catalogue));
}

/** The dimensions of the counts of a field's values without the number of the combination, which follows; as a string of SQL. */
export function combinedDimension(catalogue: Catalogue, name: string): string {
  return stringLiteral(`${prefixOf(catalogue)} ${name} `);
}

/** The same for the hours of the events, numbered from 1970. */
export function combinedHours(catalogue: Catalogue): string {
  return combinedDimension(catalogue, HOURS);
}

/** Which days lack these counts, and the making of them; none for a catalogue without combined fields. */
export function combinationOperations(catalogue: Catalogue): readonly OperationSpec[] {
  if (combinedFields(catalogue).length === 0) return [];
  return [staleCombinations(catalogue), forgetCombinations(catalogue), listCombinations(catalogue)];
}

function staleCombinations(catalogue: Catalogue): OperationSpec {
  const { topDays, anything } = storeNames(catalogue);
  return operation({
    name: "staleCombinations",
    operation: "refresh",
    description: "Days before today whose combinations are not counted as they are now, oldest first",
    cardinality: "many",
    columns: [column("day", "start of the day, as the server prints it", "text")],
    text:
      `with ${dayVersions(catalogue)} select day::text from versions where day < date_trunc('day', now(), 'UTC') and not exists ` +
      `(${anything} from ${topDays} as l where l.day = versions.day and l.dimension = ${combinationsDimension(catalogue)} ` +
      `and l.version = versions.version) order by day`,
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

/** One statement, so that version and counts come from one snapshot. */
function listCombinations(catalogue: Catalogue): OperationSpec {
  const { events, time, hours, topDays } = storeNames(catalogue);
  const within = (at: string): string =>
    `${at} >= $1::timestamptz and ${at} < $1::timestamptz + ${DAY_LENGTH}`;
  const fields = [...rollupFields(catalogue, "all"), ...rollupFields(catalogue, "top")];
  const columns = fields.map(({ column: name }) => identifier(name)).join(", ");
  const combination = `json_build_array(${combinedFields(catalogue)
    .map(({ column: name }) => identifier(name))
    .join(", ")})::text collate "C"`;
  return operation({
    name: "listCombinations",
    operation: "refresh",
    description: "Counts the combinations of the combined fields on a day, and the values of others by them",
    cardinality: "none",
    idempotent: false,
    parameters: [
      parameter("day", "start of the day", "timestamptz"),
      parameter("values", "number of values of a field that are listed", "int4"),
    ],
    text:
      `with day as (select sum(inserted) + sum(deleted) as version from ${hours} where ${within("hour")}), ` +
      `rows as materialized (select ${combination} as "#combination", floor(extract(epoch from ${time}) / 3600)::bigint as "#hour", ${columns} ` +
      `from ${events} where ${within(time)} and {rows}), ` +
      `combinations as materialized (select "#combination", count(*) as n, row_number() over (order by "#combination") - 1 as number ` +
      `from rows group by 1), ` +
      `numbered as materialized (select number as "#number", rows.* from rows join combinations using ("#combination") ` +
      `where (select count(*) from combinations) <= ${MAX_COMBINATIONS}), ` +
      fields.map((field, position) => fieldTables(catalogue, field, position)).join(", ") +
      ` insert into ${topDays} (day, dimension, version, total, missing, bound, top_values, top_counts) ` +
      `select $1::timestamptz, dimension, day.version, total, missing, bound, coalesce(top_values, '{}'), coalesce(top_counts, '{}') from day cross join (` +
      `select ${combinationsDimension(catalogue)} as dimension, coalesce(sum(n), 0) as total, 0 as missing, ` +
      `case when count(*) > ${MAX_COMBINATIONS} then 1 else 0 end as bound, array_agg("#combination" order by number) as top_values, ` +
      `array_agg(n order by number) as top_counts from combinations ` +
      `union all select ${combinedHours(catalogue)} || "#number", sum(n), 0, 0, array_agg("#hour"::text order by "#hour"), array_agg(n order by "#hour") ` +
      `from (select "#number", "#hour", count(*) as n from numbered group by 1, 2) as h group by "#number"` +
      fields
        .map(
          ({ name }, position) =>
            ` union all select ${combinedDimension(catalogue, name)} || number, total, missing, bound, top_values, top_counts from lists${position}`,
        )
        .join("") +
      `) as counted where day.version is not null order by dimension ` +
      `on conflict (day, dimension) do update set version = excluded.version, total = excluded.total, missing = excluded.missing, ` +
      `bound = excluded.bound, top_values = excluded.top_values, top_counts = excluded.top_counts`,
    slots: ROWS,
  });
}

/** Common table expressions: the values of a field by combination, the most frequent of the day, and the lists of the combinations. */
function fieldTables(catalogue: Catalogue, field: StoredField, position: number): string {
  const [tally, most, lists] = [`tally${position}`, `most${position}`, `lists${position}`];
  return (
    `${tally} as materialized (select number, v, count(*) as n from (select "#number" as number, ${setOfField(catalogue, field, [field])} as v from numbered) as e group by 1, 2), ` +
    // One more than is listed: the bound of all that are not.
    `${most} as materialized (select v, n, row_number() over (order by n desc, v) as place from ` +
    `(select v, sum(n) as n from ${tally} where v is not null group by v) as d order by n desc, v limit ${LISTED} + 1), ` +
    // In a select list IN looks into a hash, whatever the planner takes for the sizes, which it has no means to know.
    `${lists} as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, ` +
    `coalesce((select n from ${most} where place > ${LISTED}), 0) as bound, ` +
    `array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts ` +
    `from (select t.*, v in (select v from ${most} where place <= ${LISTED}) as listed from ${tally} as t) as t group by number having count(v) > 0)`
  );
}
