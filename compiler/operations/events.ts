/** Operations on events. */
import { searchedColumns } from "../catalogue/columns.js";
import type { Catalogue } from "../catalogue/model.js";
import { HOUR_SHARDS, storeTables, type StoreTables } from "../catalogue/tables.js";
import { identifier } from "../sql/fragment.js";
import {
  camelCase,
  column,
  FILTER_SLOT,
  nullable,
  operation,
  parameter,
  sqlLines,
  type OperationColumn,
  type OperationSpec,
} from "../sql/operation.js";
import { listWords } from "./words.js";

/** Newest rows that a search looks at before it turns to the indexes: some milliseconds of work at most. */
const WALK_ROWS = 5000;

/** SQL identifiers that the statements below are made of. */
interface Names {
  readonly events: string;
  readonly json: string;
  readonly ids: string;
  readonly hours: string;
  readonly id: string;
  readonly time: string;
}

function namesOf({ events, json, ids, hours, roles }: StoreTables): Names {
  return {
    events: identifier(events.name),
    json: identifier(json.name),
    ids: identifier(ids.name),
    hours: identifier(hours.name),
    id: identifier(roles.id.column),
    time: identifier(roles.time.column),
  };
}

/** The operations on events, single and by filter. */
export function eventOperations(catalogue: Catalogue): readonly OperationSpec[] {
  const tables = storeTables(catalogue);
  return [
    insertEvent(catalogue, tables),
    insertEvents(catalogue, tables),
    ...singleEvents(catalogue, tables),
    ...filteredEvents(namesOf(tables)),
  ];
}

function insertEvent(catalogue: Catalogue, tables: StoreTables): OperationSpec {
  return operation({
    name: "insertEvent",
    theme: "events",
    description:
      "Stores an event unless its id is there already, be it that of a dropped day, which `insertEvents` takes again; values are in the text form of the column's type",
    cardinality: "optional",
    parameters: [
      ...searchedColumns(catalogue).map(({ name, description, notNull }) => {
        const described = parameter(camelCase(name), description, "wire");
        return notNull ? described : nullable(described);
      }),
      parameter("event", "the JSON text", "event"),
    ],
    columns: [column("id", "identifier of the event; no row when it was there already")],
    idempotent: false,
    indexes: [],
    text: insertOneText(catalogue, tables),
  });
}

function insertEvents(catalogue: Catalogue, tables: StoreTables): OperationSpec {
  return operation({
    name: "insertEvents",
    theme: "events",
    description:
      "Stores events that are not there yet, one element of each array an event, in the text form of the column's type; ids must differ within one call",
    cardinality: "many",
    parameters: [
      ...searchedColumns(catalogue).map(({ name, description }) => parameter(camelCase(name), description)),
      parameter("event", "the JSON text", "events"),
    ],
    columns: [column("id", "identifier of an event that was stored; those missing were there already")],
    idempotent: false,
    indexes: [],
    text: insertText(catalogue, tables),
  });
}

/**
 * The statement that stores events, with one text[] parameter for each searched column and one for the JSON: its text is the same for
 * any number of events.
 */
export function insertText(catalogue: Catalogue, tables: StoreTables = storeTables(catalogue)): string {
  const names = namesOf(tables);
  const columns = searchedColumns(catalogue);
  const given = [...columns.map(({ name }) => identifier(name)), "event"];
  const arrays = given.map(
    (_, position) => `$${position + 1}::${position < columns.length ? "text[]" : "bytea[]"}`,
  );
  return sqlLines(
    `with input as (`,
    `  select ${wrapped([...columns.map(({ name, pgType }) => `${identifier(name)}::${pgType}`), "event"])}`,
    `  from unnest(${wrapped(arrays)})`,
    `  as given (${wrapped(given)})`,
    `), ${storeParts(catalogue, tables, {
      placed: `select ${names.id}, ${names.time}, nextval('${tables.sequence}') from input`,
      conflict: freedIds(names),
      value: (name) => `input.${name}`,
      from: `input join ids on ids.${names.id} = input.${names.id}`,
      words: listWords(catalogue, (name) => `input.${name}`, "input"),
    })}`,
  );
}

