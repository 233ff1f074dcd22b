/**
 * All tables of the event store, as data: the searched table with the columns of the catalogue, and the tables of the storage layout
 * around it. DDL, migrations, statements and status reports are derived from this description.
 */
import { searchedColumns, type SearchedColumn } from "./columns.js";
import { indexCatalogue } from "./lookup.js";
import type { Catalogue, PlainTable, StorageRoles, StoredField } from "./model.js";
import { indexName, tableNames, type TableNames } from "./table-names.js";

/** A column of a table of the store. */
export interface TableColumn {
  readonly name: string;
  /** PostgreSQL type, with `[]` for a list. */
  readonly pgType: string;
  readonly notNull: boolean;
  /** One line of documentation, a phrase without a full stop. */
  readonly description: string;
  /** Target of the planner's statistics where the default gathers more than is of use; 0 gathers none. */
  readonly statistics?: number;
}

/** An index of a table; of a partitioned table it stands for one index on each partition. */
export interface TableIndex {
  readonly name: string;
  readonly method: "btree" | "gin" | "hash";
  /** What is indexed, in order: a column, or an expression with the operator class. */
  readonly keys: readonly IndexKey[];
  readonly description: string;
  /** Kilobytes of entries of a GIN index that wait to be sorted in. */
  readonly pendingKb?: number;
}

/**
 * Every search reads what waits unsorted in the GIN index of a day, and the pages of that list stay with the index for good: with the 4 MB of
 * PostgreSQL's default both were as large as the rest of the index of a day of 33,000 events.
 */
const PENDING_KB = 1024;

/** `fold` indexes the trigrams of the lower-case text (see compiler/values/text.ts for the folding). */
export interface IndexKey {
  readonly column: string;
  readonly fold: boolean;
}

/** A table of the store. */
export interface StoreTable {
  readonly name: string;
  /** One line of documentation, a phrase without a full stop. */
  readonly description: string;
  readonly columns: readonly TableColumn[];
  readonly primaryKey: readonly string[];
  readonly indexes: readonly TableIndex[];
  /** Column whose UTC days are partitions; null for a plain table. */
  readonly partitionedBy: string | null;
  /** Part of a page left free, so that updates of a hot row stay within it; per cent filled. */
  readonly fillFactor?: number;
}

/** The tables of one catalogue. */
export interface StoreTables {
  readonly events: StoreTable;
  readonly json: StoreTable;
  readonly ids: StoreTable;
  readonly hours: StoreTable;
  readonly rollups: StoreTable;
  readonly rollupHours: StoreTable;
  readonly topDays: StoreTable;
  readonly words: StoreTable;
  readonly thresholds: StoreTable;
  readonly thresholded: StoreTable;
  readonly versions: StoreTable;
  /** Name of the sequence of `seq`. */
  readonly sequence: string;
  /** The fields that the layout rests on. */
  readonly roles: { readonly [Role in keyof StorageRoles]: StoredField };
}

/** The partitioned tables of a store, in the order in which they are locked. */
export function partitionedTables(tables: StoreTables): readonly StoreTable[] {
  return [tables.events, tables.json];
}

/** All tables, in the order of creation. */
export function allTables(tables: StoreTables): readonly StoreTable[] {
  return [
    tables.versions,
    ...partitionedTables(tables),
    tables.ids,
    tables.hours,
    tables.rollups,
    tables.rollupHours,
    tables.topDays,
    tables.words,
    tables.thresholds,
    tables.thresholded,
  ];
}

/** {@link StoreTables.rollupHours}: version of an hour that was dropped, which no hour has; its roll-ups are still to be swept. */
export const DROPPED_VERSION = -1;

/** {@link StoreTables.words}: the value that says that the list of a field is complete. */
export const COMPLETE = "";

/** Sessions that count into the same hour at the same time use different rows, so that they don't wait for each other. */
export const HOUR_SHARDS = 16;

const known = new WeakMap<Catalogue, StoreTables>();

/**
 * The tables of a catalogue, made once for each. The names of all follow from that of the searched table (compiler/catalogue/table-names.ts),
 * so that stores of several catalogues stand side by side in one schema.
 *
 * @throws Error when the catalogue names no scalar fields for the roles of the layout, uses a name of the layout for a column, or has a table
 *   whose name is too long or would share a table with another store
 */
export function storeTables(catalogue: Catalogue): StoreTables {
  let tables = known.get(catalogue);
  if (tables === undefined) known.set(catalogue, (tables = describeTables(catalogue)));
  return tables;
}

