/** What a table of the store is described by: DDL, migrations, statements and status reports are derived from it. */
import type { IndexExpression, StorageRoles, StoredField } from "./model.js";

/** A column of a table of the store. */
export interface TableColumn {
  readonly name: string;
  /** PostgreSQL type, with `[]` for a list. */
  readonly pgType: string;
  readonly notNull: boolean;
  /** One line of documentation, a phrase without a full stop. */
  readonly description: string;
  /** Default of the column, as SQL: rows that are older than it, or come from an older client, get it. */
  readonly initial?: string;
  /** Target of the planner's statistics where the default gathers more than is of use; 0 gathers none. */
  readonly statistics?: number;
}

/** Access methods of indexes. */
export type IndexMethod = "btree" | "gin" | "gist" | "hash";

/** An index of a table; of a partitioned table it stands for one index on each partition. */
export interface TableIndex {
  readonly name: string;
  readonly method: IndexMethod;
  /** What is indexed, in order: a column, or an expression with the operator class. */
  readonly keys: readonly IndexKey[];
  readonly description: string;
  /** Kilobytes of entries of a GIN index that wait to be sorted in. */
  readonly pendingKb?: number;
}

/** One key of an index. */
export interface IndexKey {
  readonly column: string;
  /** The column, a text in lower case (see compiler/values/text.ts for `folded`), or the range of an address by the function of that name. */
  readonly of: IndexExpression | "ip4r" | "ip6r" | "iprange";
  /** The operator class, where it is not the default one of the type. */
  readonly operators?: "gin_trgm_ops" | "inet_ops";
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
