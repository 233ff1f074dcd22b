/** The statements behind dashboards: events by the values of fields. */
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import {
  column,
  FILTER_SLOTS,
  nullable,
  operation,
  parameter,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { isSpread } from "../../../compiler/catalogue/spread.js";
import { choice, each, NUMBER } from "../../../compiler/sql/slots.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import {
  columnsSlot,
  dimensionSlot,
  eachColumn,
  itemsSlot,
  orderedSlot,
  rollupFields,
  setSlot,
} from "../rollups/field-statements.js";
import { matchingRows } from "./matching-statements.js";
import { hourTables, rolledRows, ROWS, staleDaysOf, staleRows } from "../rollups/hour-statements.js";
import { plainTimelineOperations, timelineOperations } from "./timeline-statements.js";
import { TOTAL_PANEL } from "./top-decision.js";
import { topOperations } from "./top-statements.js";

/** The operations behind dashboards. Fields with few different values are read from the roll-ups, where there are such fields. */
export function dashboardOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return [
    aggregateEvents(catalogue),
    summarizeEvents(catalogue),
    pivotEvents(catalogue),
    pivotPairs(catalogue),
    distinctValues(catalogue),
    orderValues(catalogue),
    ...rolledOperations(catalogue),
    ...topOperations(catalogue),
    ...timelineOperations(catalogue),
  ];
}

/** Those of a table without roll-ups. */
export function plainDashboardOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return [
    aggregateEvents(catalogue),
    summarizeEvents(catalogue),
    pivotEvents(catalogue),
    distinctValues(catalogue),
    ...plainTimelineOperations(catalogue),
  ];
}

const LIMIT = parameter("limit", "most values", "int8");

/** Values come as text of their type, which depends on the field. */
const VALUE = nullable(column("value", "a value; null for the events without one", "text", "wire"));
const COUNT = column("count", "how many there are", "int8", "number");
const TOTAL = column(
  "total",
  "the same of all values, those that are not returned included",
  "numeric",
  "number",
);

/** `tally(v, n)`: one row a value. */
const top = (total: string) =>
  `select v, n, ${total} from tally order by n desc, v nulls last limit $1::bigint`;
const TOP = top("sum(n) over ()");

/** Adding up all values takes as long as finding them, so only who needs it asks for it. */
const TOTALS = { counted: "sum(n) over ()", left: "0::numeric" };

/** The same over the groups themselves. */
const SPREAD_TOTALS = { counted: "sum(count(*)) over ()", left: "0::numeric" };

/** A field that any catalogue has: what the types are asked with. */
function someField({ table, fields }: Catalogue): string {
  return table.roles?.id ?? fields[0]?.name ?? "";
}

/** The column of {@link someField}, or any other. */
function someColumn(catalogue: Catalogue): string {
  const stored = catalogue.fields.filter((field): field is StoredField => field.kind === "stored");
  const field = stored.find(({ name }) => name === someField(catalogue)) ?? stored[0];
  return field?.column ?? "";
}

/**
 * Values are compared in their own type and given as text. Where few lists of values occur, equal lists are counted before they are taken apart:
 * looking for repeated values in each event's list takes longer.
 */
function aggregateEvents(catalogue: Catalogue): OperationSpec {
  const { events } = storeNames(catalogue);
  const values = setSlot(catalogue);
  const spread = isSpread(catalogue);
  const ofEvents = `select {values} as v from ${events} where {filter}`;
  return operation({
    name: "aggregateEvents",
    description: "The most frequent values of a field, from a scan of the events that match",
    cardinality: "many",
    parameters: [LIMIT],
    columns: [VALUE, COUNT, TOTAL],
    // One level of grouping is done by the workers; of two the coordinator would write down what the first one gives, and read it again.
    text: spread
      ? `select v, count(*) as n, {total} from ({tally}) as e group by v order by n desc, v nulls last limit $1::bigint`
      : `with tally as ({tally}) ${top("{total}")}`,
    slots: {
      ...FILTER_SLOTS,
      tally: each("", {
        events: {
          text: spread ? ofEvents : `select v, count(*) as n from (${ofEvents}) as e group by v`,
          slots: { values },
        },
        lists: {
          text: spread
            ? ofEvents
            : `select v, sum(n)::bigint as n from (select {values} as v, n from (select {columns}, count(*) as n ` +
              `from ${events} where {filter} group by {columns}) as lists) as e group by v`,
          slots: { values, columns: columnsSlot(catalogue) },
        },
      }),
      total: choice("totals", spread ? SPREAD_TOTALS : TOTALS),
    },
    example: { tally: [{ part: "events", values: someField(catalogue) }], total: "counted" },
  });
}

