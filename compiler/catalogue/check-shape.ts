/** Whether what was given as a catalogue has the shape of one: modules in JavaScript have no types to tell. */
import { didYouMean, nearest } from "../values/suggest.js";
import type {
  Catalogue,
  ElementGroup,
  Enumeration,
  HullColumn,
  PlainJson,
  PlainTable,
  SearchedTable,
  StorageRoles,
  StoredField,
  UnionField,
  UnionGroup,
} from "./model.js";

type Kind = "text" | "truth" | "list" | "texts" | "object" | "pair";
type Keys<T> = Readonly<Record<keyof T, readonly [kind: Kind, need: "required" | "optional"]>>;

const TEXT = ["text", "required"] as const;
const MAYBE_TEXT = ["text", "optional"] as const;
const MAYBE_TRUTH = ["truth", "optional"] as const;
const MAYBE_OBJECT = ["object", "optional"] as const;
const LIST = ["list", "required"] as const;
const TEXTS = ["texts", "required"] as const;
const MAYBE_TEXTS = ["texts", "optional"] as const;

const CATALOGUE: Keys<Catalogue> = {
  name: TEXT,
  table: ["object", "required"],
  fields: LIST,
  groups: LIST,
  expects: MAYBE_TEXTS,
  definition: MAYBE_TEXT,
  unionGroups: LIST,
  enumerations: LIST,
};
const TABLE: Keys<SearchedTable> = {
  name: TEXT,
  tokensColumn: MAYBE_TEXT,
  roles: MAYBE_OBJECT,
  plain: MAYBE_OBJECT,
};
const ROLES: Keys<StorageRoles> = { id: TEXT, time: TEXT, stored: TEXT };
const PLAIN: Keys<PlainTable> = { time: TEXT, key: MAYBE_TEXT, json: MAYBE_OBJECT };
const PLAIN_JSON: Keys<PlainJson> = { column: TEXT, columnType: TEXT, table: MAYBE_OBJECT };
const JSON_TABLE: Keys<NonNullable<PlainJson["table"]>> = { name: TEXT, key: TEXT };
const FIELD_BASE = {
  kind: TEXT,
  name: TEXT,
  type: TEXT,
  list: ["truth", "required"],
  description: TEXT,
  example: TEXT,
  enumeration: MAYBE_TEXT,
  aliases: MAYBE_TEXTS,
} as const;
const STORED: Keys<StoredField> = {
  ...FIELD_BASE,
  column: TEXT,
  columnType: MAYBE_TEXT,
  paths: TEXTS,
  required: MAYBE_TRUTH,
  stamped: MAYBE_TRUTH,
  remarks: MAYBE_TRUTH,
  single: MAYBE_TRUTH,
  normalise: MAYBE_TEXT,
  range: ["pair", "optional"],
  index: MAYBE_TEXT,
  indexOn: MAYBE_TEXT,
  hulls: ["list", "optional"],
  rollup: MAYBE_TEXT,
  combined: MAYBE_TRUTH,
  words: MAYBE_OBJECT,
};
const UNION: Keys<UnionField> = { ...FIELD_BASE, of: TEXTS };
const HULL: Keys<HullColumn> = { column: TEXT, columnType: TEXT };
const GROUP: Keys<ElementGroup> = {
  name: TEXT,
  description: TEXT,
  path: TEXT,
  countColumn: TEXT,
  elementsColumn: TEXT,
  expects: MAYBE_TEXTS,
  example: TEXT,
};
const UNION_GROUP: Keys<UnionGroup> = { name: TEXT, of: TEXTS, description: TEXT, example: TEXT };
const ENUMERATION: Keys<Enumeration> = {
  name: TEXT,
  article: TEXT,
  values: TEXTS,
  open: ["truth", "required"],
  keepsUnknown: MAYBE_TRUTH,
};

const FORMS: Readonly<Record<Kind, readonly [phrase: string, fits: (value: unknown) => boolean]>> = {
  text: ["a text", (value) => typeof value === "string" && value !== ""],
  truth: ["true or false", (value) => typeof value === "boolean"],
  list: ["a list", Array.isArray],
  texts: [
    "a list of texts",
    (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
  ],
  object: ["an object", isObject],
  pair: [
    "a pair of whole numbers, the smaller first",
    (value) =>
      Array.isArray(value) &&
      value.length === 2 &&
      value.every(isWhole) &&
      Number(value[0]) <= Number(value[1]),
  ],
};

function isWhole(value: unknown): boolean {
  return typeof value === "bigint" || Number.isSafeInteger(value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What keeps a value from being read as a catalogue, a sentence each; none where its shape is right. */
export function shapeProblems(value: unknown): readonly string[] {
  if (!isObject(value))
    return ["a catalogue is an object with name, table, fields, groups, unionGroups and enumerations"];
  const problems = keyProblems(value, CATALOGUE, "the catalogue");
  const inside = (part: unknown, keys: Readonly<Record<string, unknown>>, what: string): void => {
    if (part === undefined) return;
    if (isObject(part)) problems.push(...keyProblems(part, keys as Keys<never>, what));
    else problems.push(`${what} has to be an object`);
  };
  const each = (list: unknown, keys: (item: unknown) => object, what: string): void => {
    if (!Array.isArray(list)) return;
    for (const [position, item] of list.entries())
      inside(item, keys(item) as Readonly<Record<string, unknown>>, nameOf(item, `${what}[${position}]`));
  };
  const { table } = value;
  inside(table, TABLE, "table");
  if (isObject(table)) {
    inside(table["roles"], ROLES, "table.roles");
    inside(table["plain"], PLAIN, "table.plain");
    const json = isObject(table["plain"]) ? table["plain"]["json"] : undefined;
    inside(json, PLAIN_JSON, "table.plain.json");
    if (isObject(json)) inside(json["table"], JSON_TABLE, "table.plain.json.table");
  }
  each(value["fields"], (field) => (isObject(field) && field["kind"] === "union" ? UNION : STORED), "fields");
  for (const field of Array.isArray(value["fields"]) ? value["fields"] : [])
    if (isObject(field)) each(field["hulls"], () => HULL, `${nameOf(field, "a field")}: hulls`);
  each(value["groups"], () => GROUP, "groups");
  each(value["unionGroups"], () => UNION_GROUP, "unionGroups");
  each(value["enumerations"], () => ENUMERATION, "enumerations");
  return problems;
}

function nameOf(item: unknown, place: string): string {
  return isObject(item) && typeof item["name"] === "string" && item["name"] !== "" ? item["name"] : place;
}

function keyProblems<T>(value: Readonly<Record<string, unknown>>, keys: Keys<T>, what: string): string[] {
  const entries = Object.entries<readonly [Kind, string]>(keys);
  const wrong = entries.flatMap(([key, [kind, need]]) => {
    const given = value[key];
    if (given === undefined) return need === "required" ? [`${what} has no ${key}`] : [];
    const [phrase, fits] = FORMS[kind];
    return fits(given) ? [] : [`${what}: ${key} has to be ${phrase}`];
  });
  const known = entries.map(([key]) => key);
  // Keys of the user's own do no harm; those that are nearly a known one are meant to be it.
  const misspelt = Object.keys(value)
    .filter((key) => !known.includes(key) && value[key] !== undefined)
    .flatMap((key) => {
      const guess = nearest(key, known);
      return guess === undefined || Object.hasOwn(value, guess)
        ? []
        : [`${what} has the unknown key ${key}; ${didYouMean(guess)}`];
    });
  return [...wrong, ...misspelt];
}
