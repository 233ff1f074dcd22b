/** A catalogue with a field for every type of column that an engine has, scalar and list, with each kind of index. */
import type {
  AddressColumnType,
  Catalogue,
  ColumnType,
  FieldType,
  StoredField,
} from "../../compiler/catalogue/model.js";
import type { Engine } from "../support/database.js";

type Extra = Partial<Omit<StoredField, "kind" | "name" | "type">>;

function field(name: string, type: FieldType, extra: Extra = {}): StoredField {
  return {
    kind: "stored",
    name,
    type,
    list: false,
    column: name,
    paths: [name],
    description: `${name} of the row`,
    example: `${name} exists`,
    ...extra,
  };
}

/** The compatibility schema has no types for the addresses of one family. */
const ADDRESSES: Readonly<Record<Engine, readonly AddressColumnType[]>> = {
  ip4r: ["iprange", "ip4r", "ip6r", "ip4", "ip6", "ipaddress", "inet", "cidr"],
  embedded: ["iprange", "ip4r", "ip6r", "ipaddress", "inet", "cidr"],
};

/** The compatibility schema gives its `ipaddress` no order of its own. */
const hasBtree = (engine: Engine, type: ColumnType): boolean => engine === "ip4r" || type !== "ipaddress";

function addressFields(engine: Engine): readonly StoredField[] {
  return ADDRESSES[engine].flatMap((columnType) => [
    field(`${columnType}_plain`, "ip", { columnType }),
    field(`${columnType}_gist`, "ip", { columnType, index: "gist" }),
    ...(hasBtree(engine, columnType)
      ? [field(`${columnType}_btree`, "ip", { columnType, index: "btree" })]
      : []),
    field(`${columnType}_list`, "ip", { columnType, list: true }),
  ]);
}

/** The columns that cover `nets`. */
const HULLS = [
  { column: "nets_ip4", columnType: "ip4r" },
  { column: "nets_ip6", columnType: "ip6r" },
] as const;

/** The catalogue for an engine. Its table is `typed_rows`. */
export function columnTypesCatalogue(engine: Engine): Catalogue {
  return {
    name: "column types",
    table: { name: "typed_rows" },
    fields: [
      field("id", "id", { columnType: "uuid", required: true, index: "btree" }),
      ...addressFields(engine),
      field("nets", "ip", { list: true, hulls: HULLS }),
      field("at", "time", { columnType: "timestamp", required: true, index: "btree" }),
      field("at_zone", "time", { columnType: "timestamptz", index: "btree" }),
      field("at_list", "time", { columnType: "timestamp", list: true }),
      field("small", "integer", { columnType: "smallint", index: "btree" }),
      field("small_list", "integer", { columnType: "smallint", list: true, index: "gin" }),
      field("whole", "integer", { columnType: "integer", index: "btree" }),
      field("whole_list", "integer", { columnType: "integer", list: true, index: "gin" }),
      field("large", "integer", { columnType: "bigint" }),
      field("words_list", "text", { columnType: "character varying", list: true, index: "gin" }),
      field("words", "text", { columnType: "character varying", index: "btree" }),
      field("code", "text", { columnType: "character", index: "btree" }),
      field("lower_text", "text", { index: "btree", indexOn: "lower" }),
      field("folded_text", "text", { index: "btree", indexOn: "folded" }),
      field("trigrams", "text", { index: "trigram", indexOn: "column" }),
      field("lower_trigrams", "text", { index: "trigram", indexOn: "lower" }),
      field("folded_trigrams", "text", { index: "trigram" }),
      field("uuids", "text", { columnType: "uuid", list: true, index: "gin" }),
      { ...field("all_ips", "ip"), kind: "union", list: true, of: ["inet_list", "nets", "cidr_plain"] },
    ],
    groups: [],
    unionGroups: [],
    enumerations: [],
  };
}