/** The matching rows are gathered once and counted for each panel. */
function summarizeEvents(catalogue: Catalogue): OperationSpec {
  const { select, count, carried } = matchingRows(catalogue);
  const field = someField(catalogue);
  return operation({
    name: "summarizeEvents",
    description: "The most frequent values of several fields, from one scan of the events that match",
    cardinality: "many",
    parameters: [LIMIT],
    columns: [
      column(
        "panel",
        `position of the field; ${TOTAL_PANEL} in the row that counts all events`,
        "int4",
        "number",
      ),
      VALUE,
      COUNT,
      TOTAL,
    ],
    text:
      `with matching as materialized (${select("{columns}", "{filter}")}) ` +
      `select ${TOTAL_PANEL} as panel, null::text, ${count}, ${count}::numeric from matching union all {panels}`,
    slots: {
      ...FILTER_SLOTS,
      columns: eachColumn(catalogue),
      panels: each(" union all ", {
        panel: {
          text:
            `(select {number} as panel, v::text, n, sum(n) over () from (select v, ${count} as n from ` +
            `(select {values} as v${carried} from matching) as e group by v) as tally order by n desc, v nulls last limit $1::bigint)`,
          slots: { number: NUMBER, values: setSlot(catalogue) },
        },
      }),
    },
    example: {
      columns: [{ part: "column", column: someColumn(catalogue) }],
      panels: [{ part: "panel", number: 0, values: field }],
    },
  });
}

/** Every pair of kept values is a cell, also one that never occurs: its residual is telling. */
function pivotEvents(catalogue: Catalogue): OperationSpec {
  return operation({
    name: "pivotEvents",
    description: "Numbers of events by the values of two fields",
    cardinality: "many",
    parameters: [parameter("limit", "most values of each field", "int8")],
    columns: [
      nullable(column("row", "value of the first field", "text")),
      nullable(column("column", "value of the second field", "text")),
      column("count", "events with both", "int8", "number"),
      column("rowTotal", "events with the first, whatever the second", "int8", "number"),
      column("columnTotal", "events with the second, whatever the first", "int8", "number"),
      column("total", "events that match", "int8", "number"),
    ],
    text:
      `with ${crossed(catalogue)}, rows as (select v, n from row_totals order by n desc, v nulls last limit $1::bigint), ` +
      `columns as (select v, n from column_totals order by n desc, v nulls last limit $1::bigint) ` +
      `select rows.v::text, columns.v::text, coalesce(pairs.n, 0), rows.n, columns.n, total.n from rows cross join columns cross join total ` +
      `left join pairs on pairs.rv is not distinct from rows.v and pairs.cv is not distinct from columns.v ` +
      `order by rows.n desc, rows.v nulls last, columns.n desc, columns.v nulls last`,
    slots: pivotSlots(catalogue),
    example: pivotExample(catalogue),
  });
}

/** `pairs(rv, cv, n)`, `row_totals(v, n)`, `column_totals(v, n)` and `total(n)`: numbers of events, whatever the number of their values. */
function crossed(catalogue: Catalogue): string {
  const { select, count } = matchingRows(catalogue);
  const totals = (items: string) =>
    `select x.v, ${count} as n from matching as e left join lateral ${items} as x(v) on true group by x.v`;
  return (
    `matching as materialized (${select("{columns}", "{filter}")}), ` +
    `pairs as materialized (select r.v as rv, c.v as cv, ${count} as n from matching as e ` +
    `left join lateral {rowItems} as r(v) on true left join lateral {columnItems} as c(v) on true group by r.v, c.v), ` +
    `row_totals as materialized (${totals("{rowItems}")}), column_totals as materialized (${totals("{columnItems}")}), ` +
    `total as (select ${count} as n from matching)`
  );
}

