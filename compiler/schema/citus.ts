/**
 * The schema on a Citus cluster: which table is spread over the workers by which column, and which is copied to all.
 *
 * What Citus asks for: a unique constraint contains the distribution column; tables that are joined are spread by the joined column, in one
 * group (co-located), or one of them is a reference table.
 *
 * What follows for the layout:
 * - Searched rows, JSON and identifiers are spread by the identifier and co-located: identifiers are unique on the worker of each, an event is
 *   fetched, stored and deleted on one worker, and rows are joined with their JSON there. Day partitions lie underneath; a partition that is
 *   attached is spread as its table.
 * - Keys and withheld events are spread by the key and co-located; the search for relapses joins them on each worker.
 * - Counters, roll-ups, listed values and the version are small: reference tables, on every worker.
 */
import type { Catalogue } from "../catalogue/model.js";
import { elementsFunction, spreadCatalogue } from "../catalogue/spread.js";
import { storeTables, type StoreTable } from "../catalogue/tables.js";
import { identifier, stringLiteral } from "../sql/fragment.js";

/** Where a table's rows are. */
export type Distribution =
  | {
      readonly kind: "distributed";
      readonly table: StoreTable;
      readonly column: string;
      /** Table whose group this one joins; null founds a group. */
      readonly colocatedWith: StoreTable | null;
    }
  | { readonly kind: "reference"; readonly table: StoreTable };

/** The distribution of all tables, those that found a group first. */
export function citusDistribution(catalogue: Catalogue): readonly Distribution[] {
  const {
    events,
    json,
    ids,
    hours,
    rollups,
    rollupHours,
    topDays,
    words,
    thresholds,
    thresholded,
    versions,
    roles,
  } = storeTables(spreadCatalogue(catalogue));
  const spread = (
    table: StoreTable,
    column: string,
    colocatedWith: StoreTable | null = null,
  ): Distribution => ({
    kind: "distributed",
    table,
    column,
    colocatedWith,
  });
  return [
    ...[versions, hours, rollups, rollupHours, topDays, words].map((table): Distribution => ({
      kind: "reference",
      table,
    })),
    spread(events, roles.id.column),
    spread(json, roles.id.column, events),
    spread(ids, roles.id.column, events),
    spread(thresholds, "id"),
    spread(thresholded, "keyid", thresholds),
  ];
}

/** What the comment of the table of versions says of a store that is spread. */
export const CITUS_LAYOUT = "idea-eventstore layout: citus";

/** Two for each worker: all of them work on a search, and new partitions, of which each shard has its own, stay cheap to make. */
const SHARDS =
  "(select 2 * greatest(count(*), 1) from pg_dist_node where shouldhaveshards and isactive and noderole = 'primary')::int";

/**
 * The statements that distribute a schema that was just created, in order; to be run on the coordinator.
 *
 * @param shards of each distributed table; two for each worker when absent
 */
export function citusStatements(catalogue: Catalogue, shards?: number): readonly string[] {
  const { versions } = storeTables(catalogue);
  return [
    "create extension if not exists citus",
    WORKERS_WITHOUT_JIT,
    // Nobody but a superuser may name a function of the server as one of his own.
    `create or replace function ${identifier(elementsFunction(catalogue))}(jsonb) returns setof record ` +
      "language internal immutable strict parallel safe as 'jsonb_to_recordset'",
    `comment on table ${identifier(versions.name)} is ${stringLiteral(CITUS_LAYOUT)}`,
    ...citusDistribution(catalogue).map((distribution) => distribute(distribution, shards)),
  ];
}

/**
 * Sessions of the store keep just-in-time compilation off; those of the coordinator on the workers have what the database says. Of a filter with many
 * tests it took minutes over 300 events.
 */
const WORKERS_WITHOUT_JIT =
  "select run_command_on_workers(format('alter database %I set jit = off', current_database()))";

/** What else goes with the tables of a store on Citus. */
export function citusDropStatements(catalogue: Catalogue): readonly string[] {
  return [`drop function if exists ${identifier(elementsFunction(catalogue))}(jsonb)`];
}

function distribute(distribution: Distribution, shards: number | undefined): string {
  const table = stringLiteral(identifier(distribution.table.name));
  if (distribution.kind === "reference") return `select create_reference_table(${table})`;
  const { column, colocatedWith } = distribution;
  const group = colocatedWith === null ? "none" : identifier(colocatedWith.name);
  const count = colocatedWith === null ? `, shard_count => ${shards ?? SHARDS}` : "";
  return `select create_distributed_table(${table}, ${stringLiteral(column)}, colocate_with => ${stringLiteral(group)}${count})`;
}
