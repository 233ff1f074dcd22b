/**
 * The statements that store events on a cluster: the coordinator gives each its number and says which shard it belongs to; the events of a shard go
 * as they are to its worker, which stores them in its own tables. Planned by the coordinator, the same rows take five times as long: they are unpacked,
 * written to files, sent to all nodes and read again, table by table.
 */
import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import {
  camelCase,
  column,
  operation,
  parameter,
  sqlLines,
  wrapped,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { storeNames } from "../../../compiler/sql/store-names.js";
import { countHours } from "./counters-statements.js";
import { listedColumns, listStatement } from "./listed-values-statements.js";
import { rowParts } from "./row-statements.js";

/** Most parameters of a function of PostgreSQL. */
const MAX_PARAMETERS = 100;

/** Parameters of the function that come before the columns: the key, the version that is known, the numbers. */
const BEFORE_COLUMNS = 3;

/** Whether the events of a catalogue can be stored by the function on the workers: its columns are parameters, of which there are not too many. */
export function storesOnWorkers(catalogue: Catalogue): boolean {
  return searchedColumns(catalogue).length + BEFORE_COLUMNS + 1 <= MAX_PARAMETERS;
}

/** Name of the function that stores events of one shard on the worker that has it. */
export function storeFunction(catalogue: Catalogue): string {
  return `${catalogue.table.name}_store`;
}

/** The statements of one insertion, in their order. */
export function spreadInsertOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return storesOnWorkers(catalogue)
    ? [placeEvents(catalogue), storeEvents(catalogue), countStored(catalogue), ...listStored(catalogue)]
    : [];
}

function placeEvents(catalogue: Catalogue): OperationSpec {
  const { sequence } = storeNames(catalogue);
  return operation({
    name: "placeEvents",
    operation: "insertEvents",
    description:
      "The number of each event, and the shard of its identifier; in the order of the identifiers given",
    cardinality: "many",
    idempotent: false,
    parameters: [parameter("ids", "identifiers", "text[]")],
    columns: [
      column("seq", "number of the event", "int8", "wire"),
      column("shard", "number of the shard", "int8", "wire"),
    ],
    text:
      `select nextval(${stringLiteral(sequence)}), ${shardOf(catalogue, "id")} ` +
      `from unnest($1::text[]) with ordinality as given (id, place) order by place`,
  });
}

function shardOf(catalogue: Catalogue, id: string, table: "ids" | "events" | "json" = "ids"): string {
  return `get_shard_id_for_distribution_column(${stringLiteral(storeNames(catalogue)[table])}, ${id})`;
}

function storeEvents(catalogue: Catalogue): OperationSpec {
  const columns = searchedColumns(catalogue);
  const parameters = [
    parameter("key", "the first identifier, which says which worker", "text"),
    parameter("known", "the newest version of the schema that this release knows", "int4"),
    parameter("seqs", "numbers of the events", "int8[]"),
    ...columns.map(({ name, description }) => parameter(camelCase(name), description, "text[]")),
    parameter("event", "the JSON texts", "bytea[]", "events"),
  ];
  const given = parameters.map(
    ({ type }, index) => `$${index + 1}::${type === "int8[]" ? "bigint[]" : type}`,
  );
  return operation({
    name: "storeEvents",
    operation: "insertEvents",
    description: "Stores events of one shard that are not there yet, on the worker that has it",
    cardinality: "many",
    idempotent: false,
    parameters,
    columns: [column("id", "identifier of an event that was stored", "text")],
    text: `select stored from ${identifier(storeFunction(catalogue))}(${wrapped(given)}) as stored`,
  });
}

function countStored(catalogue: Catalogue): OperationSpec {
  return operation({
    name: "countStored",
    operation: "insertEvents",
    description: "Counts events that were stored into the counters of their hours",
    cardinality: "none",
    idempotent: false,
    parameters: [parameter("times", "their times", "timestamptz[]", "wire")],
    columns: [],
    text: countHours(storeNames(catalogue), "select unnest($1::timestamptz[]) as at", "inserted"),
  });
}

/** No statement where a catalogue lists nothing. */
function listStored(catalogue: Catalogue): readonly OperationSpec[] {
  const text = listStatement(catalogue);
  if (text === null) return [];
  return [
    operation({
      name: "listStored",
      operation: "insertEvents",
      description: "Adds the values of events that were stored to the lists of their fields",
      cardinality: "none",
      idempotent: false,
      parameters: listedColumns(catalogue).map(({ name, description }) =>
        parameter(camelCase(name), description, "text[]"),
      ),
      columns: [],
      text,
    }),
  ];
}

/** Types of the parameters of the function. */
function parameterTypes(catalogue: Catalogue): string {
  return ["text", "integer", "bigint[]", ...searchedColumns(catalogue).map(() => "text[]"), "bytea[]"].join(
    ", ",
  );
}

