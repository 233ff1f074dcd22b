/**
 * The schema on a Citus cluster: which table is spread over the workers by which column, and which is copied to all.
 *
 * What Citus asks for: a unique constraint contains the distribution column; tables that are joined are spread by the joined column, in one
 * group (co-located), or one of them is a reference table.
 *
 * What follows for the layout:
 * - Searched rows and JSON are spread by `seq` and co-located: search and the reading of JSON stay on one worker a row. Day partitions lie
 *   underneath; a partition that is attached is spread as its table.
 * - Identifiers are unique over all events, so their table is spread by the identifier. It is not co-located with the events: to fetch an
 *   event by id is one look-up of its `seq` and day, then one of its JSON.
 * - Keys and withheld events are spread by the key and co-located; the search for relapses joins them on each worker.
 * - Counters, roll-ups, listed values and the version are small: reference tables, on every worker.
 */
import type { Catalogue } from "../catalogue/model.js";
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
  } = storeTables(catalogue);
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
    spread(events, "seq"),
    spread(json, "seq", events),
    spread(ids, roles.id.column),
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
    `comment on table ${identifier(versions.name)} is ${stringLiteral(CITUS_LAYOUT)}`,
    ...citusDistribution(catalogue).map((distribution) => distribute(distribution, shards)),
  ];
}

function distribute(distribution: Distribution, shards: number | undefined): string {
  const table = stringLiteral(identifier(distribution.table.name));
  if (distribution.kind === "reference") return `select create_reference_table(${table})`;
  const { column, colocatedWith } = distribution;
  const group = colocatedWith === null ? "none" : identifier(colocatedWith.name);
  const count = colocatedWith === null ? `, shard_count => ${shards ?? SHARDS}` : "";
  return `select create_distributed_table(${table}, ${stringLiteral(column)}, colocate_with => ${stringLiteral(group)}${count})`;
}
