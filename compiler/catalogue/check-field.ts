/** What in the description of one stored field can't work. */
import type { WordNormalisation } from "../values/normalise.js";
import { COLUMN_TYPES, columnTypeOf } from "./column-types.js";
import type { Catalogue, ColumnType, FieldType, IndexSupport, StoredField } from "./model.js";

/** The problems of a field whose keys are there and of the right kind. */
export function fieldProblems(field: StoredField, catalogue: Catalogue): readonly string[] {
  const types = (COLUMN_TYPES as Readonly<Partial<Record<string, readonly ColumnType[]>>>)[field.type];
  if (types === undefined) return [];
  const { name, type, columnType } = field;
  if (columnType !== undefined && !types.includes(columnType)) return [columnTypeProblem(field, types)];
  const problems = [...indexProblems(field), ...hullProblems(field)];
  if (type === "ordered" && field.enumeration === undefined)
    problems.push(
      `${name} is ordered and names no enumeration; its order is that of the enumeration's values`,
    );
  if (columnType === "uuid" && field.normalise !== undefined)
    problems.push(`${name}: a column of type uuid has its own spelling; leave out normalise`);
  if (field.normalise !== undefined && !Object.hasOwn(NORMALISATIONS, field.normalise))
    problems.push(`${name}: normalise has to be ${Object.keys(NORMALISATIONS).join(" or ")}`);
  if (field.paths.length === 0 && !isKeyed(catalogue))
    problems.push(`${name} has no path; name the keys under which an event has it, "a.b" for b within a`);
  if (field.stamped === true && (type !== "time" || field.list))
    problems.push(`${name}: stamped is for a time that is no list`);
  if (field.combined === true && (field.rollup !== "all" || !COMBINABLE.includes(type)))
    problems.push(`${name}: combined is for words and booleans that are rolled up by all`);
  if (field.remarks === true && (type !== "text" || !field.list))
    problems.push(`${name}: remarks are a list of type text`);
  return problems;
}

const COMBINABLE: readonly FieldType[] = ["enum", "ordered", "hierarchy", "text", "boolean"];

const NORMALISATIONS: Readonly<Record<WordNormalisation, true>> = {
  lower: true,
  upper: true,
  tlp: true,
  protocol: true,
  uuid: true,
  host: true,
  mail: true,
  mac: true,
};

/** Events without JSON have one key a field. */
function isKeyed({ table: { plain } }: Catalogue): boolean {
  return plain !== undefined && plain.json === undefined;
}

function columnTypeProblem({ name, type, columnType }: StoredField, types: readonly ColumnType[]): string {
  const given = String(columnType);
  const takers = (Object.keys(COLUMN_TYPES) as FieldType[]).filter((taker) =>
    (COLUMN_TYPES[taker] as readonly string[]).includes(given),
  );
  const instead = takers.length === 0 ? "" : `, or give the field the type ${takers.join(" or ")}`;
  return `${name} is of type ${type}, and columnType ${given} holds none; use ${types.join(", ")}${instead}`;
}

const INDEXES: readonly IndexSupport[] = ["gin", "btree", "hash", "trigram", "gist", "tokens", "none"];

function indexProblems(field: StoredField): string[] {
  const { name, type, list, index = "none", indexOn } = field;
  if (!INDEXES.includes(index)) return [`${name}: index has to be one of ${INDEXES.join(", ")}`];
  const problems: string[] = [];
  const unfit = unfitIndex(field, index);
  if (unfit !== null) problems.push(`${name}: ${unfit}`);
  if (indexOn === undefined) return problems;
  if (!["column", "lower", "folded"].includes(indexOn))
    problems.push(`${name}: indexOn has to be column, lower or folded`);
  else if (!isText(type) || list || !["btree", "hash", "trigram"].includes(index))
    problems.push(`${name}: indexOn is for a btree, hash or trigram index of a text that is no list`);
  return problems;
}

const isText = (type: FieldType): boolean => COLUMN_TYPES[type] === COLUMN_TYPES.text;

/** Why an index of the kind serves no test of the field; null where it serves some. */
function unfitIndex(field: StoredField, index: IndexSupport): string | null {
  const { type, list } = field;
  const columnType = columnTypeOf(field);
  switch (index) {
    case "gin":
      return type === "ip"
        ? "a gin index serves no test of addresses; a list needs hulls, a scalar the index gist or btree"
        : null;
    case "btree":
      return list ? "a btree index of a list serves no test of its values; use gin" : null;
    case "hash":
      return list || !isText(type) ? "a hash index serves a text that is no list; use btree or gin" : null;
    case "trigram":
      return list || !isText(type) || columnType === "uuid" || columnType === "enum"
        ? "a trigram index serves a column of text that is no list"
        : null;
    case "gist":
      return type !== "ip" || list
        ? "a gist index serves an address that is no list; for a list name the columns that cover it in hulls"
        : null;
    case "tokens":
      return type !== "ip" || columnType !== "iprange"
        ? "tokens are kept for addresses in columns of type iprange; use gist"
        : null;
    case "none":
      return null;
  }
}

const HULL_TYPES: readonly string[] = ["iprange", "ip4r", "ip6r", "inet", "cidr"];

function hullProblems({ name, type, list, hulls }: StoredField): string[] {
  if (hulls === undefined) return [];
  if (type !== "ip" || !list)
    return [`${name}: hulls are for a list of addresses; a scalar has the index gist`];
  const types = hulls.map(({ columnType }) => columnType);
  const unknown = types.find((given) => !HULL_TYPES.includes(given));
  if (unknown !== undefined)
    return [`${name}: no column of type ${unknown} covers addresses; use ${HULL_TYPES.join(", ")}`];
  const covers = (family: "ip4r" | "ip6r") =>
    types.some((given) => given === family || !/^ip[46]r$/.test(given));
  if (covers("ip4r") && covers("ip6r")) return [];
  return [
    `${name}: hulls cover IPv${covers("ip4r") ? 4 : 6} addresses alone, so the others of the list would not be found; add the column of the others`,
  ];
}
