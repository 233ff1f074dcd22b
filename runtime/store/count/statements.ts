/** The statements that count events. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import {
  column,
  FILTER_SLOTS,
  nullable,
  operation,
  parameter,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import { countCombinations } from "../dashboards/combination-statements.js";
import { dimensionSlot, rollupFields } from "../rollups/field-statements.js";
import { hourTables, rolledRows, ROWS, staleDaysOf, staleRows } from "../rollups/hour-statements.js";

/** The operations that count events. */
export function countOperations(catalogue: Catalogue): readonly OperationSpec[] {
  const { events, hours } = storeNames(catalogue);
  const count = column("count", "number of events", "int8", "number");
  return [
    operation({
      name: "countAll",
      operation: "countEvents",
      description: "Number of all events, from the counters of the hours",
      cardinality: "count",
      columns: [count],
      text: `select coalesce(sum(inserted) - sum(deleted), 0)::bigint from ${hours}`,
    }),
    operation({
      name: "countEvents",
      description: "Number of the events that match",
      cardinality: "count",
      columns: [count],
      text: `select count(*) from ${events} where {filter}`,
      slots: FILTER_SLOTS,
    }),
    operation({
      name: "estimateEvents",
      operation: "countEvents",
      description: "The planner's plan for the events that match, with its estimate of their number",
      cardinality: "one",
      columns: [column("plan", "the plan, as JSON", "json")],
      text: `explain (format json) select 1 from ${events} where {filter}`,
      slots: FILTER_SLOTS,
    }),
    ...countRolledEvents(catalogue),
    ...countCombinations(catalogue),
  ];
}

/** Those of a table without counters. */
export function plainCountOperations(catalogue: Catalogue): readonly OperationSpec[] {
  const { events } = storeNames(catalogue);
  return countOperations(catalogue).map((spec) =>
    spec.name === "countAll"
      ? { ...spec, description: "Number of all events", text: `select count(*) from ${events}` }
      : spec,
  );
}

/** The filter's parameters are the list of words: the roll-up is asked for the same, beside them. */
function countRolledEvents(catalogue: Catalogue): readonly OperationSpec[] {
  const [first] = rollupFields(catalogue, "all");
  if (first === undefined) return [];
  return [
    operation({
      name: "countRolledEvents",
      operation: "countEvents",
      description: "Number of the events with some values of a field that is rolled up by the hour",
      cardinality: "one",
      parameters: [parameter("values", "the values, in the text form of an array", "text[]", "wire")],
      columns: [
        column("count", "number of events", "numeric", "number"),
        nullable(
          column("staleDays", "days of which rows had to be read, numbered from 1970", "text", "wire"),
        ),
      ],
      text:
        `with ${hourTables(catalogue, "all")} ` +
        `select coalesce((select sum(events) from ${rolledRows(catalogue, "value = any($1::text[])")}), 0) + ` +
        `(select count(*) from ${staleRows(catalogue, "e")} where {filter}), ${staleDaysOf("hour")}`,
      slots: { ...FILTER_SLOTS, ...ROWS, dimension: dimensionSlot(catalogue) },
      example: { dimension: first.name },
    }),
  ];
}