/**
 * The statement that stores one event, with one parameter of its type for each searched column and one for the JSON. Of the time that the one
 * for many takes for one event nearly half goes into its arrays, each of which is a function scan of its own; a fifth of the rest would go
 * into getting ready to look through all partitions of the JSON for the event of an id that is there. So it leaves such an id alone: whoever
 * gets no row asks {@link insertText}, which looks.
 */
export function insertOneText(
  catalogue: Catalogue,
  tables: StoreTables = storeTables(catalogue),
  words: "new" | "known" = "new",
): string {
  const columns = searchedColumns(catalogue);
  const { id, time } = namesOf(tables);
  const values = new Map(
    columns.map(({ name, pgType }, position) => [identifier(name), `$${position + 1}::${pgType}`]),
  ).set("event", `$${columns.length + 1}::bytea`);
  const value = (name: string): string => values.get(name) ?? name;
  return `with ${storeParts(catalogue, tables, {
    placed: `values (${value(id)}, ${value(time)}, nextval('${tables.sequence}'))`,
    conflict: ["do nothing"],
    value,
    from: "ids",
    words: words === "known" ? [] : listWords(catalogue, value, null),
  })}`;
}

/** Where the statements that store events take them from. */
interface InsertSource {
  /** Query for id, time and number of each. */
  readonly placed: string;
  /** What becomes of an id that is there already. */
  readonly conflict: readonly string[];
  /** Expression for the value of a column, or of `event`. */
  readonly value: (name: string) => string;
  /** What `value` refers to, together with `ids`: those that were not there yet. */
  readonly from: string;
  /** Lines of {@link listWords}; none where the values of the events are listed. */
  readonly words: readonly string[];
}

/**
 * An id whose event went with its day is free again. The row has to be visible as it is: one that a concurrent insert has just committed has an
 * event that this statement can't see. Scalar subqueries, because an EXISTS may be answered from a hash of the whole table, which costs
 * seconds for a single duplicate.
 */
function freedIds({ ids, json, id, time }: Names): readonly string[] {
  return [
    `do update set ${time} = excluded.${time}, seq = excluded.seq`,
    `where (select seen.seq from ${ids} seen where seen.${id} = i.${id}) = i.seq`,
    `  and (select j.seq from ${json} j where j.seq = i.seq and j.${time} = i.${time}) is null`,
  ];
}

/** The parts of a statement that store events in all tables at once. */
function storeParts(
  catalogue: Catalogue,
  tables: StoreTables,
  { placed, conflict, value, from, words }: InsertSource,
): string {
  const { events, json, ids, hours, id, time } = namesOf(tables);
  const names = searchedColumns(catalogue).map(({ name }) => identifier(name));
  return sqlLines(
    `ids as (`,
    `  insert into ${ids} as i (${id}, ${time}, seq)`,
    `  ${placed}`,
    `  on conflict (${id}) ${conflict.join("\n  ")}`,
    `  returning ${id}, ${time}, seq`,
    `), stored as (`,
    `  insert into ${events} (${wrapped(["seq", ...names])})`,
    `  select ${wrapped(["ids.seq", ...names.map(value)])}`,
    `  from ${from}`,
    `), texts as (`,
    `  insert into ${json} (seq, ${time}, event)`,
    `  select ids.seq, ids.${time}, ${value("event")} from ${from}`,
    ...words,
    `), counted as (`,
    `  ${countHours(hours, `select ${time} as at from ids`, "inserted")}`,
    `)`,
    `select ${id} from ids`,
  );
}

