import { describe, expect, it } from "vitest";
import { programFilters } from "../../../scripts/editor/program-filters.js";
import type { FilterRegion } from "../../../scripts/editor/region.js";

const found = (text: string, modules: Readonly<Record<string, string>> = {}): readonly string[] =>
  programFilters(text, "/project/src/app.ts", (path) => modules[path] ?? null).map(
    ({ text: filter }) => filter,
  );
const only = (text: string): FilterRegion => programFilters(text, "/project/src/app.ts", () => null)[0]!;

describe("filters in a program", () => {
  it.each([
    ["a named import", 'import { compileFilter } from "idea-eventstore"; compileFilter("a");'],
    ["a renamed import", 'import { compileFilter as f } from "idea-eventstore"; f("a");'],
    ["a namespace", 'import * as es from "idea-eventstore"; es.compileFilter("a");'],
    ["another entry point", 'import { checkFilter } from "idea-eventstore/compiler"; checkFilter("a");'],
    [
      "single quotes and a type",
      "import { compileFilter } from 'idea-eventstore'; compileFilter('a' as const);",
    ],
    ["a template", 'import { compileFilter } from "idea-eventstore"; compileFilter(`a`);'],
    ["require", 'const es = require("idea-eventstore"); es.compileFilter("a");'],
    ["a dynamic import", 'const { compileFilter } = await import("idea-eventstore"); compileFilter("a");'],
    [
      "an opened store",
      'import { openStorage } from "idea-eventstore"; const s = await openStorage(); s.searchEvents({ filter: "a" });',
    ],
    [
      "a parameter",
      'import type { EventStorage } from "idea-eventstore"; const f = (s: EventStorage) => s.countEvents({ limit: 1, filter: "a" });',
    ],
    [
      "a type of the package's",
      'import { openStorage } from "idea-eventstore"; function f(s: Awaited<ReturnType<typeof openStorage>>) { s.deleteEvents({ "filter": "a" }); }',
    ],
    [
      "a qualified type",
      'import * as es from "idea-eventstore"; let s: es.EventStorage | undefined; s?.streamEvents({ filter: "a" });',
    ],
    [
      "a property of a class",
      'import { type EventStorage } from "idea-eventstore"; class A { readonly #s: EventStorage; m() { return this.#s.countEvents({ filter: "a" }); } }',
    ],
    [
      "a constructor's property",
      'import { type EventStorage } from "idea-eventstore"; class A { constructor(private readonly s: EventStorage) {} m() { return this.s.countEvents({ filter: "a" }); } }',
    ],
    [
      "a property of a declared type",
      'import type { EventStorage } from "idea-eventstore"; interface Deps { store: EventStorage } export const f = (deps: Deps) => deps.store.countEvents({ filter: "a" });',
    ],
    [
      "a taken apart parameter",
      'import type { EventStorage } from "idea-eventstore"; export const f = ({ store }: { store: EventStorage }) => store.countEvents({ filter: "a" });',
    ],
    [
      "a transaction",
      'import { openStorage } from "idea-eventstore"; const s = await openStorage(); await s.transaction(async (tx) => tx.deleteEvents({ filter: "a" }));',
    ],
    [
      "a restricted store",
      'import { openStorage } from "idea-eventstore"; const s = (await openStorage()).restricted("a"); s.countEvents();',
    ],
    ["a combination", 'import { andFilters } from "idea-eventstore"; andFilters("a", x);'],
    ["one of two", 'import { compileFilter } from "idea-eventstore"; compileFilter(x ? "a" : y);'],
    [
      "an alias of a type",
      'import type { EventStorage } from "idea-eventstore"; type Store = EventStorage; export const f = (s: Store) => s.countEvents({ filter: "a" });',
    ],
  ])("are found by %s", (_, text) => expect(found(text)).toEqual(["a"]));

  it.each([
    ["a function of the same name", 'const compileFilter = (x: string) => x; compileFilter("a");'],
    ["one of another package", 'import { compileFilter } from "other"; compileFilter("a");'],
    [
      "one that hides ours",
      'import { compileFilter } from "idea-eventstore"; function f(compileFilter: (x: string) => void) { compileFilter("a"); }',
    ],
    [
      "a method of another object",
      'const s = { searchEvents(x: object) {} }; s.searchEvents({ filter: "a" });',
    ],
    [
      "text that is no literal",
      'import { compileFilter } from "idea-eventstore"; const t = "a"; compileFilter(t); compileFilter("a" + t); compileFilter(`a ${t}`);',
    ],
    [
      "another option",
      'import type { EventStorage } from "idea-eventstore"; const f = (s: EventStorage) => s.searchEvents({ sort: "a", x: { filter: "b" } });',
    ],
    [
      "a function that takes no filter",
      'import { parseIpRange } from "idea-eventstore"; parseIpRange("10.0.0.0/8");',
    ],
  ])("are not %s", (_, text) => expect(found(text)).toEqual([]));

  it("are found through modules of the same project", () => {
    const modules = {
      "/project/src/db.ts":
        'import { openStorage } from "idea-eventstore"; export const storage = await openStorage();',
      "/project/src/all.ts": 'export { storage as store } from "./db.js"; export * from "idea-eventstore";',
    };
    expect(
      found(
        'import { store, compileFilter } from "./all.js"; store.countEvents({ filter: "a" }); compileFilter("b");',
        modules,
      ),
    ).toEqual(["a", "b"]);
    expect(found('import { storage } from "./db"; storage.countEvents({ filter: "a" });', modules)).toEqual([
      "a",
    ]);
    expect(found('import { storage } from "./none"; storage.countEvents({ filter: "a" });', modules)).toEqual(
      [],
    );
  });

  it("end a circle of modules", () => {
    const modules = {
      "/project/src/a.ts": 'export * from "./b.js";',
      "/project/src/b.ts": 'export * from "./a.js";',
    };
    expect(found('import { storage } from "./a.js"; storage.countEvents({ filter: "a" });', modules)).toEqual(
      [],
    );
  });
});

