import { readdir, readFile } from "node:fs/promises";
import { beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { contradictions } from "../../../compiler/generator/describe.js";
import {
  differences,
  generateFiles,
  MANIFEST,
  type GeneratedFiles,
} from "../../../compiler/generator/generate.js";
import { parseManifest, rememberedTypes } from "../../../compiler/generator/manifest.js";
import { operationSpecs } from "../../../runtime/store/statements.js";
import { column, operation, parameter } from "../../../compiler/sql/operation.js";
import {
  statements,
  type Category,
  type FetchEventParams,
  type Severity,
  type StoreClient,
  type ThresholdCheckRow,
} from "../../../generated/index.js";

const FOLDER = new URL("../../../generated/", import.meta.url);
const specs = operationSpecs(IDEA_CATALOGUE);
let found: GeneratedFiles;

beforeAll(async () => {
  const names = (await readdir(FOLDER)).filter((name) => /\.(?:ts|json)$/.test(name));
  found = new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(new URL(name, FOLDER), "utf8")] as const),
    ),
  );
});

const generate = () =>
  generateFiles(IDEA_CATALOGUE, rememberedTypes(specs, parseManifest(found.get(MANIFEST) ?? "")).store, {
    modules: {
      runtime: "../runtime/client.js",
      catalogue: { module: "../compiler/catalogue/idea.js", name: "IDEA_CATALOGUE" },
    },
    notice: "Generated, do not edit: npm run generate",
  });

describe("generated files", () => {
  it("are what the specs give, the same each time", () => {
    const files = generate();
    expect(differences(files, found)).toEqual([]);
    expect(differences(generate(), files)).toEqual([]);
  });

  it("differ when one byte does", () => {
    const files = generate();
    for (const [name, text] of found) {
      const middle = text.indexOf("readonly") < 0 ? text.length >> 1 : text.indexOf("readonly");
      const changed = `${text.slice(0, middle)}~${text.slice(middle + 1)}`;
      const problems = differences(files, new Map([...found, [name, changed]]));
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(new RegExp(`^${name.replace(".", "\\.")}: line \\d+ differs$`));
    }
    const withOther = new Map([...found, ["more.ts", ""]]);
    withOther.delete("types.ts");
    expect(differences(files, withOther)).toEqual([
      "types.ts: is missing",
      "more.ts: is not generated any more",
    ]);
  });

  it("are out of date when the specs change", () => {
    const manifest = parseManifest(found.get(MANIFEST) ?? "");
    const changed = specs
      .map((spec) => (spec.name === "countAll" ? { ...spec, text: `${spec.text} ` } : spec))
      .slice(0, -1);
    const added = operation({
      name: "added",
      description: "new",
      cardinality: "none",
      text: "select 1",
    });
    expect(rememberedTypes([...changed, added], manifest).problems).toEqual([
      "manifest.json: the operation countAll has changed since",
      "manifest.json: the operation added is missing",
      `manifest.json: there is no operation ${specs.at(-1)?.name ?? ""} any more`,
    ]);
  });

  it("name statements by their text, within PostgreSQL's limit", () => {
    const fixed = Object.values(statements).filter((statement) => "name" in statement);
    expect(new Set(fixed.map(({ name }) => name)).size).toBe(new Set(fixed.map(({ text }) => text)).size);
    for (const { name } of fixed) expect(Buffer.byteLength(name)).toBeLessThan(64);
  });

  it("fill filters into templates, after the fixed parameters", () => {
    const of = (value: string) =>
      statements.deleteSomeEvents.fill((first) => ({ text: `id = $${first}`, values: [value] }));
    const filled = of("x");
    expect(filled.text).toContain("where (id = $2) limit $1::bigint");
    expect(filled.encode({ limit: 1 })).toEqual(["1", "x"]);
    expect(of("y").name).toBe(filled.name);
  });

  it("are typed", () => {
    expectTypeOf<FetchEventParams>().toEqualTypeOf<{ readonly id: string }>();
    expectTypeOf<ThresholdCheckRow["ttlTime"]>().toEqualTypeOf<Date>();
    expectTypeOf<Severity>().toEqualTypeOf<"info" | "low" | "medium" | "high" | "critical">();
    expectTypeOf<string>().toExtend<Category>();
    expectTypeOf<StoreClient["thresholdCheck"]>().returns.resolves.toEqualTypeOf<ThresholdCheckRow[]>();
    // @ts-expect-error: the parameter is called id
    expect(() => statements.fetchEvent.encode({ ident: "x" })).toThrow();
    // @ts-expect-error: a time is a Date or a text
    expect(() => statements.thresholdsClean.encode({ time: 5 })).toThrow();
  });
});

describe("contradictions", () => {
  const spec = operation({
    name: "example",
    description: "an example",
    cardinality: "many",
    parameters: [parameter("a", "", "text"), parameter("a", "", "text")],
    columns: [column("id", "", "text"), { ...column("time", "", "timestamp"), nullable: true }],
    text: "select id, detect_time from events where id = $1",
  });

  it("names what a spec declares and the database denies", () => {
    const columns = [
      { name: "id", type: "text", nullable: true },
      { name: "detect_time", type: "timestamptz", nullable: false },
    ];
    expect(contradictions(spec, { parameters: ["text"], columns })).toEqual([
      "example: the statement has 1 parameters, 2 are declared",
      "example: the column id is declared never null, in the database id may be null",
      "example: the column time is declared timestamp, in the database it is timestamptz",
      "example: the column time is declared nullable, in the database detect_time is never null",
      "example: the name a is declared twice",
    ]);
  });
});
