/** The tables beside the events, as data: counters, roll-ups, lists of values, migrations and thresholding. */
import type { StoreTable, StoreTables } from "./table-model.js";
import type { TableNames } from "./table-names.js";
import { tableColumn, index, key } from "./table-parts.js";

const hours = (names: TableNames): StoreTable => ({
  name: names.hours,
  description:
    "counters of each UTC hour; the sums over all shards are the version of the hour, which grows with every change",
  columns: [
    key("hour", "timestamptz", "start of the hour"),
    key("shard", "smallint", "spreads the sessions that count at the same time over several rows"),
    key("inserted", "bigint", "events that were inserted"),
    key("deleted", "bigint", "events that were deleted"),
  ],
  primaryKey: ["hour", "shard"],
  indexes: [],
  partitionedBy: null,
  fillFactor: 50,
});

const rollups = (names: TableNames): StoreTable => ({
  name: names.rollups,
  description: "events by hour and value of a field",
  columns: [
    key("dimension", "text", "name of the field"),
    key("hour", "timestamptz", "start of the hour"),
    tableColumn("value", "text", "one value of the field; null for the events without one"),
    key("count", "bigint", "how often the value occurs, more than once in an event if it is listed twice"),
    key("events", "bigint", "number of events with the value"),
  ],
  primaryKey: [],
  indexes: [
    index(
      `${names.rollups}_key_idx`,
      "btree",
      ["dimension", "hour", "value"],
      "reading one field over some hours",
    ),
  ],
  partitionedBy: null,
});

const rollupHours = (names: TableNames): StoreTable => ({
  name: names.rollupHours,
  description: "which hours are rolled up: valid where the version is that of the hour",
  columns: [
    key("hour", "timestamptz", "start of the hour"),
    key("version", "bigint", "inserted plus deleted events of the hour when it was rolled up"),
    tableColumn("fields", "text", "names of the fields that were counted, in their order"),
    tableColumn(
      "refreshed_at",
      "timestamptz",
      "of the newest hour: when the roll-ups were last brought up to date",
    ),
  ],
  primaryKey: ["hour"],
  indexes: [],
  partitionedBy: null,
});

const topDays = (names: TableNames): StoreTable => ({
  name: names.topDays,
  description:
    "the most frequent values of a field on each UTC day: valid where the version is that of the day",
  columns: [
    key("day", "timestamptz", "start of the day"),
    key("dimension", "text", "name of the field"),
    key("version", "bigint", "inserted plus deleted events of the day when they were counted"),
    key(
      "total",
      "bigint",
      "how often values occur, those that are not listed and events without one included",
    ),
    key("missing", "bigint", "events without a value"),
    key("bound", "bigint", "how often the most frequent value occurs that is not listed; 0 when all are"),
    key("top_values", "text[]", "the most frequent values, those that are as frequent in their order"),
    key("top_counts", "bigint[]", "how often each of them occurs"),
  ],
  primaryKey: ["day", "dimension"],
  indexes: [],
  partitionedBy: null,
});

const words = (names: TableNames): StoreTable => ({
  name: names.words,
  description: "all values that a field with few different ones has or had, for tests that no index serves",
  columns: [
    key("field", "text", "name of the field"),
    key("value", "text", "one value; empty in the row that says that there are no others"),
  ],
  primaryKey: ["field", "value"],
  indexes: [],
  partitionedBy: null,
});

const versions = (names: TableNames): StoreTable => ({
  name: names.versions,
  description: "which migrations were applied",
  columns: [
    key("version", "integer", "version that the schema had afterwards"),
    key("applied_at", "timestamptz", "when it was applied"),
    key("description", "text", "what it did"),
  ],
  primaryKey: ["version"],
  indexes: [],
  partitionedBy: null,
});

/** Counters, roll-ups and what else the store keeps beside the events. Their columns name no field of a catalogue. */
export const upkeepTables = (
  names: TableNames,
): Pick<StoreTables, "hours" | "rollups" | "rollupHours" | "topDays" | "words" | "versions"> => ({
  hours: hours(names),
  rollups: rollups(names),
  rollupHours: rollupHours(names),
  topDays: topDays(names),
  words: words(names),
  versions: versions(names),
});

const flag = (name: string, description: string) =>
  tableColumn(name, "boolean", description, { notNull: true, initial: "false" });

const thresholds = (names: TableNames): StoreTable => ({
  name: names.thresholds,
  description: "keys that are being thresholded",
  columns: [
    key("id", "text", "the key"),
    key("thresholdtime", "timestamptz", "start of thresholding"),
    key("relapsetime", "timestamptz", "from when on a further event counts as a relapse"),
    key("ttltime", "timestamptz", "end of thresholding"),
    tableColumn("report_label", "text", "label of the report that the key was set for"),
  ],
  primaryKey: ["id"],
  indexes: [
    index(`${names.thresholds}_ttltime_idx`, "btree", ["ttltime"], "cleaning and the search for relapses"),
  ],
  partitionedBy: null,
});

const thresholded = (names: TableNames): StoreTable => ({
  name: names.thresholded,
  description: "events that were withheld because their key was being thresholded",
  columns: [
    key("eventid", "text", "identifier of the event"),
    key("keyid", "text", "key under which it was withheld"),
    key("groupname", "text", "group that would have been told of it"),
    key("eventseverity", "text", "severity of the event"),
    key("createtime", "timestamptz", "when it was withheld"),
    flag("istarget", "whether it would have been reported for its targets, not its sources"),
    flag("isshadow", "whether it would have been reported to the operators alone"),
  ],
  primaryKey: ["eventid", "keyid"],
  indexes: [
    index(`${names.thresholded}_keyid_idx`, "btree", ["keyid", "createtime"], "the events of a key"),
    index(
      `${names.thresholded}_group_idx`,
      "btree",
      ["groupname", "eventseverity"],
      "the search for relapses",
    ),
  ],
  partitionedBy: null,
});

/** Keys that are being thresholded, and the events that were withheld. */
export const thresholdTables = (names: TableNames): Pick<StoreTables, "thresholds" | "thresholded"> => ({
  thresholds: thresholds(names),
  thresholded: thresholded(names),
});
