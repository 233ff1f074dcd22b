/** The statements that store events. */
import { searchedColumns } from "../../../compiler/catalogue/columns.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { isSpread } from "../../../compiler/catalogue/spread.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";
import {
  camelCase,
  catalogType,
  column,
  nullable,
  operation,
  parameter,
  sqlLines,
  wrapped,
  type OperationSpec,
} from "../../../compiler/sql/operation.js";
import { sameEvent, storeNames, type StoreNames } from "../../../compiler/sql/store-names.js";
import { knownSchema } from "../schema/newer-statements.js";
import { countHours } from "./counters-statements.js";
import { listValues } from "./listed-values-statements.js";
import { rowParts } from "./row-statements.js";
import { spreadInsertOperations } from "./spread-statements.js";

/** The operations that store events. */
export function insertOperations(catalogue: Catalogue): readonly OperationSpec[] {
  return [
    insertEvent(catalogue),
    insertListedEvent(catalogue),
    insertEvents(catalogue),
    insertNewEvents(catalogue),
    freeIds(catalogue),
    ...(isSpread(catalogue) ? [lostIds(catalogue), ...spreadInsertOperations(catalogue)] : []),
  ];
}

function insertEvent(catalogue: Catalogue): OperationSpec {
  return operation({
    name: "insertEvent",
    description:
      "Stores an event unless its id is there already, be it that of a dropped day, which `insertEvents` takes again; values are in the text form of the column's type",
    cardinality: "optional",
    parameters: valuesOfOne(catalogue),
    columns: [column("id", "identifier of the event; no row when it was there already", "text")],
    idempotent: false,
    text: insertOneText(catalogue, "new"),
  });
}

/** To see that values are listed would take a tenth of the time. */
function insertListedEvent(catalogue: Catalogue): OperationSpec {
  return operation({
    ...insertEvent(catalogue),
    name: "insertListedEvent",
    operation: "insertEvent",
    description: "Does what `insertEvent` does for an event whose values are known to be listed",
    text: insertOneText(catalogue, "known"),
  });
}

function valuesOfOne(catalogue: Catalogue): OperationSpec["parameters"] {
  return [
    ...searchedColumns(catalogue).map(({ name, description, notNull, pgType }) => {
      const described = parameter(camelCase(name), description, catalogType(pgType), "wire");
      return notNull ? described : nullable(described);
    }),
    parameter("event", "the JSON text", "bytea", "event"),
  ];
}

function insertEvents(catalogue: Catalogue): OperationSpec {
  return operation({
    name: "insertEvents",
    description:
      "Stores events that are not there yet, one element of each array an event, in the text form of the column's type; ids must differ within one call",
    cardinality: "many",
    parameters: [
      ...searchedColumns(catalogue).map(({ name, description }) =>
        parameter(camelCase(name), description, "text[]"),
      ),
      parameter("event", "the JSON text", "bytea[]", "events"),
    ],
    columns: [
      column("id", "identifier of an event that was stored; those missing were there already", "text"),
    ],
    idempotent: false,
    text: insertManyText(catalogue),
  });
}

/** Of many partitions: to look whether the event of an id is there would lock them all. */
function insertNewEvents(catalogue: Catalogue): OperationSpec {
  return operation({
    ...insertEvents(catalogue),
    name: "insertNewEvents",
    operation: "insertEvents",
    description:
      "Stores events whose ids are not there, be it those of dropped days; one element of each array an event, as for `insertEvents`",
    text: insertManyText(catalogue, ["do nothing"]),
  });
}

/** Joined by seq: an id that comes back meanwhile has another. */
function freeIds(catalogue: Catalogue): OperationSpec {
  const names = storeNames(catalogue);
  const { ids, json, id, anything } = names;
  return operation({
    name: "freeIds",
    operation: "insertEvents",
    description: "Forgets identifiers whose events went with their partition, of a part of the time",
    cardinality: "many",
    idempotent: false,
    parameters: [
      parameter("ids", "identifiers", "text[]"),
      parameter("seqs", "numbers of their events", "int8[]"),
    ],
    columns: [column("id", "an identifier that is free again", "text")],
    text:
      `delete from ${ids} i using unnest($1::text[], $2::bigint[]) as known (id, seq) where i.${id} = known.id and i.seq = known.seq ` +
      `and not exists (${anything} from ${json} j where ${sameEvent(names, "j", "i")} and {texts}) returning i.${id}`,
    slots: { texts: { kind: "filter" } },
  });
}

