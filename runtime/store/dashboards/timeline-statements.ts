/**
 * The statements of timelines: `totals(bucket, n)` and, for a split, `tally(bucket, v, n)`. Buckets are numbered from 1 and found by binary search
 * in the boundaries, so that any step in any zone is one statement.
 */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import {
  column,
  FILTER_SLOTS,
  nullable,
  operation,
  parameter,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { isSpread } from "../../../compiler/catalogue/spread.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import { each, NUMBER } from "../../../compiler/sql/slots.js";
import {
  dimensionSlot,
  eachColumn,
  itemsSlot,
  rollupFields,
  scalarSlot,
} from "../rollups/field-statements.js";
import { combinedFields, combinedHours } from "../rollups/combination-statements.js";
import {
  COMBINED,
  combinationRow,
  combinationTables,
  combinedColumns,
  staleMatches,
  UNREAD,
} from "./combination-statements.js";
import { matchingRows } from "./matching-statements.js";
import {
  hourTables,
  rolledRows,
  ROWS,
  staleDaysOf,
  staleRows,
  WITHIN_BOUNDS,
} from "../rollups/hour-statements.js";

/** The operations of timelines. */
export function timelineOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return [
    timeRange(catalogue),
    hourRange(catalogue),
    ofRows(catalogue),
    ofSplitRows(catalogue),
    ofHours(catalogue),
    ...ofSplitRollups(catalogue),
    ...ofCombinations(catalogue),
  ];
}

/** Those of a table without counters. */
export function plainTimelineOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return [timeRange(catalogue), ofBins(catalogue), ofRows(catalogue), ofSplitRows(catalogue)];
}

function ofBins(catalogue: Catalogue): OperationSpec {
  const { events } = storeNames(catalogue);
  return operation({
    name: "timelineBins",
    operation: "timelineEvents",
    description:
      "Numbers of events by spans of a fixed length, a part of a day, from a scan of the events that match",
    cardinality: "many",
    parameters: [
      parameter("length", "seconds of a span", "float8"),
      parameter("limit", "most spans", "int8"),
    ],
    columns: [
      nullable(column("bin", "start of the span; null for the events without a time", "timestamptz", "wire")),
      column("count", "number of events", "int8", "number"),
    ],
    text:
      `select date_bin(make_interval(secs => $1::float8), {axis}, '2000-01-01 00:00:00+00'), count(*) from ${events} ` +
      `where {filter} group by 1 limit $2::bigint`,
    slots: { ...FILTER_SLOTS, axis: axisSlot(catalogue) },
    example: { axis: timeOf(catalogue) },
  });
}

/** Rank of a bucket's own count: an event with two values of a list counts once there. */
export const WHOLE_BUCKET = -1;

/**
 * Rank of the row whose value says of which days rows had to be read: of a timeline from roll-ups only. Its count is that of the days that were not
 * read all the same, so that the timeline lacks their events.
 */
export const STALE_DAYS = -2;

const SPAN = [
  parameter("from", "start, inclusive", "timestamptz"),
  parameter("to", "end, exclusive", "timestamptz"),
  parameter("marks", "the boundaries of the buckets, ascending", "timestamptz[]"),
];
const LIMIT = parameter("limit", "most values that are told apart; the others are one remainder", "int8");

const CELL = [
  column("bucket", "number of the bucket, from 1", "int4", "number"),
  nullable(
    column("value", "a value; null for the whole bucket, the remainder and events without one", "text"),
  ),
  column(
    "rank",
    `position of the value in the order of totals, from 1; 0 for the remainder, ${WHOLE_BUCKET} for the whole bucket`,
    "int8",
    "number",
  ),
  column("count", "number of events", "numeric", "number"),
];
const WHOLE_CELL = CELL.map((described) =>
  described.name === "count" ? { ...described, type: "int8" } : described,
);

const RANGE = [
  nullable(column("oldest", "null where there is no event", "timestamptz", "wire")),
  nullable(column("newest", "null where there is no event", "timestamptz", "wire")),
];

const ALL = `select bucket, null::text, ${WHOLE_BUCKET}::bigint, n from totals`;

