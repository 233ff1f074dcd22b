/**
 * The statements of a search over workers: each is sent to all shards at once, and the coordinator merges what they find. A page is one ordered
 * statement over a part of the time, planned for its values on each worker.
 */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { HOUR_SHARDS, storeTables } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import {
  column,
  nullable,
  operation,
  parameter,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { choice } from "../../../compiler/sql/slots.js";
import { sameEvent, storeNames } from "../../../compiler/sql/store-names.js";
import type { SlotSpecs } from "../../../compiler/sql/template.js";
import { ghostColumns } from "../../events/ghost.js";
import { ghosts } from "./page-statements.js";

/** Hours whose counters are read to find a part of the time with enough events. */
const COUNTED_HOURS = 120;

/** The statements of a page, with places alone, with the columns of events and with their JSON; of the JSON alone; and of the part of the time to look at first. */
export function spreadPageOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return [
    page(catalogue, "spreadPage", "places"),
    page(catalogue, "spreadGhosts", "columns"),
    page(catalogue, "spreadEvents", "events"),
    texts(catalogue),
    text(catalogue),
    ...(["desc", "asc"] as const).map((direction) => window(catalogue, direction)),
  ];
}

/** What a page gives besides places, and how that is described. */
const GIVES = { places: "", columns: ", by their columns", events: ", with their JSON" };

function page(catalogue: Catalogue, name: string, gives: keyof typeof GIVES): OperationSpec {
  const names = storeNames(catalogue);
  const { events, json, id, time } = names;
  const text = `(select j.event from ${json} as j where ${sameEvent(names, "j", "e")})`;
  const further = { places: [], columns: ghostColumns(catalogue).map(identifier), events: [text] }[gives];
  return operation({
    name,
    operation: "searchEvents",
    description: `The first events of a part of the time that match${GIVES[gives]}`,
    cardinality: "many",
    parameters: [parameter("limit", "most events", "int8")],
    columns: [
      column("id", "identifier of the event", "text"),
      column("seq", "number of the event", "int8", "wire"),
      column("time", "the time that partitions go by", "timestamptz", "wire"),
      column("sorted", "value of the sort column", "timestamptz", "wire"),
      ...(gives === "columns" ? ghosts(catalogue) : []),
      ...(gives === "events" ? [nullable(column("event", "the JSON text", "bytea", "event"))] : []),
    ],
    text:
      `select ${[`${id} as hit_id`, "seq as hit_seq", `${time} as hit_time`, "{column} as hit_sorted", ...further].join(", ")} ` +
      `from ${events} as e where {place} and {filter} order by {order} limit $1::bigint`,
    slots: { place: { kind: "filter" }, filter: { kind: "filter" }, ...orders(catalogue) },
    example: { column: timeOf(catalogue), order: `walked.${timeOf(catalogue)}.desc` },
  });
}

function timeOf(catalogue: Catalogue): string {
  return storeTables(catalogue).roles.time.name;
}

/**
 * Orders in which rows are found. `walked`: along the index of the sort column, if the planner likes. `gathered`: adding nothing to the column hides
 * it from the planner, which takes the indexes of the filter and sorts what they give.
 */
function orders(catalogue: Catalogue): SlotSpecs {
  const { id } = storeNames(catalogue);
  const { time, stored } = storeTables(catalogue).roles;
  const fields = [time, stored].map(({ name, column: sorted }) => [name, identifier(sorted)] as const);
  const texts = fields.flatMap(([name, sorted]) =>
    ["desc", "asc"].flatMap((direction) => [
      [`walked.${name}.${direction}`, `${sorted} ${direction}, ${id} ${direction}`],
      [`gathered.${name}.${direction}`, `${sorted} + interval '0' ${direction}, ${id} ${direction}`],
    ]),
  );
  return {
    column: choice("sortColumns", Object.fromEntries(fields)),
    order: choice("spreadOrders", Object.fromEntries(texts) as Record<string, string>),
  };
}

function texts(catalogue: Catalogue): OperationSpec {
  const { json, id, time } = storeNames(catalogue);
  return operation({
    name: "spreadTexts",
    operation: "searchEvents",
    description: "The JSON texts of some events, from the workers that have them",
    cardinality: "many",
    parameters: [
      parameter("ids", "identifiers of the events", "text[]"),
      parameter("seqs", "numbers of the events", "int8[]"),
      parameter("from", "the first of their times", "timestamptz", "wire"),
      parameter("to", "the last of their times", "timestamptz", "wire"),
    ],
    columns: [
      column("seq", "number of the event", "int8", "wire"),
      column("event", "the JSON text", "bytea", "event"),
    ],
    text:
      `select seq, event from ${json} where ${id} = any($1::text[]) and seq = any($2::bigint[]) ` +
      `and ${time} >= $3::timestamptz and ${time} <= $4::timestamptz`,
  });
}

/** With its identifier, which says on which worker the event is, and its time, which says in which partition. */
function text(catalogue: Catalogue): OperationSpec {
  const { json, id, time } = storeNames(catalogue);
  return operation({
    name: "spreadText",
    operation: "fetchEvent",
    description: "The JSON text of an event by its identifier, number and time, from the worker that has it",
    cardinality: "optional",
    parameters: [
      parameter("id", "identifier of the event", "text"),
      parameter("seq", "number of the event", "int8", "wire"),
      parameter("time", "the time that partitions go by", "timestamptz", "wire"),
    ],
    columns: [column("event", "the JSON text as it was stored", "bytea", "event")],
    text: `select event from ${json} where ${id} = $1::text and seq = $2::bigint and ${time} = $3::timestamptz`,
  });
}

/** The hour up to which the newest (oldest) hours have a number of events together, by their counters. */
function window(catalogue: Catalogue, direction: "desc" | "asc"): OperationSpec {
  const { hours } = storeNames(catalogue);
  const [nearest, farthest] = direction === "desc" ? ["max", "min"] : ["min", "max"];
  return operation({
    name: direction === "desc" ? "newestWindow" : "oldestWindow",
    operation: "searchEvents",
    description: `The hour up to which the ${direction === "desc" ? "newest" : "oldest"} hours have a number of events, by their counters`,
    cardinality: "one",
    parameters: [parameter("events", "the number", "int8")],
    columns: [
      nullable(column("hour", "start of the hour; null where there are none", "timestamptz", "wire")),
      column("whole", "no other hour has any", "bool"),
    ],
    text:
      `with counters as materialized (select hour, inserted - deleted as n from ${hours} where {span} ` +
      `order by hour ${direction} limit ${COUNTED_HOURS * HOUR_SHARDS}), ` +
      `sums as (select hour, sum(sum(n)) over (order by hour ${direction}) as total from counters group by hour) ` +
      `select coalesce(${nearest}(hour) filter (where total >= $1::bigint), ${farthest}(hour)), ` +
      `max(total) is null or (max(total) < $1::bigint and (select count(*) from counters) < ${COUNTED_HOURS * HOUR_SHARDS}) from sums`,
    slots: { span: { kind: "filter" } },
  });
}