/** The statements that make the function on all nodes, in the transaction that spreads the tables or after it. */
export function storeFunctionStatements(catalogue: Catalogue): readonly string[] {
  if (!storesOnWorkers(catalogue)) return [];
  const signature = `${identifier(storeFunction(catalogue))}(${parameterTypes(catalogue)})`;
  return [
    `create or replace function ${signature} returns setof text language plpgsql ` +
      `set search_path from current set citus.enable_manual_changes_to_shards = on as ${BODY}${storeFunctionBody(catalogue)}${BODY}`,
    `select create_distributed_function(${stringLiteral(signature)}, '$1', ` +
      `colocate_with => ${stringLiteral(storeNames(catalogue).events)}, force_delegation => true)`,
  ];
}

/** Quotes the body. */
const BODY = "$store$";

/** SQLSTATE by which the events come again: their shard went to another worker, or was split, since the coordinator looked. */
const AGAIN = "40001";

/**
 * The body of the function. The first identifier goes in by way of Citus, whose locks then keep the shard where it is until the end of the transaction;
 * the rest goes into the tables of the shard as into any others.
 */
export function storeFunctionBody(catalogue: Catalogue): string {
  const { ids, id, time, versions } = storeNames(catalogue);
  const columns = searchedColumns(catalogue);
  const parameterOf = (name: string) =>
    `$${BEFORE_COLUMNS + 1 + columns.findIndex((column) => identifier(column.name) === name)}`;
  const timeType = columns.find(({ name }) => identifier(name) === time)?.pgType;
  const given = Array.from({ length: columns.length + 2 }, (_, index) => `$${BEFORE_COLUMNS + index}`);
  return sqlLines(
    `declare`,
    `  own constant bigint := ${shardOf(catalogue, "$1")};`,
    `  is_new boolean;`,
    `begin`,
    `  if exists (select 1 from ${versions} where version > $2) then return; end if;`,
    `  if not exists (select 1 from pg_dist_placement join pg_dist_local_group using (groupid) where shardid = own) then`,
    `    raise exception 'the events belong to another worker now' using errcode = '${AGAIN}';`,
    `  end if;`,
    `  insert into ${ids} (${id}, ${time}, seq)`,
    `  values ($1, (${parameterOf(time)})[1]::${timeType}, ($3)[1]) on conflict (${id}) do nothing;`,
    `  is_new := found;`,
    `  if exists (select 1 from unnest(${parameterOf(id)}) as given (id) where ${shardOf(catalogue, "given.id")} <> own) then`,
    `    raise exception 'the events belong to several shards now' using errcode = '${AGAIN}';`,
    `  end if;`,
    `  return query execute format($statement$`,
    rowsText(catalogue),
    `  $statement$, ${(["ids", "events", "json"] as const).map((table) => shardName(catalogue, table)).join(", ")})`,
    `  using $1, is_new, ${wrapped(given)};`,
    `end`,
  );
}

function shardName(catalogue: Catalogue, table: "ids" | "events" | "json"): string {
  return `shard_name(${stringLiteral(storeNames(catalogue)[table])}, ${shardOf(catalogue, "$1", table)})`;
}

/** The tables of a shard in the text of {@link rowsText}, and the places of their names. */
const SHARD_TABLES = { ids: "%1$s", events: "%2$s", json: "%3$s" };

/** The statement over the tables of a shard, as a format of their names. Its first parameters: the key, and whether that one was stored. */
function rowsText(catalogue: Catalogue): string {
  const names = storeNames(catalogue);
  const [id, time] = [names.id, names.time].map(escaped) as [string, string];
  const columns = searchedColumns(catalogue).map(({ name, pgType }) => ({
    name: escaped(identifier(name)),
    pgType,
  }));
  const given = ["seq", ...columns.map(({ name }) => name), "event"];
  const arrays = given.map(
    (name, index) =>
      `$${index + 3}::${name === "seq" ? "bigint[]" : name === "event" ? "bytea[]" : "text[]"}`,
  );
  const { ids } = SHARD_TABLES;
  return sqlLines(
    `with input as (`,
    `  select ${wrapped(["seq", ...columns.map(({ name, pgType }) => `${name}::${pgType}`), "event"])}`,
    `  from unnest(${wrapped(arrays)})`,
    `  as given (${wrapped(given)})`,
    `), others as (`,
    `  insert into ${ids} (${id}, ${time}, seq) select ${id}, ${time}, seq from input where ${id} <> $1`,
    `  on conflict (${id}) do nothing returning ${id}, ${time}, seq`,
    `), ids as (`,
    `  select ${id}, ${time}, seq from others`,
    `  union all select ${id}, ${time}, seq from input where ${id} = $1 and $2`,
    ...rowParts(
      { ...SHARD_TABLES, eventKey: names.eventKey.map(escaped) },
      columns.map(({ name }) => name),
      { value: (name) => `input.${name}`, from: `input join ids on ids.${id} = input.${id}` },
    ),
    `)`,
    `select ${id} from ids`,
  );
}

function escaped(text: string): string {
  return text.replaceAll("%", "%%");
}