function singleEvents(catalogue: Catalogue, tables: StoreTables): readonly OperationSpec[] {
  const { events, json, ids, hours, id, time } = namesOf(tables);
  const columns = searchedColumns(catalogue);
  const idParameter = parameter("id", "identifier of the event");
  const idsKey = `${tables.ids.name}_pkey`;
  const jsonIndex = tables.json.indexes.map(({ name }) => name);
  return [
    operation({
      name: "fetchEvent",
      theme: "events",
      description: "The JSON text of an event",
      cardinality: "optional",
      parameters: [idParameter],
      columns: [column("event", "the JSON text as it was stored", "event")],
      indexes: [idsKey, ...jsonIndex],
      text: sqlLines(
        `select j.event from ${ids} i join ${json} j on j.seq = i.seq and j.${time} = i.${time}`,
        `where i.${id} = $1::text`,
      ),
    }),
    operation({
      name: "fetchRow",
      rowName: "EventRow",
      theme: "events",
      description: "The columns of an event",
      cardinality: "optional",
      parameters: [idParameter],
      columns: columns.map(({ name, description, notNull, pgType }): OperationColumn => ({
        name,
        description,
        nullable: !notNull,
        ...(pgType === "timestamptz" ? { form: "iso" } : pgType === "bigint" ? { form: "number" } : {}),
      })),
      indexes: [idsKey],
      text: sqlLines(
        `select ${wrapped(columns.map(({ name }) => `e.${identifier(name)}`))}`,
        `from ${ids} i join ${events} e on e.seq = i.seq and e.${time} = i.${time}`,
        `where i.${id} = $1::text`,
      ),
    }),
    operation({
      name: "deleteEvent",
      theme: "events",
      description: "Deletes an event; 0 when there is none",
      cardinality: "count",
      parameters: [idParameter],
      columns: [column("deleted", "number of events", "number")],
      // Repeated after a lost answer it would deny what it did.
      idempotent: false,
      indexes: [idsKey],
      text: sqlLines(
        `with known as (`,
        `  delete from ${ids} where ${id} = $1::text returning seq, ${time} as at`,
        `), gone as (`,
        `  delete from ${events} e using known k where e.seq = k.seq and e.${time} = k.at returning k.at`,
        `), texts as (`,
        `  delete from ${json} j using known k where j.seq = k.seq and j.${time} = k.at`,
        `), counted as (`,
        `  ${countHours(hours, "select at from gone", "deleted")}`,
        `)`,
        `select count(*) from gone`,
      ),
    }),
    operation({
      name: "countAll",
      theme: "events",
      description: "Number of all events, from the counters of the hours",
      cardinality: "count",
      columns: [column("count", "number of events", "number")],
      text: `select coalesce(sum(inserted) - sum(deleted), 0)::bigint from ${hours}`,
    }),
  ];
}