function describeTables(catalogue: Catalogue): StoreTables {
  const { plain } = catalogue.table;
  if (plain !== undefined) return plainTables(catalogue, plain);
  const roles = resolveRoles(catalogue);
  const columns = searchedColumns(catalogue);
  const clash = columns.find(({ name }) => name === SEQ.name);
  if (clash !== undefined)
    throw new Error(`catalogue "${catalogue.name}": the column ${SEQ.name} belongs to the storage layout`);
  const id = roleColumn(roles.id);
  const time = roleColumn(roles.time);
  const names = tableNames(catalogue);
  return {
    ...upkeepTables(names),
    ...thresholdTables(names),
    roles,
    sequence: names.sequence,
    events: {
      name: catalogue.table.name,
      description: "what is searched of each event: one row an event, partitioned by day",
      columns: [SEQ, ...inReadingOrder(columns).map(searchedTableColumn)],
      primaryKey: [],
      indexes: eventIndexes(catalogue, columns),
      partitionedBy: time.name,
    },
    json: {
      name: names.json,
      description: "the events as they were given, partitioned as the searched table",
      columns: [
        SEQ,
        time,
        column("event", "bytea", "the JSON text to the letter, packed as its first byte says", {
          notNull: true,
          statistics: 0,
        }),
      ],
      primaryKey: [],
      indexes: [index(`${names.json}_seq_idx`, "btree", [SEQ.name], "reading the event of a row")],
      partitionedBy: time.name,
    },
    ids: {
      name: names.ids,
      description: "where each event is: keeps identifiers unique over all days",
      columns: [id, time, SEQ],
      primaryKey: [id.name],
      indexes: [],
      partitionedBy: null,
    },
  };
}

/** The place of a row: what tells rows apart that have no key. */
const PLACE: StoredField = {
  kind: "stored",
  name: "ctid",
  type: "text",
  list: false,
  column: "ctid",
  paths: [],
  description: "place of the row in its table",
  example: "",
};

/** A table that something else keeps has the names of what is around it, and nothing by these names. */
function plainTables(catalogue: Catalogue, plain: PlainTable): StoreTables {
  const { fields } = indexCatalogue(catalogue);
  const stored = (name: string): StoredField => {
    const field = fields.get(name);
    if (field?.kind === "stored") return field;
    throw new Error(`catalogue "${catalogue.name}": ${name} is no stored field`);
  };
  const time = stored(plain.time);
  const names = tableNames(catalogue);
  const table = (name: string, columns: readonly TableColumn[]): StoreTable => ({
    name,
    description: "a table that something else keeps",
    columns,
    primaryKey: [],
    indexes: [],
    partitionedBy: null,
  });
  return {
    ...upkeepTables(names),
    ...thresholdTables(names),
    roles: { id: plain.key === undefined ? PLACE : stored(plain.key), time, stored: time },
    sequence: names.sequence,
    events: table(catalogue.table.name, searchedColumns(catalogue).map(searchedTableColumn)),
    json: table(plain.json?.table?.name ?? catalogue.table.name, []),
    ids: table(names.ids, []),
  };
}

function resolveRoles(catalogue: Catalogue): StoreTables["roles"] {
  const { fields } = indexCatalogue(catalogue);
  const resolve = (role: keyof StorageRoles): StoredField => {
    const field = fields.get(catalogue.table.roles?.[role] ?? "");
    if (field?.kind === "stored" && !field.list && field.required === true) return field;
    throw new Error(
      `catalogue "${catalogue.name}": table.roles.${role} has to name a required scalar field with a column`,
    );
  };
  return { id: resolve("id"), time: resolve("time"), stored: resolve("stored") };
}

function eventIndexes(catalogue: Catalogue, columns: readonly SearchedColumn[]): readonly TableIndex[] {
  const table = catalogue.table.name;
  const fields = columns.filter((candidate) => candidate.kind === "field");
  const single = fields
    .filter(({ field }) => field.index === "btree" || field.index === "hash")
    .map(({ name, field }) =>
      index(
        indexName(table, name, "idx"),
        field.index === "hash" ? "hash" : "btree",
        [name],
        `tests of ${field.name}`,
      ),
    );
  // One index of many columns: an event costs one descent for each value all the same, but the index is written and cleaned once.
  const lists = columns
    .filter(
      (candidate) =>
        candidate.kind === "tokens" || (candidate.kind === "field" && candidate.field.index === "gin"),
    )
    .map(({ name }) => name);
  const trigrams = fields
    .filter(({ field }) => field.index === "trigram")
    .map(({ name, field }) => ({
      ...index(indexName(table, name, "trgm_idx"), "gin", [], `texts within ${field.name}`),
      keys: [{ column: name, fold: true }],
    }));
  return [
    ...single,
    ...(lists.length === 0
      ? []
      : [index(`${table}_lists_idx`, "gin", lists, "tests of addresses and list fields")]),
    ...trigrams,
  ];
}

