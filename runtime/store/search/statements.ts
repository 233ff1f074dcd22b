/** The statements that find and read events. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { isSpread } from "../../../compiler/catalogue/spread.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import {
  column,
  FILTER_SLOTS,
  nullable,
  operation,
  parameter,
  sqlLines,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { choice, TABLE } from "../../../compiler/sql/slots.js";
import { sameEvent, storeNames } from "../../../compiler/sql/store-names.js";
import { pageOperations } from "./page-statements.js";
import { spreadPageOperations } from "./spread-statements.js";
import { listPartitions } from "./partition-statements.js";

/** The operations that find and read events. */
export function searchOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return [
    fetchEvent(catalogue),
    locateEvents(catalogue),
    fetchSlice(catalogue),
    eventTexts(catalogue),
    textsOfSlice(catalogue),
    ...(isSpread(catalogue) ? spreadPageOperations(catalogue) : pageOperations(catalogue)),
    readEvents(catalogue),
    listPartitions(catalogue),
    // The coordinator of a cluster would gather all events before the first: there a stream is made of pages.
    ...(isSpread(catalogue) ? [] : [streamEvents(catalogue), streamSlice(catalogue)]),
    streamEventIds(catalogue),
  ];
}

function fetchEvent(catalogue: Catalogue): OperationSpec {
  const tables = storeTables(catalogue);
  const names = storeNames(catalogue);
  const { ids, json, id } = names;
  return operation({
    name: "fetchEvent",
    description: "The JSON text of an event",
    cardinality: "optional",
    parameters: [parameter("id", "identifier of the event", "text")],
    columns: [column("event", "the JSON text as it was stored", "bytea", "event")],
    indexes: [`${tables.ids.name}_pkey`, ...tables.json.indexes.map(({ name }) => name)],
    text: sqlLines(
      `select j.event from ${ids} i join ${json} j on ${sameEvent(names, "j", "i")}`,
      `where i.${id} = $1::text`,
    ),
  });
}

/** Of many partitions only that of the event is to be locked: where it is has to be known before. */
function locateEvents(catalogue: Catalogue): OperationSpec {
  const { ids, id, time } = storeNames(catalogue);
  return operation({
    name: "locateEvents",
    operation: "fetchEvent",
    description: "Where some events are: those whose identifiers are known",
    cardinality: "many",
    parameters: [parameter("ids", "identifiers of the events", "text[]")],
    columns: [
      column("id", "identifier of the event", "text"),
      column("seq", "number of the event", "int8", "wire"),
      column("time", "the time that partitions go by", "timestamptz", "wire"),
    ],
    text: `select ${id}, seq, ${time} from ${ids} where ${id} = any($1::text[])`,
  });
}

function fetchSlice(catalogue: Catalogue): OperationSpec {
  const { json, time } = storeNames(catalogue);
  return operation({
    name: "fetchSlice",
    operation: "fetchEvent",
    description: "The JSON text of an event by its number and time",
    cardinality: "optional",
    parameters: [
      parameter("seq", "number of the event", "int8", "wire"),
      parameter("time", "the time that partitions go by", "timestamptz", "wire"),
    ],
    columns: [column("event", "the JSON text as it was stored", "bytea", "event")],
    text: `select event from ${json} where seq = $1::bigint and ${time} = $2::timestamptz`,
  });
}

/** Asked after an answer was lost: is the event that is there the one that was sent? */
function eventTexts(catalogue: Catalogue): OperationSpec {
  const names = storeNames(catalogue);
  const { ids, json, id } = names;
  return operation({
    name: "eventTexts",
    operation: "insertEvents",
    description: "The JSON texts of some events",
    cardinality: "many",
    parameters: [parameter("ids", "identifiers of the events", "text[]")],
    columns: [
      column("id", "identifier of the event", "text"),
      column("event", "the JSON text as it was stored", "bytea", "event"),
    ],
    text:
      `select i.${id}, j.event from ${ids} i join ${json} j on ${sameEvent(names, "j", "i")} ` +
      `where i.${id} = any($1::text[])`,
  });
}