/** The most frequent values of `tally`, and its cells by bucket; values beyond the limit are one remainder, rank 0. */
const TOPS = `tops as (select v, row_number() over (order by sum(n) desc, v nulls last) as rank from tally group by v order by 2 limit $4::bigint) `;
const CELLS = `select tally.bucket, case when tops.rank is null then null else tally.v::text end, coalesce(tops.rank, 0), sum(tally.n)`;
const JOINED = `from tally left join tops on tops.v is not distinct from tally.v group by 1, 2, 3`;
const SPLIT = `, ${TOPS}${ALL} union all ${CELLS} ${JOINED}`;

function axisSlot(catalogue: Catalogue) {
  return scalarSlot("timeColumns", catalogue, ({ type }) => type === "time");
}

function timeOf(catalogue: Catalogue): string {
  return storeTables(catalogue).roles.time.name;
}

function timeRange(catalogue: Catalogue): OperationSpec {
  const { events } = storeNames(catalogue);
  return operation({
    name: "timeRange",
    operation: "timelineEvents",
    description: "The oldest and the newest time of the events that match",
    cardinality: "one",
    columns: RANGE,
    text: `select min({axis}), max({axis}) from ${events} where {filter}`,
    slots: { ...FILTER_SLOTS, axis: axisSlot(catalogue) },
    example: { axis: timeOf(catalogue) },
  });
}

function hourRange(catalogue: Catalogue): OperationSpec {
  const { hours } = storeNames(catalogue);
  const live = `select hour from ${hours} group by hour having sum(inserted) > sum(deleted)`;
  return operation({
    name: "hourRange",
    operation: "timelineEvents",
    description: "The oldest and the newest hour with events, from the counters of the hours",
    cardinality: "one",
    columns: RANGE,
    text: `select min(hour), max(hour) from (${live}) as live`,
  });
}

const BUCKET = "width_bucket({axis}, $3::timestamptz[]) as bucket";
const WITHIN = "{axis} >= $1::timestamptz and {axis} < $2::timestamptz and {filter}";

function ofRows(catalogue: Catalogue): OperationSpec {
  const { events } = storeNames(catalogue);
  return operation({
    name: "timelineRows",
    operation: "timelineEvents",
    description: "Numbers of events by time, from a scan of the events that match",
    cardinality: "many",
    parameters: SPAN,
    columns: WHOLE_CELL,
    text: isSpread(catalogue)
      ? `select ${BUCKET}, null::text, ${WHOLE_BUCKET}::bigint, count(*) from ${events} where ${WITHIN} group by 1`
      : `with totals as (select bucket, count(*) as n from (select ${BUCKET} from ${events} where ${WITHIN}) as e group by 1) ${ALL}`,
    slots: { ...FILTER_SLOTS, axis: axisSlot(catalogue) },
    example: { axis: timeOf(catalogue) },
  });
}

/** The matching rows are gathered once and counted for each field. */
function ofSplitRows(catalogue: Catalogue): OperationSpec {
  const { select, count } = matchingRows(catalogue);
  return operation({
    name: "timelineSplitRows",
    operation: "timelineEvents",
    description:
      "Numbers of events by time and the values of some fields, from one scan of the events that match",
    cardinality: "many",
    parameters: [...SPAN, LIMIT],
    columns: [
      ...CELL,
      column("panel", "position of the field, from 0; 0 for the whole bucket as well", "int4", "number"),
    ],
    text:
      `with matching as materialized (${select("{columns}", WITHIN, BUCKET)}), totals as (select bucket, ${count} as n from matching group by 1) ` +
      `select bucket, null::text, ${WHOLE_BUCKET}::bigint, n::numeric, 0 from totals union all {panels}`,
    slots: {
      ...FILTER_SLOTS,
      axis: axisSlot(catalogue),
      columns: eachColumn(catalogue),
      panels: each(" union all ", {
        panel: {
          text:
            `(with tally as materialized (select bucket, u.v, ${count} as n from matching as e left join lateral {items} as u(v) on true group by 1, 2), ` +
            `${TOPS}${CELLS}, {number} ${JOINED})`,
          slots: { number: NUMBER, items: itemsSlot(catalogue) },
        },
      }),
    },
    example: {
      axis: timeOf(catalogue),
      columns: [{ part: "column", column: storeTables(catalogue).roles.time.column }],
      panels: [{ part: "panel", number: 0, items: timeOf(catalogue) }],
    },
  });
}

const HOUR_BUCKET = "width_bucket(hour, $3::timestamptz[]) as bucket";

function hourTotals(catalogue: Catalogue): string {
  const { hours } = storeNames(catalogue);
  return `totals as (select ${HOUR_BUCKET}, sum(inserted) - sum(deleted) as n from ${hours} where ${WITHIN_BOUNDS} group by 1)`;
}