/**
 * Asked before identifiers are forgotten on a cluster: most that are there have their events, and who may not forget any (a writer without further
 * rights) has no need to try.
 */
function lostIds(catalogue: Catalogue): OperationSpec {
  const names = storeNames(catalogue);
  const { ids, json, id, anything } = names;
  return operation({
    name: "lostIds",
    operation: "insertEvents",
    description: "Those of some identifiers whose events went with their partition",
    cardinality: "many",
    parameters: [parameter("ids", "identifiers", "text[]")],
    columns: [
      column("id", "an identifier without an event", "text"),
      column("may", "the session may forget identifiers", "bool"),
    ],
    text:
      `select i.${id}, has_table_privilege(${stringLiteral(ids)}, 'DELETE') from ${ids} i where i.${id} = any($1::text[]) ` +
      `and not exists (${anything} from ${json} j where ${sameEvent(names, "j", "i")})`,
  });
}

/**
 * The statement that stores events, with one text[] parameter for each searched column and one for the JSON: its text is the same for
 * any number of events.
 */
function insertManyText(catalogue: Catalogue, conflict?: readonly string[]): string {
  const names = storeNames(catalogue);
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
    `), ${storeParts(catalogue, {
      placed: `select ${names.id}, ${names.time}, nextval(${stringLiteral(names.sequence)}) from input where ${knownSchema(names)}`,
      conflict: conflict ?? (isSpread(catalogue) ? ["do nothing"] : freedIds(names)),
      value: (name) => `input.${name}`,
      from: `input join ids on ids.${names.id} = input.${names.id}`,
      listed: listValues(catalogue, (name) => `input.${name}`, "input"),
    })}`,
  );
}

/**
 * The statement that stores one event, with one parameter of its type for each searched column and one for the JSON. Of the time that the one
 * for many takes for one event nearly half goes into its arrays, each of which is a function scan of its own; a fifth of the rest would go
 * into getting ready to look through all partitions of the JSON for the event of an id that is there. So it leaves such an id alone: whoever
 * gets no row asks {@link insertManyText}, which looks.
 */
function insertOneText(catalogue: Catalogue, listed: "new" | "known"): string {
  const columns = searchedColumns(catalogue);
  const names = storeNames(catalogue);
  const { id, time } = names;
  const values = new Map(
    columns.map(({ name, pgType }, position) => [identifier(name), `$${position + 1}::${pgType}`]),
  ).set("event", `$${columns.length + 1}::bytea`);
  const value = (name: string): string => values.get(name) ?? name;
  return `with ${storeParts(catalogue, {
    placed: `select ${value(id)}, ${value(time)}, nextval(${stringLiteral(names.sequence)}) where ${knownSchema(names)}`,
    conflict: ["do nothing"],
    value,
    from: "ids",
    listed: listed === "known" ? [] : listValues(catalogue, value, null),
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
  /** Lines of {@link listValues}; none where the values of the events are listed. */
  readonly listed: readonly string[];
}

/**
 * An id whose event went with its day is free again. The row has to be visible as it is: one that a concurrent insert has just committed has an
 * event that this statement can't see. Scalar subqueries, because an EXISTS may be answered from a hash of the whole table, which costs
 * seconds for a single duplicate.
 */
function freedIds({ ids, json, id, time }: StoreNames): readonly string[] {
  return [
    `do update set ${time} = excluded.${time}, seq = excluded.seq`,
    `where (select seen.seq from ${ids} seen where seen.${id} = i.${id}) = i.seq`,
    `  and (select j.seq from ${json} j where j.seq = i.seq and j.${time} = i.${time}) is null`,
  ];
}

/** The parts of a statement that store events in all tables at once. */
function storeParts(catalogue: Catalogue, { placed, conflict, value, from, listed }: InsertSource): string {
  const names = storeNames(catalogue);
  const { ids, id, time } = names;
  const columns = searchedColumns(catalogue).map(({ name }) => identifier(name));
  return sqlLines(
    `ids as (`,
    `  insert into ${ids} as i (${id}, ${time}, seq)`,
    `  ${placed}`,
    `  on conflict (${id}) ${conflict.join("\n  ")}`,
    `  returning ${id}, ${time}, seq`,
    ...rowParts(names, columns, { value, from }),
    ...listed,
    `), counted as (`,
    `  ${countHours(names, `select ${time} as at from ids`, "inserted")}`,
    `)`,
    `select ${id} from ids`,
  );
}
