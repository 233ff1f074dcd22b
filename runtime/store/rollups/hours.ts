/**
 * Which hours the roll-ups can tell, as SQL that every reader puts in front of its statement.
 *
 * A roll-up of an hour is valid while the hour's version (inserted plus deleted events, which only grows) is the one it was computed
 * at, and the fields that are rolled up are those of then. Reader and roll-up are compared within one snapshot, so an event is counted by
 * the roll-up or by the scan, never by both.
 */
import { storeTables } from "../../../compiler/catalogue/tables.js";
import type { Catalogue, Rollup, StoredField } from "../../../compiler/catalogue/model.js";
import { identifier, stringLiteral } from "../../../compiler/sql/fragment.js";

/** Names of the tables of roll-ups and of the searched table, as SQL identifiers. */
export interface RollupTables {
  readonly events: string;
  readonly time: string;
  readonly hours: string;
  readonly rollups: string;
  readonly rollupHours: string;
  readonly topDays: string;
  /** The names of the fields that are rolled up by the hour, as a string of SQL. */
  readonly fields: string;
}

/** The names for a catalogue. */
export function rollupTables(catalogue: Catalogue): RollupTables {
  const { events, hours, rollups, rollupHours, topDays, roles } = storeTables(catalogue);
  return {
    events: identifier(events.name),
    time: identifier(roles.time.column),
    hours: identifier(hours.name),
    rollups: identifier(rollups.name),
    rollupHours: identifier(rollupHours.name),
    topDays: identifier(topDays.name),
    fields: stringLiteral(
      rollupFields(catalogue, "all")
        .map(({ name }) => name)
        .join(" "),
    ),
  };
}

/** The fields that are rolled up in one of the ways. */
export function rollupFields(catalogue: Catalogue, rollup: Rollup): readonly StoredField[] {
  return catalogue.fields.filter(
    (field): field is StoredField => field.kind === "stored" && field.rollup === rollup,
  );
}

/** The name of a field, from the catalogue, as a string of SQL: the `dimension` of its roll-ups. */
export function dimensionOf({ name }: { readonly name: string }): string {
  return stringLiteral(name);
}

/**
 * Common table expressions `valid(hour)` and `stale(hour)`: the hours with events whose roll-up can be used, and those that have to be
 * scanned; with `bounded` only those within `[$1, $2)`.
 */
export function hourTables({ hours, rollupHours, fields }: RollupTables, bounded: boolean): string {
  const within = bounded ? " where hour >= $1::timestamptz and hour < $2::timestamptz" : "";
  return (
    `versions as materialized (select hour, sum(inserted) + sum(deleted) as version from ${hours}${within} group by hour), ` +
    `valid as materialized (select hour from versions join ${rollupHours} using (hour, version) where fields = ${fields}), ` +
    `stale as materialized (select hour from versions except all select hour from valid)`
  );
}

/** Rows of the searched table within the hours of `stale`, as a lateral item named `alias`: each hour is read through the time's index. */
export function staleRows({ events, time }: RollupTables, alias: string): string {
  return (
    `stale cross join lateral (select * from ${events} where ${time} >= stale.hour ` +
    `and ${time} < stale.hour + interval '1 hour' offset 0) as ${alias}`
  );
}