function ofHours(catalogue: Catalogue): OperationSpec {
  return operation({
    name: "timelineHours",
    operation: "timelineEvents",
    description: "Numbers of all events by time, from the counters of the hours",
    cardinality: "many",
    parameters: SPAN,
    columns: CELL,
    text: `with ${hourTotals(catalogue)} ${ALL}`,
  });
}

function ofSplitRollups(catalogue: Catalogue): readonly OperationSpec[] {
  const [field] = rollupFields(catalogue, "all");
  if (field === undefined) return [];
  return [
    operation({
      name: "timelineRollups",
      operation: "timelineEvents",
      description: "Numbers of all events by time and value of a field that is rolled up by the hour",
      cardinality: "many",
      parameters: [...SPAN, LIMIT],
      columns: CELL,
      text:
        `with ${hourTables(catalogue, "bounded")}, ${hourTotals(catalogue)}, tally as materialized (select ${HOUR_BUCKET}, v, sum(n) as n from (` +
        `select hour, value as v, events as n from ${rolledRows(catalogue, WITHIN_BOUNDS)} union all ` +
        `select stale.hour, u.v::text, count(*) from ${staleRows(catalogue, "e")} left join lateral {items} as u(v) on true group by 1, 2) as parts group by 1, 2)${SPLIT} ` +
        `union all select 0, ${staleDaysOf("hour")}, ${STALE_DAYS}, 0`,
      slots: { ...ROWS, dimension: dimensionSlot(catalogue), items: itemsSlot(catalogue) },
      example: { dimension: field.name, items: field.name },
    }),
  ];
}

/** Of a filter on combined fields, whole and split by one of them. */
function ofCombinations(catalogue: Catalogue): readonly OperationSpec[] {
  const [field] = combinedFields(catalogue);
  if (field === undefined) return [];
  const { topDays, time } = storeNames(catalogue);
  const tables =
    `with ${combinationTables(catalogue)}, ` +
    `spread as materialized (select w.place, width_bucket(to_timestamp(u.hour::bigint * 3600), $3::timestamptz[]) as bucket, sum(u.n) as n ` +
    `from wanted as w join ${topDays} as l on l.day = w.day and l.dimension = ${combinedHours(catalogue)} || w.number and l.version = w.version ` +
    `cross join lateral unnest(top_values, top_counts) as u(hour, n) where to_timestamp(u.hour::bigint * 3600) >= $1::timestamptz ` +
    `and to_timestamp(u.hour::bigint * 3600) < $2::timestamptz group by 1, 2), ` +
    `rows as materialized (select width_bucket(e.${time}, $3::timestamptz[]) as bucket, ${combinedColumns(catalogue)} ` +
    `from ${staleMatches(catalogue, "*")} where e.${time} >= $1::timestamptz and e.${time} < $2::timestamptz), ` +
    `totals as (select bucket, sum(n) as n from (select bucket, n from spread union all select bucket, 1 from rows) as t group by 1)`;
  const staleRow = `union all select 0, ${staleDaysOf("day")}, ${STALE_DAYS}, ${UNREAD}`;
  return [
    operation({
      name: "timelineCombinations",
      operation: "timelineEvents",
      description:
        "Numbers of events by time, of those that match a filter on fields whose combinations are counted",
      cardinality: "many",
      parameters: SPAN,
      columns: CELL,
      text: `${tables} ${ALL} ${staleRow}`,
      slots: COMBINED,
    }),
    operation({
      name: "timelineSplitCombinations",
      operation: "timelineEvents",
      description: "The same by the values of one of these fields, too",
      cardinality: "many",
      parameters: [...SPAN, LIMIT],
      columns: CELL,
      text:
        `${tables}, split as materialized (select m.place, u.v::text as v from matched as m ` +
        `cross join lateral ${combinationRow(catalogue, "m.combination")} as e left join lateral {items} as u(v) on true), ` +
        `tally as materialized (select bucket, v, sum(n) as n from (select s.bucket, split.v, s.n from spread as s join split using (place) ` +
        `union all select e.bucket, u.v::text, 1 from rows as e left join lateral {items} as u(v) on true) as parts group by 1, 2)${SPLIT} ${staleRow}`,
      slots: { ...COMBINED, items: itemsSlot(catalogue) },
      example: { items: field.name },
    }),
  ];
}
