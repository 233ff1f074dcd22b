/** The statements of relapses: events that were withheld in the last part of keys that have expired. */
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
import { sameEvent, storeNames } from "../../../compiler/sql/store-names.js";

const ALL = parameter(
  "all",
  "true gives all events that were withheld under a relapsed key since its thresholding began",
  "bool",
);

const EVENT_COLUMNS = [
  column("event", "the JSON text", "bytea", "event"),
  column("keys", "the keys under which the event has relapsed", "text[]"),
  column("target", "whether it would have been reported for its targets, not its sources", "bool"),
  column("shadow", "whether it would have been reported to the operators alone", "bool"),
];

/** The search for relapses, and the one that cleans in the same statement. */
export function relapseOperations(catalogue: Catalogue): readonly OperationSpec[] {
  const { thresholds, thresholded } = storeTables(catalogue);
  const { thresholds: keys, thresholded: withheld, anything } = storeNames(catalogue);
  return [
    operation({
      name: "searchRelapsedEvents",
      description:
        "Events of a group and severity that were withheld in the relapse part of keys that have expired",
      cardinality: "many",
      parameters: [
        parameter("group", "the group", "text"),
        parameter("severity", "the severity", "text"),
        parameter("time", "the time; a key that ends then has expired", "timestamptz"),
        ALL,
        nullable(parameter("target", "the side that would have been reported; null for both", "bool")),
        nullable(parameter("shadow", "whether to the operators alone; null for both", "bool")),
      ],
      columns: EVENT_COLUMNS,
      indexes: thresholded.indexes
        .filter(({ keys: [first] }) => first?.column === "groupname")
        .map(({ name }) => name),
      text: sqlLines(
        `with expired as (select * from ${keys} where ttltime <= $3::timestamptz),`,
        `asked as (`,
        `  select * from ${withheld} where groupname = $1::text and eventseverity = $2::text`,
        `  and ($5::boolean is null or istarget = $5::boolean) and ($6::boolean is null or isshadow = $6::boolean)`,
        `),`,
        ...relapsed("asked", "$4", "eventid, istarget, isshadow"),
        `select j.event, relapsed.keys, relapsed.istarget, relapsed.isshadow`,
        ...withEvents(catalogue),
      ),
    }),
    operation({
      name: "expireThresholds",
      description:
        "Removes the keys that have expired with what was withheld under them, and gives the relapses",
      cardinality: "many",
      parameters: [parameter("time", "the time; a key that ends then has expired", "timestamptz"), ALL],
      columns: [
        ...EVENT_COLUMNS,
        column("group", "group that would have been told of the event", "text"),
        column("severity", "severity of the event", "text"),
      ],
      idempotent: false,
      indexes: thresholds.indexes.map(({ name }) => name),
      // What is withheld under a key that another session is setting anew stays: only keys that this statement removed, or that are gone, count.
      text: sqlLines(
        `with expired as (delete from ${keys} where ttltime <= $1::timestamptz returning *),`,
        `removed as (`,
        `  delete from ${withheld} e where e.keyid in (select id from expired)`,
        `  or not exists (${anything} from ${keys} k where k.id = e.keyid) returning e.*`,
        `),`,
        ...relapsed("removed", "$2", "eventid, groupname, eventseverity, istarget, isshadow"),
        `select j.event, relapsed.keys, relapsed.istarget, relapsed.isshadow, relapsed.groupname, relapsed.eventseverity`,
        ...withEvents(catalogue),
      ),
    }),
  ];
}

/**
 * The table `relapsed`, from the tables `expired` and `withheld`. A key whose relapse part is empty has no relapse, though an event may have
 * been withheld in its last instant.
 */
function relapsed(withheld: string, all: string, group: string): readonly string[] {
  const columns = group.replace(/\w+/g, "e.$&");
  return [
    `relapsed as (`,
    `  select ${columns}, array_agg(e.keyid order by e.keyid) as keys`,
    `  from ${withheld} e join expired k on k.id = e.keyid`,
    `  where k.relapsetime < k.ttltime and e.createtime >= case when ${all}::boolean then k.thresholdtime else k.relapsetime end`,
    `    and (not ${all}::boolean or exists (`,
    `      select from ${withheld} w where w.keyid = k.id and w.createtime >= k.relapsetime`,
    `    ))`,
    `  group by ${columns}`,
    `)`,
  ];
}

function withEvents(catalogue: Catalogue): readonly string[] {
  const names = storeNames(catalogue);
  const { ids, json, id, time } = names;
  return [
    `from relapsed`,
    `join ${ids} i on i.${id} = relapsed.eventid`,
    `join ${json} j on ${sameEvent(names, "j", "i")}`,
    `order by i.${time}, i.${id}, relapsed.istarget, relapsed.isshadow`,
  ];
}