function filteredEvents(names: Names): readonly OperationSpec[] {
  const { events, json, id, time } = names;
  const textOf = (row: string): string =>
    `(select j.event from ${json} j where j.seq = ${row}.seq and j.${time} = ${row}.${time})`;
  const order = `order by ${time} desc, ${id} desc`;
  const behind = `${time} <= coalesce($2::timestamptz, 'infinity') and ($2 is null or (${time}, ${id}) < ($2, $3::text))`;
  return [
    operation({
      name: "countEvents",
      theme: "events",
      description: "Number of the events that match",
      cardinality: "count",
      columns: [column("count", "number of events", "number")],
      text: `select count(*) from ${events} where ${FILTER_SLOT}`,
    }),
    operation({
      name: "searchEvents",
      theme: "events",
      description:
        "A page of the events that match, newest first; pass time and id of the last one to get the next page",
      cardinality: "many",
      parameters: [
        parameter("limit", "most events on the page"),
        nullable(parameter("time", "time of the last event of the page before; null for the first page")),
        nullable(parameter("id", "identifier of the last event of the page before; null for the first page")),
      ],
      columns: [
        column("id", "identifier of the event"),
        column("time", "the time that the events are sorted by", "iso"),
        nullable(
          column("event", "the JSON text; null in the moment in which the event is being deleted", "event"),
        ),
      ],
      // Left alone, the planner takes every filter for common and walks the time index, which for a rare one reads everything. So: a walk of
      // bounded length first, and where that does not fill the page, all hits by their own index, sorted by what no index has.
      text: sqlLines(
        `with walk as materialized (`,
        `  select ${id}, seq, ${time} from (select * from ${events} where ${behind} ${order} limit ${WALK_ROWS}) as newest`,
        `  where ${FILTER_SLOT} limit $1::bigint`,
        `), page as (`,
        `  (select * from walk where (select count(*) from walk) >= $1)`,
        `  union all`,
        `  (select ${id}, seq, ${time} from ${events}`,
        `  where (select count(*) from walk) < $1 and ${behind} and ${FILTER_SLOT}`,
        `  order by ${time} + interval '0' desc, ${id} desc limit $1)`,
        `)`,
        `select ${id}, ${time}, ${textOf("page")} from page ${order}`,
      ),
    }),
    operation({
      name: "streamEventIds",
      streamed: true,
      theme: "events",
      description: "Identifiers of the events that match, newest first",
      cardinality: "many",
      columns: [column("id", "identifier of the event")],
      text: `select ${id} from ${events} where ${FILTER_SLOT} ${order}`,
    }),
    operation({
      name: "streamEvents",
      streamed: true,
      theme: "events",
      description: "The JSON texts of all events that match, newest first",
      cardinality: "many",
      columns: [
        nullable(
          column("event", "the JSON text; null in the moment in which the event is being deleted", "event"),
        ),
      ],
      // Sorted before the JSON is read: the sort stays small.
      text: `select ${textOf("hit")} from (select seq, ${time} from ${events} where ${FILTER_SLOT} ${order}) as hit`,
    }),
    operation({
      name: "deleteEvents",
      theme: "events",
      description: "Deletes the events that match",
      cardinality: "count",
      columns: [column("deleted", "number of events", "number")],
      idempotent: false,
      text: deleteText(names, FILTER_SLOT),
    }),
    operation({
      name: "deleteSomeEvents",
      theme: "events",
      description: "Deletes some of the events that match: a slice of a large deletion",
      cardinality: "count",
      parameters: [parameter("limit", "most events that are deleted")],
      columns: [column("deleted", "number of events", "number")],
      idempotent: false,
      text: deleteText(
        names,
        `(${time}, seq) in (select ${time}, seq from ${events} where ${FILTER_SLOT} limit $1::bigint)`,
      ),
    }),
  ];
}

/** Deletes the events that meet a boolean SQL expression over the searched table. */
export function deleteEventsText(tables: StoreTables, condition: string): string {
  return deleteText(namesOf(tables), condition);
}

/** Deletes by a condition, in all tables at once, so that there is no moment in which an event is half gone. */
function deleteText({ events, json, ids, hours, id, time }: Names, condition: string): string {
  return sqlLines(
    `with gone as (`,
    `  delete from ${events} where ${condition} returning ${id}, seq, ${time} as at`,
    `), texts as (`,
    `  delete from ${json} j using gone where j.seq = gone.seq and j.${time} = gone.at`,
    `), known as (`,
    `  delete from ${ids} i using gone where i.${id} = gone.${id} and i.seq = gone.seq`,
    `), counted as (`,
    `  ${countHours(hours, "select at from gone", "deleted")}`,
    `)`,
    `select count(*) from gone`,
  );
}

/** Adds to the counters of the hours; sorted, so that two sessions of one shard don't wait for each other crosswise. */
function countHours(hours: string, times: string, what: "inserted" | "deleted"): string {
  const counts = what === "inserted" ? "count(*), 0" : "0, count(*)";
  return (
    `insert into ${hours} as h (hour, shard, inserted, deleted) ` +
    `select date_trunc('hour', at, 'UTC'), pg_backend_pid() % ${HOUR_SHARDS}, ${counts} from (${times}) as changed group by 1 order by 1 ` +
    `on conflict (hour, shard) do update set ${what} = h.${what} + excluded.${what}`
  );
}

const LIST_WIDTH = 90;

/** A long list with commas, over several lines. */
function wrapped(items: readonly string[]): string {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    if (line !== "" && line.length + item.length > LIST_WIDTH) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? item : `, ${item}`;
  }
  return [...lines, line].join(",\n    ");
}