/** The same for a part of the time: `texts` says which partitions may be locked. */
function textsOfSlice(catalogue: Catalogue): OperationSpec {
  return operation({
    name: "textsOfSlice",
    operation: "insertEvents",
    description: "The JSON texts of some events of a part of the time",
    cardinality: "many",
    parameters: [parameter("seqs", "numbers of the events", "int8[]")],
    columns: [
      column("seq", "number of the event", "int8", "wire"),
      column("event", "the JSON text as it was stored", "bytea", "event"),
    ],
    text: `select j.seq, j.event from ${storeNames(catalogue).json} j where j.seq = any($1::bigint[]) and {texts}`,
    slots: { texts: { kind: "filter" } },
  });
}

function readEvents(catalogue: Catalogue): OperationSpec {
  return operation({
    name: "readEvents",
    operation: "searchEvents",
    description: "The JSON texts of some events, from one partition or from the whole table",
    cardinality: "many",
    parameters: [parameter("seqs", "numbers of the events", "int8[]")],
    columns: [
      column("seq", "number of the event", "int8", "wire"),
      column("event", "the JSON text", "bytea", "event"),
    ],
    text: "select seq, event from {table} where seq = any($1::bigint[])",
    slots: { table: TABLE },
    example: { table: storeTables(catalogue).json.name },
  });
}

const NEWEST = "desc";

function streamEvents(catalogue: Catalogue): OperationSpec {
  const { events, json, time, id, stored } = storeNames(catalogue);
  const { roles } = storeTables(catalogue);
  const orders = [
    [roles.time.name, time],
    [roles.stored.name, stored],
  ].flatMap(([name, sorted]) =>
    [NEWEST, "asc"].map((direction) => [
      `${name}.${direction}`,
      `${sorted} ${direction}, ${id} ${direction}`,
    ]),
  );
  return operation({
    name: "streamEvents",
    streamed: true,
    description: "The JSON texts of all events that match, in an order",
    cardinality: "many",
    columns: [
      nullable(
        column(
          "event",
          "the JSON text; null in the moment in which the event is being deleted",
          "bytea",
          "event",
        ),
      ),
    ],
    // Sorted before the JSON is read, so that the sort stays small; only the outer order is the answer's, and it finds the rows sorted.
    text:
      `select (select j.event from ${json} j where j.seq = hit.seq and j.${time} = hit.${time}) ` +
      `from (select seq, ${[...new Set([time, stored, id])].join(", ")} from ${events} where {filter} order by {sort}) as hit order by {sort}`,
    slots: { ...FILTER_SLOTS, sort: choice("orders", Object.fromEntries(orders) as Record<string, string>) },
    example: { sort: `${roles.time.name}.${NEWEST}` },
  });
}

/** The same for a part of the time: `texts` says which partitions of the JSON may be locked. */
function streamSlice(catalogue: Catalogue): OperationSpec {
  const whole = streamEvents(catalogue);
  const { time } = storeNames(catalogue);
  return {
    ...whole,
    name: "streamSlice",
    operation: "streamEvents",
    description: "The JSON texts of the events of a part of the time that match, in an order",
    text: whole.text.replace(`j.${time} = hit.${time}`, `j.${time} = hit.${time} and {texts}`),
    slots: { ...whole.slots, texts: { kind: "filter" } },
  };
}

function streamEventIds(catalogue: Catalogue): OperationSpec {
  const { events, time, id } = storeNames(catalogue);
  return operation({
    name: "streamEventIds",
    streamed: true,
    description: "Identifiers of the events that match, newest first",
    cardinality: "many",
    columns: [column("id", "identifier of the event", "text")],
    text: `select ${id} from ${events} where {filter} order by ${time} desc, ${id} desc`,
    slots: FILTER_SLOTS,
  });
}