describe("places in a literal", () => {
  const importing = 'import { compileFilter } from "idea-eventstore";\n';
  const sourceOf = (text: string, piece: string): string => {
    const region = only(text);
    const start = region.text.indexOf(piece);
    const { start: from, end } = region.toDocument({ start, end: start + piece.length });
    return text.slice(from, end);
  };

  it("are found after escapes", () => {
    const text =
      importing + String.raw`compileFilter("description = \"\u{1F600}\x41\u0042\" and sorce.ip exists")`;
    expect(only(text).text).toBe('description = "😀AB" and sorce.ip exists');
    expect(sourceOf(text, "sorce.ip")).toBe("sorce.ip");
    expect(sourceOf(text, "A")).toBe(String.raw`\x41`);
    expect(sourceOf(text, "😀")).toBe(String.raw`\u{1F600}`);
  });

  it("are found on later lines, whatever ends them, and after continued lines", () => {
    const text = importing + "compileFilter(`severity = low\r\nand sorce.ip exists`)";
    expect(only(text).text).toBe("severity = low\nand sorce.ip exists");
    expect(sourceOf(text, "sorce.ip")).toBe("sorce.ip");
    const continued = importing + 'compileFilter("severity = low \\\n and sorce.ip exists")';
    expect(only(continued).text).toBe("severity = low  and sorce.ip exists");
    expect(sourceOf(continued, "sorce.ip")).toBe("sorce.ip");
  });

  it("go back from the program to the filter", () => {
    const text = importing + String.raw`compileFilter("a = \"x\" and b")`;
    const region = only(text);
    expect(region.text.slice(region.toFilter(text.indexOf("and")))).toBe("and b");
    expect(region.toFilter(region.span.end)).toBe(region.text.length);
  });

  it.each([
    ['"', 'a "b" \\ c\n', String.raw`a \"b\" \\ c\n`],
    ["'", "it's", String.raw`it\'s`],
    ["`", "`${x}`", "\\`\\${x}\\`"],
  ])("spell a text in %s", (quote, piece, spelt) => {
    expect(only(`${importing}compileFilter(${quote}a${quote})`).spell(piece)).toBe(spelt);
  });
});

describe("the tag", () => {
  const tagged = (template: string): FilterRegion =>
    only('import { filter } from "idea-eventstore";\nfilter`' + template + "`");

  it("has parameters for values and a condition for parts", () => {
    expect(tagged("source.ip in ${nets} and not (${part} or port in [${a}, ${b}])").text).toBe(
      "source.ip in $value1 and not (true or port in [$value3, $value4])",
    );
  });

  it("reads its text as it is written", () => {
    expect(tagged(String.raw`description matches /\d+\`/ and note = "\"" and ${"${x}"}`).text).toBe(
      String.raw`description matches /\d+` + '`/ and note = "\\"" and true',
    );
  });

  it("knows the place of each value in the program", () => {
    const region = tagged("source.ip in ${nets} and sorce.ip exists");
    const start = region.text.indexOf("sorce");
    const text = 'import { filter } from "idea-eventstore";\nfilter`';
    expect(region.toDocument({ start, end: start + 5 }).start).toBe(
      text.length + "source.ip in ${nets} and ".length,
    );
    expect(region.holes).toEqual([{ start: 13, end: 20 }]);
  });
});