/**
 * PostgreSQL finds a column by passing over all those before it, which of 60 columns with values of any length takes longer than the test of
 * the one that is wanted. So those of a fixed length that are never null stand first, whose places are known; then what searches test most:
 * single words, which are short, before the lists.
 */
function inReadingOrder(columns: readonly SearchedColumn[]): readonly SearchedColumn[] {
  const rank = (column: SearchedColumn): number => {
    if (column.notNull && !column.pgType.startsWith("text")) return 0;
    if (column.kind === "tokens") return 2;
    if (column.kind !== "field") return 4;
    switch (column.field.index ?? "none") {
      case "btree":
      case "hash":
        return 1;
      case "none":
        return 4;
      default:
        return 3;
    }
  };
  return [...columns].sort((a, b) => rank(a) - rank(b));
}

function searchedTableColumn(searched: SearchedColumn): TableColumn {
  const { name, pgType, notNull, description } = searched;
  // Token frequencies are of no use to the planner (storage-performance.md, 3 and 4) and dear to gather.
  return searched.kind === "tokens"
    ? column(name, pgType, description, { statistics: 10 })
    : column(name, pgType, description, { notNull });
}

const roleColumn = ({ column: name, type, description }: StoredField): TableColumn =>
  column(name, type === "time" ? "timestamptz" : "text", description, { notNull: true });

function column(
  name: string,
  pgType: string,
  description: string,
  extra: Partial<Pick<TableColumn, "notNull" | "statistics">> = {},
): TableColumn {
  return { name, pgType, notNull: false, description, ...extra };
}

const key = (name: string, pgType: string, description: string): TableColumn =>
  column(name, pgType, description, { notNull: true });

function index(
  name: string,
  method: TableIndex["method"],
  columns: readonly string[],
  description: string,
): TableIndex {
  return {
    name,
    method,
    keys: columns.map((indexed) => ({ column: indexed, fold: false })),
    description,
    ...(method === "gin" ? { pendingKb: PENDING_KB } : {}),
  };
}

const SEQ = key("seq", "bigint", "number of the event, in the order of storing");

/** Counters, roll-ups and what else the store keeps beside the events. Their columns name no field of a catalogue. */
const upkeepTables = (
  names: TableNames,
): Pick<StoreTables, "hours" | "rollups" | "rollupHours" | "topDays" | "words" | "versions"> => ({
  hours: {
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
  },
  rollups: {
    name: names.rollups,
    description: "events by hour and value of a field",
    columns: [
      key("dimension", "text", "name of the field"),
      key("hour", "timestamptz", "start of the hour"),
      column("value", "text", "one value of the field; null for the events without one"),
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
  },
  rollupHours: {
    name: names.rollupHours,
    description: "which hours are rolled up: valid where the version is that of the hour",
    columns: [
      key("hour", "timestamptz", "start of the hour"),
      key("version", "bigint", "inserted plus deleted events of the hour when it was rolled up"),
      column("fields", "text", "names of the fields that were counted, in their order"),
    ],
    primaryKey: ["hour"],
    indexes: [],
    partitionedBy: null,
  },
  topDays: {
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
  },
  words: {
    name: names.words,
    description: "all values that a field with few different ones has or had, for tests that no index serves",
    columns: [
      key("field", "text", "name of the field"),
      key("value", "text", "one value; empty in the row that says that there are no others"),
    ],
    primaryKey: ["field", "value"],
    indexes: [],
    partitionedBy: null,
  },
  versions: {
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
  },
});

/** Keys that are being thresholded, and the events that were withheld. */
const thresholdTables = (names: TableNames): Pick<StoreTables, "thresholds" | "thresholded"> => ({
  thresholds: {
    name: names.thresholds,
    description: "keys that are being thresholded",
    columns: [
      key("id", "text", "the key"),
      key("thresholdtime", "timestamptz", "start of thresholding"),
      key("relapsetime", "timestamptz", "from when on a further event counts as a relapse"),
      key("ttltime", "timestamptz", "end of thresholding"),
    ],
    primaryKey: ["id"],
    indexes: [
      index(`${names.thresholds}_ttltime_idx`, "btree", ["ttltime"], "cleaning and the search for relapses"),
    ],
    partitionedBy: null,
  },
  thresholded: {
    name: names.thresholded,
    description: "events that were withheld because their key was being thresholded",
    columns: [
      key("eventid", "text", "identifier of the event"),
      key("keyid", "text", "key under which it was withheld"),
      key("groupname", "text", "group that would have been told of it"),
      key("eventseverity", "text", "severity of the event"),
      key("createtime", "timestamptz", "when it was withheld"),
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
  },
});