/** What one slice of many partitions has to tell for {@link pivotEvents}. */
function pivotPairs(catalogue: Catalogue): OperationSpec {
  return operation({
    name: "pivotPairs",
    operation: "pivotEvents",
    description:
      "Numbers of events by each pair of values of two fields that occurs, by each value, and of all",
    cardinality: "many",
    parameters: [parameter("limit", "most rows", "int8")],
    columns: [
      column("kind", "what is counted: all, row, column or pair", "text"),
      nullable(column("row", "value of the first field", "text")),
      nullable(column("column", "value of the second field", "text")),
      column("count", "events with both", "int8", "number"),
    ],
    text:
      `with ${crossed(catalogue)} select * from (select 'all' as kind, null::text as rv, null::text as cv, n from total ` +
      `union all select 'row', v::text, null, n from row_totals union all select 'column', null, v::text, n from column_totals ` +
      `union all select 'pair', rv::text, cv::text, n from pairs) as counts limit $1::bigint`,
    slots: pivotSlots(catalogue),
    example: pivotExample(catalogue),
  });
}

function pivotSlots(catalogue: Catalogue) {
  return {
    ...FILTER_SLOTS,
    columns: eachColumn(catalogue),
    rowItems: itemsSlot(catalogue),
    columnItems: itemsSlot(catalogue),
  };
}

function pivotExample(catalogue: Catalogue) {
  return {
    columns: [{ part: "column", column: someColumn(catalogue) }],
    rowItems: someField(catalogue),
    columnItems: someField(catalogue),
  };
}

/** Values that come from several statements, in the order in which one would give them. */
function orderValues(catalogue: Catalogue): OperationSpec {
  return operation({
    name: "orderValues",
    operation: "aggregateEvents",
    description: "Values of a field in the order of its type",
    cardinality: "many",
    parameters: [parameter("values", "the values", "text[]")],
    columns: [column("value", "a value", "text", "wire")],
    text: "select v from unnest($1::text[]) as u(v) order by {typed}, v",
    slots: { typed: orderedSlot(catalogue) },
    example: { typed: someField(catalogue) },
  });
}

function distinctValues(catalogue: Catalogue): OperationSpec {
  const { events } = storeNames(catalogue);
  return operation({
    name: "distinctValues",
    description: "The different values of a field, ascending, from a scan of the events that match",
    cardinality: "many",
    columns: [column("value", "a value", "text", "wire")],
    text:
      `select v from (select distinct u.v from ${events} as e left join lateral {items} as u(v) on true where {filter}) as d ` +
      `where v is not null order by v`,
    slots: { ...FILTER_SLOTS, items: itemsSlot(catalogue) },
    example: { items: someField(catalogue) },
  });
}

/** The same from the roll-ups by hour; hours that they can't tell are scanned. */
function rolledOperations(catalogue: Catalogue): readonly OperationSpec[] {
  const [field] = rollupFields(catalogue, "all");
  if (field === undefined) return [];
  const rolled = rolledRows(catalogue);
  const stale = `from ${staleRows(catalogue, "e")} left join lateral {items} as u(v) on true`;
  const slots = { ...ROWS, dimension: dimensionSlot(catalogue), items: itemsSlot(catalogue) };
  const example = { dimension: field.name, items: field.name };
  const staleDays = nullable(
    column(
      "staleDays",
      "in the last row, which has no value: days of which rows had to be read",
      "text",
      "wire",
    ),
  );
  return [
    operation({
      name: "aggregateRollups",
      operation: "aggregateEvents",
      description: "The most frequent values of a field that is rolled up by the hour, of all events",
      cardinality: "many",
      parameters: [LIMIT],
      columns: [VALUE, { ...COUNT, type: "numeric" }, TOTAL, staleDays],
      text:
        `with ${hourTables(catalogue, "all")}, rolled as (select value as v, sum(events) as n from ${rolled} group by value), ` +
        `scanned as (select u.v::text as v, count(*) as n ${stale} group by u.v), ` +
        `tally as (select v, sum(n) as n from (select * from rolled union all select * from scanned) as parts group by v) ` +
        `select *, null::text from (${TOP}) as top union all select null, 0, 0, ${staleDaysOf("hour")}`,
      slots,
      example,
    }),
    operation({
      name: "distinctRollups",
      operation: "distinctValues",
      description: "The different values of a field that is rolled up by the hour, ascending",
      cardinality: "many",
      columns: [nullable(column("value", "a value", "text", "wire")), staleDays],
      text:
        `with ${hourTables(catalogue, "all")} select *, null from (select v from (select value as v from ${rolled} ` +
        `union select u.v::text ${stale}) as d where v is not null order by v) as ordered ` +
        `union all select null, ${staleDaysOf("hour")}`,
      slots,
      example,
    }),
  ];
}
