/** The tables of the events, as data: the searched table with the columns of the catalogue, the JSON, and the identifiers. */
import { searchedColumns, type SearchedColumn } from "./columns.js";
import { declaredIndex, type DeclaredIndex } from "./declared-index.js";
import type { Catalogue, StoredField } from "./model.js";
import { isSpread } from "./spread.js";
import type { StoreTables, TableColumn, TableIndex } from "./table-model.js";
import { indexName, type TableNames } from "./table-names.js";
import { tableColumn, index, searchedColumn, SEQ } from "./table-parts.js";

/**
 * @throws Error when a column of the catalogue has a name of the layout
 */
export function eventTables(
  catalogue: Catalogue,
  names: TableNames,
  roles: StoreTables["roles"],
): Pick<StoreTables, "events" | "json" | "ids"> {
  const columns = searchedColumns(catalogue);
  const clash = columns.find(({ name }) => name === SEQ.name);
  if (clash !== undefined)
    throw new Error(`catalogue "${catalogue.name}": the column ${SEQ.name} belongs to the storage layout`);
  const id = roleColumn(roles.id);
  const time = roleColumn(roles.time);
  return {
    events: {
      name: catalogue.table.name,
      description: "what is searched of each event: one row an event, partitioned by day",
      columns: [SEQ, ...inReadingOrder(columns).map(searchedColumn)],
      primaryKey: [],
      indexes: eventIndexes(catalogue, columns),
      partitionedBy: time.name,
    },
    json: {
      name: names.json,
      description: "the events as they were given, partitioned as the searched table",
      columns: [
        // Rows of one event are together on the worker that its identifier leads to.
        ...(isSpread(catalogue) ? [id] : []),
        SEQ,
        time,
        tableColumn("event", "bytea", "the JSON text to the letter, packed as its first byte says", {
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

function eventIndexes(catalogue: Catalogue, columns: readonly SearchedColumn[]): readonly TableIndex[] {
  const table = catalogue.table.name;
  const fields = columns.filter((candidate) => candidate.kind === "field");
  const declared = fields.flatMap(({ name, field }) => {
    const own = declaredIndex(field);
    return own === null || field.index === "gin" ? [] : [fieldIndex(table, name, field, own)];
  });
  // One index of many columns: an event costs one descent for each value all the same, but the index is written and cleaned once.
  const lists = columns
    .filter(
      (candidate) =>
        candidate.kind === "tokens" || (candidate.kind === "field" && candidate.field.index === "gin"),
    )
    .map(({ name }) => name);
  const first = declared.filter(({ method }) => method !== "gin");
  const trigrams = declared.filter(({ method }) => method === "gin");
  return [
    ...first,
    ...(lists.length === 0
      ? []
      : [index(`${table}_lists_idx`, "gin", lists, "tests of addresses and list fields")]),
    ...trigrams,
  ];
}

/** The index of one field, of texts by their trigrams or of whole values. */
function fieldIndex(
  table: string,
  column: string,
  field: StoredField,
  { method, key }: DeclaredIndex,
): TableIndex {
  const [kind, purpose] = method === "gin" ? ["trgm_idx", "texts within"] : ["idx", "tests of"];
  return { ...index(indexName(table, column, kind), method, [], `${purpose} ${field.name}`), keys: [key] };
}

/**
 * PostgreSQL finds a column by passing over all those before it, which of 60 columns with values of any length takes longer than the test of
 * the one that is wanted. So those of a fixed length that are never null come first, as their places are known; then what searches test most:
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

const roleColumn = ({ column: name, type, description }: StoredField): TableColumn =>
  tableColumn(name, type === "time" ? "timestamptz" : "text", description, { notNull: true });
