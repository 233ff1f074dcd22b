/** The statements of thresholding: keys, events that were withheld, relapses. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import {
  column,
  operation,
  parameter,
  sqlLines,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { storeNames } from "../../../compiler/sql/store-names.js";

/** The operations of thresholding. */
export function thresholdOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return [...keyOperations(catalogue), ...withheldOperations(catalogue)];
}

const KEY = parameter("key", "the key", "text");

function keyOperations(catalogue: Catalogue): readonly OperationSpec[] {
  const { thresholds } = storeTables(catalogue);
  const { thresholds: table } = storeNames(catalogue);
  const primaryKey = `${thresholds.name}_pkey`;
  const ttlIndex = thresholds.indexes.map(({ name }) => name);
  return [
    operation({
      name: "thresholdSet",
      description: "Starts thresholding of a key, or sets its times anew",
      cardinality: "none",
      parameters: [
        KEY,
        parameter("thresholdTime", "start of thresholding", "timestamptz"),
        parameter("relapseTime", "from when on a further event counts as a relapse", "timestamptz"),
        parameter("ttlTime", "end of thresholding", "timestamptz"),
      ],
      text: sqlLines(
        `insert into ${table} (id, thresholdtime, relapsetime, ttltime)`,
        `values ($1::text, $2::timestamptz, $3::timestamptz, $4::timestamptz)`,
        `on conflict (id) do update`,
        `set thresholdtime = excluded.thresholdtime, relapsetime = excluded.relapsetime, ttltime = excluded.ttltime`,
      ),
    }),
    operation({
      name: "thresholdCheck",
      description: "The record of a key that is being thresholded at a time",
      cardinality: "optional",
      parameters: [KEY, parameter("time", "the time; a record that ends then is still alive", "timestamptz")],
      columns: [
        column("key", "the key", "text"),
        column("thresholdTime", "start of thresholding", "timestamptz"),
        column("relapseTime", "from when on a further event counts as a relapse", "timestamptz"),
        column("ttlTime", "end of thresholding", "timestamptz"),
      ],
      indexes: [primaryKey],
      text: `select id, thresholdtime, relapsetime, ttltime from ${table} where id = $1::text and ttltime >= $2::timestamptz`,
    }),
    operation({
      name: "thresholdsCount",
      description: "Number of keys, expired ones included",
      cardinality: "count",
      columns: [column("count", "number of keys", "int8", "number")],
      text: `select count(*) from ${table}`,
    }),
    operation({
      name: "thresholdsClean",
      description: "Removes the keys whose thresholding ended before a time",
      cardinality: "count",
      parameters: [parameter("time", "the time; a record that ends then is kept", "timestamptz")],
      indexes: ttlIndex,
      text: `delete from ${table} where ttltime < $1::timestamptz`,
    }),
  ];
}

function withheldOperations(catalogue: Catalogue): readonly OperationSpec[] {
  const { thresholded } = storeTables(catalogue);
  const { thresholds: keys, thresholded: withheld, ids, json, id, time } = storeNames(catalogue);
  return [
    operation({
      name: "thresholdSave",
      description:
        "Remembers that an event was withheld under a key; the same event and key twice violates the primary key",
      cardinality: "none",
      parameters: [
        parameter("eventId", "identifier of the event", "text"),
        KEY,
        parameter("group", "group that would have been told of it", "text"),
        parameter("severity", "severity of the event", "text"),
        parameter("createTime", "when it was withheld", "timestamptz"),
      ],
      idempotent: false,
      text: sqlLines(
        `insert into ${withheld} (eventid, keyid, groupname, eventseverity, createtime)`,
        `values ($1::text, $2::text, $3::text, $4::text, $5::timestamptz)`,
      ),
    }),
    operation({
      name: "thresholdedEventsCount",
      description: "Number of withheld events, counted once for each key",
      cardinality: "count",
      columns: [column("count", "number of events", "int8", "number")],
      text: `select count(*) from ${withheld}`,
    }),
    operation({
      name: "thresholdedEventsClean",
      description:
        "Forgets withheld events whose key is gone or that lie before what is to be kept of their key",
      cardinality: "count",
      parameters: [
        parameter(
          "sinceThreshold",
          "true keeps what was withheld since thresholding began, false since a relapse counts",
          "bool",
        ),
      ],
      text: sqlLines(
        `delete from ${withheld} e where not exists (`,
        `  select from ${keys} k where k.id = e.keyid`,
        `  and e.createtime >= case when $1::boolean then k.thresholdtime else k.relapsetime end`,
        `)`,
      ),
    }),
    operation({
      name: "searchRelapsedEvents",
      description:
        "Events of a group and severity that were withheld in the relapse part of keys that have expired",
      cardinality: "many",
      parameters: [
        parameter("group", "the group", "text"),
        parameter("severity", "the severity", "text"),
        parameter("time", "the time; a key that ends then has expired", "timestamptz"),
      ],
      columns: [
        column("event", "the JSON text", "bytea", "event"),
        column("keys", "the keys under which the event has relapsed", "text[]"),
      ],
      indexes: thresholded.indexes
        .filter(({ keys: [first] }) => first?.column === "groupname")
        .map(({ name }) => name),
      // A key whose relapse part is empty has no relapse, though an event may have been withheld in its last instant.
      text: sqlLines(
        `select j.event, relapsed.keys`,
        `from (`,
        `  select e.eventid, array_agg(e.keyid order by e.keyid) as keys`,
        `  from ${withheld} e join ${keys} k on k.id = e.keyid`,
        `  where e.groupname = $1::text and e.eventseverity = $2::text and e.createtime >= k.relapsetime`,
        `    and k.relapsetime < k.ttltime and k.ttltime <= $3::timestamptz`,
        `  group by e.eventid`,
        `) as relapsed`,
        `join ${ids} i on i.${id} = relapsed.eventid`,
        `join ${json} j on j.seq = i.seq and j.${time} = i.${time}`,
        `order by i.${time}, i.${id}`,
      ),
    }),
  ];
}
