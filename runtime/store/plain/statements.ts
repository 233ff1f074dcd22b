/** The statements over a table that something else keeps: the searched table alone, whatever its indexes are. */
import { valueType } from "../../../compiler/catalogue/columns.js";
import type { Catalogue, PlainJson, StoredField } from "../../../compiler/catalogue/model.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import {
  catalogType,
  column,
  FILTER_SLOTS,
  nullable,
  operation,
  parameter,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { choice } from "../../../compiler/sql/slots.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import type { SlotSpecs } from "../../../compiler/sql/template.js";
import { plainCountOperations } from "../count/statements.js";
import { plainDashboardOperations } from "../dashboards/statements.js";
import { columnBoundOperation } from "../status/statements.js";

/** The operations over a plain table, in the order in which they are generated. */
export function plainOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return [
    ...fetchOperations(catalogue),
    page(catalogue, "plainPage", false),
    page(catalogue, "plainPageAfter", true),
    streamEvents(catalogue),
    streamEventIds(catalogue),
    ...plainCountOperations(catalogue),
    ...plainDashboardOperations(catalogue),
    watchdog(catalogue),
    columnBoundOperation(catalogue),
  ];
}

const EVENT = nullable(column("event", "the JSON text; null where there is none to the row", "text"));

/**
 * SQL of the JSON text of an event from a row `e`. Where the table keeps no JSON it is an object with one key a field, whose text the types of the
 * columns give: times in UTC, lengths of time in seconds.
 */
function eventText(catalogue: Catalogue): string {
  const json = catalogue.table.plain?.json;
  if (json === undefined) {
    const fields = storedFields(catalogue).map((field) => `${jsonValue(field)} as "${quoted(field.name)}"`);
    return `(select row_to_json(r)::text from (select ${fields.join(", ")}) as r)`;
  }
  if (json.table === undefined) return textOf(json, `e.${identifier(json.column)}`);
  const { name, key } = json.table;
  const found = `j.${identifier(key)} = e.hit_key`;
  return `(select ${textOf(json, `j.${identifier(json.column)}`)} from ${identifier(name)} as j where ${found})`;
}

function textOf({ columnType }: PlainJson, value: string): string {
  return columnType === "bytea" ? `convert_from(${value}, 'UTF8')` : `${value}::text`;
}

const quoted = (name: string): string => name.replaceAll('"', '""');

function jsonValue(field: StoredField): string {
  const value = `e.${identifier(field.column)}`;
  if (field.type === "duration" && !field.list) return `extract(epoch from ${value})`;
  if (valueType(field) !== "timestamp") return value;
  return field.list ? `(${value}::timestamptz[])` : `(${value} at time zone 'UTC')`;
}

function storedFields({ fields }: Catalogue): readonly StoredField[] {
  return fields.filter((field): field is StoredField => field.kind === "stored");
}

/** The columns of a hit: its key and time, and what {@link eventText} reads of the row. */
function hitColumns(catalogue: Catalogue): string {
  const { id, time } = storeNames(catalogue);
  const json = catalogue.table.plain?.json;
  const read =
    json === undefined
      ? storedFields(catalogue).map(({ column: name }) => identifier(name))
      : json.table === undefined
        ? [identifier(json.column)]
        : [];
  return [`${id} as hit_key`, `${time} as hit_time`, ...new Set(read)].join(", ");
}

function orders(catalogue: Catalogue): SlotSpecs {
  const { name } = storeTables(catalogue).roles.time;
  // Both the hits and what is read of them are ordered by it: a distributed server keeps no order of a subquery.
  const order = (direction: string) => [
    `${name}.${direction}`,
    `hit_time ${direction}, hit_key ${direction}`,
  ];
  return {
    sort: choice("orders", Object.fromEntries([order("desc"), order("asc")]) as Record<string, string>),
  };
}

function exampleOrder(catalogue: Catalogue): { readonly sort: string } {
  return { sort: `${storeTables(catalogue).roles.time.name}.desc` };
}

/** The types of key and time, for values that are compared with them. */
function keyTypes(catalogue: Catalogue): { readonly key: string; readonly time: string } {
  const { roles } = storeTables(catalogue);
  return {
    key: catalogue.table.plain?.key === undefined ? "tid" : valueType(roles.id),
    time: valueType(roles.time),
  };
}

