/** The columns and indexes of which the descriptions of the tables are made. */
import type { SearchedColumn } from "./columns.js";
import type { TableColumn, TableIndex } from "./table-model.js";

/**
 * Every search reads what waits unsorted in the GIN index of a partition, and the pages of that list stay with the index for good: with the 4 MB of
 * PostgreSQL's default both were as large as the rest of the index of a day of 33,000 events. Bytes and the work of storing were measured together
 * (runtime/README.md): a quarter of a megabyte costs storing nothing, less costs it more than the bytes are worth.
 */
const PENDING_KB = 256;

/** A column that may be null unless `extra` says otherwise. */
export function tableColumn(
  name: string,
  pgType: string,
  description: string,
  extra: Partial<Pick<TableColumn, "notNull" | "initial" | "statistics">> = {},
): TableColumn {
  return { name, pgType, notNull: false, description, ...extra };
}

/** A column that is never null. */
export const key = (name: string, pgType: string, description: string): TableColumn =>
  tableColumn(name, pgType, description, { notNull: true });

/** A column of the searched table. */
export function searchedColumn(searched: SearchedColumn): TableColumn {
  const { name, pgType, notNull, description } = searched;
  if (searched.kind === "count") return tableColumn(name, pgType, description, { notNull, initial: "0" });
  // Token frequencies are of no use to the planner (storage-performance.md, 3 and 4) and dear to gather.
  return searched.kind === "tokens"
    ? tableColumn(name, pgType, description, { statistics: 10 })
    : tableColumn(name, pgType, description, { notNull });
}

/** An index over columns as they are. */
export function index(
  name: string,
  method: TableIndex["method"],
  columns: readonly string[],
  description: string,
): TableIndex {
  return {
    name,
    method,
    keys: columns.map((indexed) => ({ column: indexed, of: "column" })),
    description,
    ...(method === "gin" ? { pendingKb: PENDING_KB } : {}),
  };
}

/** The column by which the tables of events refer to each other. */
export const SEQ = key("seq", "bigint", "number of the event, in the order of storing");
