/** The index that a field of a catalogue declares, as data: its method and what of the column it holds. */
import type { StoredField } from "./model.js";
import type { IndexKey, IndexMethod } from "./table-model.js";

/** The index of one field. */
export interface DeclaredIndex {
  readonly method: IndexMethod;
  readonly key: IndexKey;
}

/** The index that serves tests of the field; null where it declares none, or only its share of the index of tokens. */
export function declaredIndex(field: StoredField): DeclaredIndex | null {
  const { column, index = "none", indexOn } = field;
  switch (index) {
    case "btree":
    case "hash":
      return { method: index, key: { column, of: indexOn ?? "column" } };
    case "gin":
      return { method: "gin", key: { column, of: "column" } };
    case "trigram":
      return { method: "gin", key: { column, of: indexOn ?? "folded", operators: "gin_trgm_ops" } };
    case "gist":
      return { method: "gist", key: gistKey(field) };
    case "tokens":
    case "none":
      return null;
  }
}

/** ip4r has operator classes for ranges alone: a single address is indexed as the range that holds it. */
export function gistKey({ column, columnType }: Pick<StoredField, "column" | "columnType">): IndexKey {
  switch (columnType) {
    case "inet":
    case "cidr":
      return { column, of: "column", operators: "inet_ops" };
    case "ip4":
      return { column, of: "ip4r" };
    case "ip6":
      return { column, of: "ip6r" };
    case "ipaddress":
      return { column, of: "iprange" };
    default:
      return { column, of: "column" };
  }
}
