/**
 * Reading the counts by combination: for a filter on combined fields, within some time. Days that lie wholly within it and are counted as they are
 * now are added up, of all others the rows are read, in one statement and so of one snapshot.
 */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import { column, nullable, operation, type OperationSpec } from "../../../compiler/sql/operation.js";
import { choice } from "../../../compiler/sql/slots.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import type { ChoiceSlotSpec, SlotSpecs } from "../../../compiler/sql/template.js";
import {
  combinationsDimension,
  combinedDimension,
  combinedFields,
} from "../rollups/combination-statements.js";
import { rollupFields } from "../rollups/field-statements.js";
import { staleSource } from "../rollups/alone-statements.js";
import { DAY_LENGTH, ROWS, staleDaysOf } from "../rollups/hour-statements.js";

/**
 * The slots of these statements: the days that the filter may match events of, by `hour`; those that lie within its bounds, by `day`; the filter
 * without its bounds, on a row with the combined fields alone; the whole filter.
 */
export const COMBINED = {
  around: { kind: "filter" },
  inside: { kind: "filter" },
  combination: { kind: "filter" },
  filter: { kind: "filter" },
  ...ROWS,
} as const satisfies SlotSpecs;

/** The dimension of a field's counts by combination, without the number of the combination. */
export function combinedSlot(catalogue: Catalogue): ChoiceSlotSpec {
  const fields = [...rollupFields(catalogue, "all"), ...rollupFields(catalogue, "top")];
  const texts = fields.map(({ name }) => [name, combinedDimension(catalogue, name)]);
  return choice("combinedDimensions", Object.fromEntries(texts) as Readonly<Record<string, string>>);
}

/** A row `r` with the combined fields, of a combination `text` as JSON. */
export function combinationRow(catalogue: Catalogue, text: string): string {
  const { events } = storeNames(catalogue);
  const values = combinedFields(catalogue).map(
    ({ column: name }, position) => `${stringLiteral(name)}, ${text}::json -> ${position}`,
  );
  return `json_populate_record(null::${events}, json_build_object(${values.join(", ")}))`;
}

/**
 * Common table expressions `known(day, version)`, the days of which the counts can be used; `wanted(day, version, number, combination, n,
 * place)`, their combinations that match, each with its place in `matched`; `stale(day)`, all other days; `readable(day)`, those of which rows are read: none where they are the most, as a scan that
 * is planned for the filter does better then.
 */
export function combinationTables(catalogue: Catalogue): string {
  const { hours, topDays, anything } = storeNames(catalogue);
  const day = `date_bin(${DAY_LENGTH}, hour, timestamptz '2000-01-01 00:00:00+00')`;
  return (
    `versions as materialized (select ${day} as day, sum(inserted) + sum(deleted) as version from ${hours} where {around} group by 1), ` +
    `known as materialized (select day, version, top_values, top_counts from ${topDays} join versions using (day, version) ` +
    `where dimension = ${combinationsDimension(catalogue)} and bound = 0 and {inside}), ` +
    `combinations as materialized (select day, version, c.number - 1 as number, c.combination, c.n from known ` +
    `cross join lateral unnest(top_values, top_counts) with ordinality as c(combination, n, number)), ` +
    `matched as materialized (select combination, row_number() over () as place from (select distinct combination from combinations) as d ` +
    `where exists (${anything} from ${combinationRow(catalogue, "d.combination")} as r where {combination})), ` +
    `wanted as materialized (select c.*, place from combinations as c join matched using (combination)), ` +
    `stale as materialized (select day from versions except all select day from known), ` +
    `readable as materialized (select day from stale where (select count(*) from stale) <= (select count(*) from known))`
  );
}

/** Scalar: how many days are neither counted nor read. */
export const UNREAD = "(select count(*) from stale) - (select count(*) from readable)";

/** Rows of the readable days that match, as a lateral item. */
export function staleMatches(catalogue: Catalogue, columns: string): string {
  const { time, fence } = storeNames(catalogue);
  return (
    `readable cross join lateral (select ${columns} from ${staleSource(catalogue)} where ${time} >= readable.day ` +
    `and ${time} < readable.day + ${DAY_LENGTH} and {rows} and {filter}${fence}) as e`
  );
}

/** `lists(day, total, missing, bound, top_values, top_counts, head_bound)`: those of the filter, added up from those of its combinations. */
export function combinedLists(catalogue: Catalogue): string {
  const { topDays } = storeNames(catalogue);
  return (
    `counted as materialized (select w.day, w.n, l.total, l.missing, l.bound, l.top_values, l.top_counts from wanted as w left join ${topDays} as l ` +
    `on l.day = w.day and l.dimension = {combined} || w.number and l.version = w.version), ` +
    // By itself, so that it is added up in a hash: the order that the next step needs would have the planner sort the texts of all lists.
    `summed as materialized (select day, u.v, sum(u.n) as n from counted cross join lateral unnest(top_values, top_counts) as u(v, n) group by 1, 2), ` +
    `added as materialized (select day, array_agg(v) as top_values, array_agg(n) as top_counts from ` +
    `(select * from summed order by day, n desc) as a group by day), ` +
    `sums as (select day, sum(coalesce(total, n)) as total, sum(coalesce(missing, n)) as missing, max(coalesce(bound, 0)) as bound from counted group by day), ` +
    `lists as materialized (select h.day, coalesce(total, 0) as total, coalesce(missing, 0) as missing, coalesce(bound, 0) as bound, ` +
    `coalesce(a.top_values, '{}') as top_values, coalesce(a.top_counts, '{}') as top_counts, ` +
    `coalesce(a.top_counts[$2::integer + 1], bound, 0) as head_bound from known as h left join sums using (day) left join added as a using (day))`
  );
}

/** The number of events of a filter on combined fields. */
export function countCombinations(catalogue: Catalogue): readonly OperationSpec[] {
  if (combinedFields(catalogue).length === 0) return [];
  return [
    operation({
      name: "countCombinations",
      operation: "countEvents",
      description: "Number of the events that match a filter on fields whose combinations are counted",
      cardinality: "one",
      columns: [
        column("count", "number of events", "numeric", "number"),
        column(
          "unread",
          "days that are neither counted nor were read: the count lacks their events",
          "int8",
          "number",
        ),
        nullable(column("staleDays", "the days that are not counted, numbered from 1970", "text", "wire")),
      ],
      text:
        `with ${combinationTables(catalogue)} select coalesce((select sum(n) from wanted), 0) + ` +
        `(select count(*) from ${staleMatches(catalogue, "1")}), ${UNREAD}, ${staleDaysOf("day")}`,
      slots: COMBINED,
    }),
  ];
}

/** The columns of the combined fields, for a row of events. */
export function combinedColumns(catalogue: Catalogue): string {
  return combinedFields(catalogue)
    .map(({ column: name }) => identifier(name))
    .join(", ");
}
