/** Catalogues that can't work are refused when they are read, by name, with what to do. */
import { indexName } from "../../../compiler/catalogue/table-names.js";
import { expect, it } from "vitest";
import { CatalogueError } from "../../../compiler/catalogue/catalogue-error.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import { compileFilter } from "../../../compiler/compile.js";

const field = (extra: Partial<StoredField>): StoredField => ({
  kind: "stored",
  name: "src",
  type: "ip",
  list: false,
  column: "src",
  paths: ["src"],
  description: "sender",
  example: "src exists",
  ...extra,
});

const catalogue = (...fields: readonly Catalogue["fields"][number][]): Catalogue => ({
  name: "flows",
  table: { name: "flows" },
  fields,
  groups: [],
  unionGroups: [],
  enumerations: [],
});

const at = field({ name: "at", column: "at", type: "time", required: true, columnType: "timestamp" });
const plain = (table: Partial<Catalogue["table"]>): Catalogue => ({
  ...catalogue(at, field({})),
  table: { name: "flows", ...table },
});

/** What was given, as a JavaScript module may export it. */
const untyped = (value: unknown): Catalogue => value as Catalogue;

const REFUSED: readonly (readonly [what: string, given: Catalogue, problem: string])[] = [
  ["no fields", untyped({ ...catalogue(), fields: undefined }), "the catalogue has no fields"],
  [
    "a key of another kind",
    untyped({ ...catalogue(), groups: {} }),
    "the catalogue: groups has to be a list",
  ],
  [
    "a misspelt key",
    untyped(catalogue({ ...field({}), columntype: "inet" } as StoredField)),
    "src has the unknown key columntype; did you mean columnType?",
  ],
  ["a field twice", catalogue(field({}), field({})), "the field src is described twice"],
  ["a keyword", catalogue(field({ name: "in" })), "in is no name of a field"],
  ["capitals", catalogue(field({ name: "Src" })), "the field Src has to be written in lower case, src"],
  ["an unknown type", untyped(catalogue(field({ type: "inet" as "ip" }))), "src has the unknown type inet; "],
  [
    "an unknown enumeration",
    catalogue(field({ type: "enum", enumeration: "x" })),
    "src names the unknown enumeration x; add it to enumerations",
  ],
  [
    "combined addresses",
    catalogue(field({ rollup: "all", combined: true })),
    "src: combined is for words and booleans that are rolled up by all",
  ],
  ["an order of nothing", catalogue(field({ type: "ordered" })), "src is ordered and names no enumeration"],
  [
    "addresses in numbers",
    catalogue(field({ columnType: "integer" })),
    "src is of type ip, and columnType integer holds none; use iprange, ip4r, ip6r, ip4, ip6, ipaddress, inet, cidr, or give the field the type integer",
  ],
  [
    "a type that there is not",
    untyped(catalogue(field({ columnType: "jsonb" as "inet" }))),
    "columnType jsonb holds none; use iprange",
  ],
  [
    "gin over addresses",
    catalogue(field({ index: "gin", list: true })),
    "src: a gin index serves no test of addresses",
  ],
  [
    "gist over a list",
    catalogue(field({ index: "gist", list: true })),
    "name the columns that cover it in hulls",
  ],
  [
    "btree over a list",
    catalogue(field({ index: "btree", list: true })),
    "a btree index of a list serves no test of its values; use gin",
  ],
  [
    "trigrams of numbers",
    catalogue(field({ type: "integer", index: "trigram" })),
    "a trigram index serves a column of text that is no list",
  ],
  [
    "tokens of networks",
    catalogue(field({ list: true, columnType: "inet", index: "tokens" })),
    "tokens are kept for addresses in columns of type iprange; use gist",
  ],
  [
    "an unknown index",
    untyped(catalogue(field({ index: "brin" as "gist" }))),
    "index has to be one of gin, btree",
  ],
  [
    "an expression of a number",
    catalogue(field({ type: "integer", index: "btree", indexOn: "lower" })),
    "indexOn is for a btree, hash or trigram index of a text",
  ],
  [
    "a cover of one family",
    catalogue(field({ list: true, hulls: [{ column: "h", columnType: "ip4r" }] })),
    "hulls cover IPv4 addresses alone",
  ],
  [
    "a cover of a scalar",
    catalogue(field({ hulls: [] })),
    "hulls are for a list of addresses; a scalar has the index gist",
  ],
  [
    "a union of nothing",
    catalogue({ ...field({}), kind: "union", name: "host", of: ["dst"] }),
    "host unites dst, which is no stored field",
  ],
  [
    "a union of two types",
    catalogue(field({}), { ...field({}), kind: "union", name: "host", type: "text", of: ["src"] }),
    "host is of type text and unites src, which is of type ip",
  ],
  [
    "a plain table with roles",
    plain({ roles: { id: "src", time: "at", stored: "at" }, plain: { time: "at" } }),
    "leave one out",
  ],
  [
    "a plain table without time",
    plain({ plain: { time: "src" } }),
    "table.plain.time names src; it has to be a required field of type time",
  ],
  [
    "a key that is none",
    plain({ plain: { time: "at", key: "src" } }),
    "table.plain.key names src; it has to be a required field of type id",
  ],
  ["no path", catalogue(field({ paths: [] })), "src has no path"],
];

it.each(REFUSED)("%s", (_, given, problem) => {
  const compile = () => compileFilter("src exists", { catalogue: given });
  expect(compile).toThrow(CatalogueError);
  expect(compile).toThrow(problem);
});

it("all that is wrong is reported at once, with the name of the catalogue", () => {
  const given = catalogue(field({ columnType: "integer" }), field({ name: "dst", index: "gin" }));
  expect(() => compileFilter("src exists", { catalogue: given })).toThrow(
    /^catalogue "flows":\n {2}src is of type ip.*\n {2}dst: a gin index/,
  );
});

it("catalogues that work are read", () => {
  const flows = plain({ plain: { time: "at" } });
  const withoutPaths = { ...flows, fields: flows.fields.map((given) => ({ ...given, paths: [] })) };
  for (const given of [IDEA_CATALOGUE, flows, untyped(withoutPaths)])
    expect(compileFilter("", { catalogue: given }).sql().text).toBe("true");
});

it("an event without JSON has one key a field, whatever dots are in its name", () => {
  const flows: Catalogue = {
    ...plain({ plain: { time: "at" } }),
    fields: [at, field({ name: "src.ip", paths: [] })],
  };
  const filter = compileFilter("src.ip in 10.0.0.0/8", { catalogue: flows });
  expect(filter.matches({ "src.ip": "10.1.2.3" })).toBe(true);
  expect(filter.matches({ src: { ip: "10.1.2.3" } })).toBe(false);
});

it("is refused as an argument where it is no object", () => {
  expect(() => compileFilter("src exists", { catalogue: untyped("flows") })).toThrow(
    /catalogue is an object, not "flows"/,
  );
});

it("names of indexes leave room for the day of a partition, and stay different", () => {
  const names = ["a", "b"].map((end) => indexName("table", `${"column".repeat(9)}${end}`, "idx"));
  for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63 - "_20240131".length);
  expect(new Set(names).size).toBe(2);
});