/**
 * One page, in the order of time. Which way it is found is the planner's to choose, from the values: along the index of the time for a filter that
 * many rows meet, else through the indexes of the filter. Only the rows of the page are read as events.
 */
function page(catalogue: Catalogue, name: string, keyed: boolean): OperationSpec {
  const { events, id, time } = storeNames(catalogue);
  const { name: timeName } = storeTables(catalogue).roles.time;
  const types = keyTypes(catalogue);
  const after = keyed
    ? `${time} {sign}= $2::${types.time} and (${time} {sign} $2::${types.time} or ${id} {sign} $3::${types.key}) and `
    : "";
  const signs = { [`${timeName}.desc`]: "<", [`${timeName}.asc`]: ">" };
  return operation({
    name,
    operation: "searchEvents",
    description: `The first events that match${keyed ? " after a place" : ""}, in an order`,
    cardinality: "many",
    parameters: [
      parameter("limit", "most events", "int8"),
      ...(keyed
        ? [
            parameter("time", "time of the last event before", catalogType(types.time), "wire"),
            parameter("key", "key of the last event before", catalogType(types.key), "wire"),
          ]
        : [parameter("skipped", "events before the page, which are found and not read", "int8")]),
    ],
    columns: [
      EVENT,
      column("key", "what tells the row from others of its time", "text"),
      column("time", "the time that the order goes by", catalogType(types.time), "wire"),
    ],
    text:
      // The order is that of the key itself, not of its text.
      `select ${eventText(catalogue)}, e.hit_key::text as row_key, e.hit_time as row_time from (select ${hitColumns(catalogue)} ` +
      `from ${events} where ${after}{filter} order by {sort} limit $1::bigint${keyed ? "" : " offset $2::bigint"}) as e order by {sort}`,
    slots: {
      ...FILTER_SLOTS,
      ...orders(catalogue),
      ...(keyed ? { sign: choice("signs", signs) } : {}),
    },
    example: { ...exampleOrder(catalogue), ...(keyed ? { sign: `${timeName}.desc` } : {}) },
  });
}

function streamEvents(catalogue: Catalogue): OperationSpec {
  const { events } = storeNames(catalogue);
  return operation({
    name: "streamEvents",
    streamed: true,
    description: "The JSON texts of all events that match, in an order",
    cardinality: "many",
    columns: [EVENT],
    text:
      `select ${eventText(catalogue)} from (select ${hitColumns(catalogue)} from ${events} ` +
      `where {filter} order by {sort}) as e order by {sort}`,
    slots: { ...FILTER_SLOTS, ...orders(catalogue) },
    example: exampleOrder(catalogue),
  });
}

function streamEventIds(catalogue: Catalogue): OperationSpec {
  const { events, id, time } = storeNames(catalogue);
  return operation({
    name: "streamEventIds",
    streamed: true,
    description: "Keys of the events that match, newest first",
    cardinality: "many",
    columns: [column("id", "key of the event", "text")],
    text: `select ${id}::text from ${events} where {filter} order by ${time} desc, ${id} desc`,
    slots: FILTER_SLOTS,
  });
}

/** Without a key there is nothing to fetch by. */
function fetchOperations(catalogue: Catalogue): readonly OperationSpec[] {
  if (catalogue.table.plain?.key === undefined) return [];
  const { events, id } = storeNames(catalogue);
  const { key } = keyTypes(catalogue);
  return [
    operation({
      name: "fetchEvent",
      description: "The JSON text of an event",
      cardinality: "optional",
      parameters: [parameter("id", "key of the event", catalogType(key), "wire")],
      columns: [EVENT],
      text:
        `select ${eventText(catalogue)} from (select ${hitColumns(catalogue)} from ${events} ` +
        `where ${id} = $1::${key}) as e`,
    }),
  ];
}

function watchdog(catalogue: Catalogue): OperationSpec {
  const { events, time } = storeNames(catalogue);
  return operation({
    name: "watchdogEvents",
    description: "Whether there is an event of less than the given seconds ago, by the clock of the server",
    cardinality: "one",
    parameters: [parameter("interval", "seconds; an event exactly that old does not count", "float8")],
    columns: [column("alive", "there is such an event", "bool")],
    text: `select exists (select from ${events} where ${time} > now() - make_interval(secs => $1::float8))`,
  });
}
