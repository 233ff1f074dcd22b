/** The statements of thresholding: keys, and events that were withheld. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { storeTables } from "../../../compiler/catalogue/tables.js";
import {
  column,
  nullable,
  operation,
  parameter,
  sqlLines,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { storeNames, type StoreNames } from "../../../compiler/sql/store-names.js";
import { knownSchema } from "../schema/newer-statements.js";
import { relapseOperations } from "./relapse-statements.js";

/** The operations of thresholding. */
export function thresholdOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return [...keyOperations(catalogue), ...withheldOperations(catalogue), ...relapseOperations(catalogue)];
}

const KEYS = parameter("keys", "the keys", "text[]");
const LABEL = column("label", "label of the report that the key was set for", "text");

function keyOperations(catalogue: Catalogue): readonly OperationSpec[] {
  const { thresholds } = storeTables(catalogue);
  const names = storeNames(catalogue);
  const { thresholds: table } = names;
  const primaryKey = `${thresholds.name}_pkey`;
  const ttlIndex = thresholds.indexes.map(({ name }) => name);
  return [
    thresholdSet(names),
    operation({
      name: "thresholdCheck",
      description: "The records of those keys that are being thresholded at a time",
      cardinality: "many",
      parameters: [
        KEYS,
        parameter("time", "the time; a record that ends then is still alive", "timestamptz"),
      ],
      columns: [
        column("key", "the key", "text"),
        column("thresholdTime", "start of thresholding", "timestamptz"),
        column("relapseTime", "from when on a further event counts as a relapse", "timestamptz"),
        column("ttlTime", "end of thresholding", "timestamptz"),
        nullable(LABEL),
      ],
      indexes: [primaryKey],
      text: sqlLines(
        `select id, thresholdtime, relapsetime, ttltime, report_label from ${table}`,
        `where id = any($1::text[]) and ttltime >= $2::timestamptz order by id`,
      ),
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

function thresholdSet(names: StoreNames): OperationSpec {
  return operation({
    name: "thresholdSet",
    description: "Starts thresholding of keys, or sets their times and label anew; how many keys",
    cardinality: "count",
    parameters: [
      KEYS,
      parameter("thresholdTime", "start of thresholding", "timestamptz"),
      parameter("relapseTime", "from when on a further event counts as a relapse", "timestamptz"),
      parameter("ttlTime", "end of thresholding", "timestamptz"),
      nullable(parameter("label", LABEL.description, "text")),
    ],
    // In the order of the keys: two runs that set the same ones wait for each other, and don't deadlock.
    text: sqlLines(
      `insert into ${names.thresholds} (id, thresholdtime, relapsetime, ttltime, report_label)`,
      `select key, $2::timestamptz, $3::timestamptz, $4::timestamptz, $5::text`,
      `from (select distinct unnest($1::text[]) as key) as given where ${knownSchema(names)} order by key`,
      `on conflict (id) do update`,
      `set thresholdtime = excluded.thresholdtime, relapsetime = excluded.relapsetime, ttltime = excluded.ttltime,`,
      `  report_label = excluded.report_label`,
    ),
  });
}

function withheldOperations(catalogue: Catalogue): readonly OperationSpec[] {
  const names = storeNames(catalogue);
  const { thresholds: keys, thresholded: withheld } = names;
  return [
    operation({
      name: "thresholdSave",
      description:
        "Remembers that an event was withheld under some keys, and how many; the same event and key twice violates the primary key",
      cardinality: "count",
      parameters: [
        parameter("eventId", "identifier of the event", "text"),
        KEYS,
        parameter("group", "group that would have been told of it", "text"),
        parameter("severity", "severity of the event", "text"),
        parameter("createTime", "when it was withheld", "timestamptz"),
        parameter("target", "whether it would have been reported for its targets, not its sources", "bool"),
        parameter("shadow", "whether it would have been reported to the operators alone", "bool"),
      ],
      idempotent: false,
      text: sqlLines(
        `insert into ${withheld} (eventid, keyid, groupname, eventseverity, createtime, istarget, isshadow)`,
        `select $1::text, unnest($2::text[]), $3::text, $4::text, $5::timestamptz, $6::boolean, $7::boolean`,
        `where ${knownSchema(names)}`,
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
  ];
}
