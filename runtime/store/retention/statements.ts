/** The statements that remove events, and rows of other tables whose time is over. */
import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { storeTables, type StoreTable } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import {
  camelCase,
  column,
  FILTER_SLOTS,
  operation,
  parameter,
  sqlLines,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { choice, TABLE } from "../../../compiler/sql/slots.js";
import { sameEvent, storeNames } from "../../../compiler/sql/store-names.js";
import type { SlotSpecs } from "../../../compiler/sql/template.js";
import { countHours } from "../insert/counters-statements.js";

const DELETED = column("deleted", "number of events", "int8", "number");
const BEFORE = parameter("before", "the time; rows of exactly that time stay", "timestamptz");

/** The operations that delete events, one by one and by filter, and clean by age. */
export function retentionOperations(catalogue: Catalogue): readonly OperationSpec[] {
  const { thresholds, thresholded } = storeTables(catalogue);
  return [
    deleteEvent(catalogue),
    deleteEvents(catalogue),
    deleteSomeEvents(catalogue),
    deleteOldEvents(catalogue),
    ...deleteSlices(catalogue),
    hasOldEvents(catalogue),
    sweepIds(catalogue),
    sweepSlice(catalogue),
    archiveEvents(catalogue),
    ...cleanups("thresholds", thresholds),
    ...cleanups("events_thresholded", thresholded),
  ];
}

function deleteEvent(catalogue: Catalogue): OperationSpec {
  const names = storeNames(catalogue);
  const { events, json, ids, id, time, eventKey } = names;
  return operation({
    name: "deleteEvent",
    description: "Deletes an event; 0 when there is none",
    cardinality: "count",
    parameters: [parameter("id", "identifier of the event", "text")],
    columns: [DELETED],
    // Repeated after a lost answer it would deny what it did.
    idempotent: false,
    indexes: [`${storeTables(catalogue).ids.name}_pkey`],
    text: sqlLines(
      `with known as (`,
      `  delete from ${ids} where ${id} = $1::text returning ${[...eventKey.filter((key) => key !== time), `${time} as at`].join(", ")}`,
      `), gone as (`,
      `  delete from ${events} e using known k where ${sameEvent(names, "e", "k", "at")} returning k.at`,
      `), texts as (`,
      `  delete from ${json} j using known k where ${sameEvent(names, "j", "k", "at")}`,
      `), counted as (`,
      `  ${countHours(names, "select at from gone", "deleted")}`,
      `)`,
      `select count(*) from gone`,
    ),
  });
}

function deleteEvents(catalogue: Catalogue): OperationSpec {
  return operation({
    name: "deleteEvents",
    description: "Deletes the events that match",
    cardinality: "count",
    columns: [DELETED],
    idempotent: false,
    text: deleteText(catalogue, "{filter}"),
    slots: FILTER_SLOTS,
  });
}

function deleteSomeEvents(catalogue: Catalogue): OperationSpec {
  const { events, time } = storeNames(catalogue);
  const some = `select ${time}, seq from ${events} where {filter} limit $1::bigint`;
  return operation({
    name: "deleteSomeEvents",
    operation: "deleteEvents",
    description: "Deletes some of the events that match: a slice of a large deletion",
    cardinality: "count",
    parameters: [parameter("limit", "most events that are deleted", "int8")],
    columns: [DELETED],
    idempotent: false,
    text: deleteText(catalogue, `(${time}, seq) in (${some})`),
    slots: FILTER_SLOTS,
  });
}

function deleteOldEvents(catalogue: Catalogue): OperationSpec {
  const times = searchedColumns(catalogue).filter(({ pgType }) => pgType === "timestamptz");
  return operation({
    name: "deleteOldEvents",
    operation: "tableCleanup",
    description: "Deletes the events whose value of a time column lies before a time",
    cardinality: "count",
    parameters: [BEFORE],
    columns: [DELETED],
    idempotent: false,
    text: deleteText(catalogue, "({column} < $1::timestamptz)"),
    slots: {
      column: choice("ageColumns", Object.fromEntries(times.map(({ name }) => [name, identifier(name)]))),
    },
    example: { column: storeTables(catalogue).roles.time.column },
  });
}

/** The same for a part of the time: `texts` says which partitions of the JSON may be locked. */
function deleteSlices(catalogue: Catalogue): readonly OperationSpec[] {
  const { events, time } = storeNames(catalogue);
  const slots = { ...FILTER_SLOTS, texts: { kind: "filter" } } as const satisfies SlotSpecs;
  const some = `select ${time}, seq from ${events} where {filter} limit $1::bigint`;
  return [
    operation({
      name: "deleteSlice",
      operation: "deleteEvents",
      description: "Deletes the events of a part of the time that match",
      cardinality: "count",
      columns: [DELETED],
      idempotent: false,
      text: deleteText(catalogue, "{filter}", "{texts}"),
      slots,
    }),
    operation({
      name: "deleteSomeOfSlice",
      operation: "deleteEvents",
      description: "Deletes some of the events of a part of the time that match",
      cardinality: "count",
      parameters: [parameter("limit", "most events that are deleted", "int8")],
      columns: [DELETED],
      idempotent: false,
      text: deleteText(catalogue, `(${time}, seq) in (${some}) and {within}`, "{texts}"),
      slots: { ...slots, within: { kind: "filter" } },
    }),
  ];
}

/**
 * Deletes by a condition, in all tables at once, so that there is no moment in which an event is half gone.
 *
 * @param texts - condition that the JSON `j` of the events meets anyhow: which partitions of it may be locked
 */
export function deleteText(catalogue: Catalogue, condition: string, texts = ""): string {
  const names = storeNames(catalogue);
  const { events, json, ids, id, time } = names;
  return sqlLines(
    `with gone as (`,
    `  delete from ${events} where ${condition} returning ${id}, seq, ${time} as at`,
    `), texts as (`,
    `  delete from ${json} j using gone where ${sameEvent(names, "j", "gone", "at")}${texts === "" ? "" : ` and ${texts}`}`,
    `), known as (`,
    `  delete from ${ids} i using gone where i.${id} = gone.${id} and i.seq = gone.seq`,
    `), counted as (`,
    `  ${countHours(names, "select at from gone", "deleted")}`,
    `)`,
    `select count(*) from gone`,
  );
}

function hasOldEvents(catalogue: Catalogue): OperationSpec {
  const { hours, anything } = storeNames(catalogue);
  return operation({
    name: "hasOldEvents",
    operation: "tableCleanup",
    description: "Whether an hour that begins before a time has events, by its counters",
    cardinality: "one",
    parameters: [parameter("before", "the time", "timestamptz")],
    columns: [column("found", "there is such an hour", "bool")],
    text:
      `select exists (${anything} from ${hours} where hour < $1::timestamptz ` +
      `group by hour having sum(inserted) > sum(deleted))`,
  });
}

function sweepIds(catalogue: Catalogue): OperationSpec {
  return operation({
    name: "sweepIds",
    operation: "refresh",
    description: "Removes identifiers of events that went with their day, a slice at a time",
    cardinality: "count",
    parameters: [
      parameter("before", "events before this time are looked at", "timestamptz"),
      parameter("limit", "most identifiers that are removed", "int8"),
    ],
    text: sweepText(catalogue, ""),
  });
}

/** The same for a part of the time: `span` is true of the times within, `texts` of those of the JSON. */
function sweepSlice(catalogue: Catalogue): OperationSpec {
  return operation({
    ...sweepIds(catalogue),
    name: "sweepSlice",
    description: "Removes identifiers of events of a part of the time that went with their day",
    text: sweepText(catalogue, " and {texts}", " and {span}"),
    slots: { span: { kind: "filter" }, texts: { kind: "filter" } },
  });
}

/** Joined by seq too: an identifier that comes back meanwhile has another. */
function sweepText(catalogue: Catalogue, texts: string, span = ""): string {
  const names = storeNames(catalogue);
  const { ids, json, id, time, anything } = names;
  return sqlLines(
    `delete from ${ids} i using (`,
    `  select ${id}, seq from ${ids} old where ${time} < $1::timestamptz${span}`,
    `  and not exists (${anything} from ${json} j where ${sameEvent(names, "j", "old")}${texts})`,
    `  limit $2::bigint`,
    `) as stale where i.${id} = stale.${id} and i.seq = stale.seq`,
  );
}

function archiveEvents(catalogue: Catalogue): OperationSpec {
  const names = storeNames(catalogue);
  const { id, time, stored } = names;
  const { events, json } = storeTables(catalogue);
  return operation({
    name: "archiveEvents",
    operation: "archivePartitions",
    streamed: true,
    description: "The JSON texts of a partition with their times of storing, oldest first",
    cardinality: "many",
    columns: [
      column("stored", "the time of storing", "timestamptz", "wire"),
      column("event", "the JSON text", "bytea", "event"),
    ],
    text:
      `select e.${stored}, j.event from {events} e join {texts} j on ${sameEvent(names, "j", "e")} ` +
      `order by e.${time}, e.${id}`,
    slots: { events: TABLE, texts: TABLE },
    example: { events: events.name, texts: json.name },
  });
}

/** One operation for each time column of a table. */
function cleanups(purpose: string, table: StoreTable): readonly OperationSpec[] {
  return table.columns
    .filter(({ pgType }) => pgType === "timestamptz")
    .map(({ name, description }) =>
      operation({
        name: camelCase(`clean_${purpose}_${name}`),
        operation: "tableCleanup",
        description: `Removes the rows of ${table.name} whose ${name} (${description}) lies before a time`,
        cardinality: "count",
        parameters: [BEFORE],
        text: `delete from ${identifier(table.name)} where ${identifier(name)} < $1::timestamptz`,
      }),
    );
}
