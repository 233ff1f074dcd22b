import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { generateFilterFiles } from "../../../compiler/generator/filters.js";
import { generateFilters } from "../../../scripts/generate/filters.js";

const files = (...sources: [name: string, text: string][]) =>
  generateFilterFiles(sources.map(([name, text]) => ({ name, text })));
const file = (text: string): string => {
  const generated = files(["it", text]);
  if (generated.kind === "errors") throw generated.errors[0]?.error ?? new Error("no error");
  return generated.files.get("it.ts") ?? "";
};

describe("generateFilterFiles", () => {
  it("types arguments by the fields that they are compared with", () => {
    const text = file(
      "source.ip in $nets and target.ip in $net and severity >= $least and source.port in $ports and detect_time >= $since and " +
        "category under $kind and description contains $word and confidence > $sure and source.spoofed = $spoofed",
    );
    for (const line of [
      "readonly nets: readonly (string | IpRange)[];",
      'readonly least: "info" | "low" | "medium" | "high" | "critical";',
      "readonly ports: readonly number[];",
      "readonly since: Date | string;",
      "readonly kind: readonly string[];",
      "readonly word: string;",
      "readonly sure: number;",
    ])
      expect(text).toContain(line);
  });

  it("keeps addresses, times and odd texts exactly", () => {
    const text = file(
      'source.ip in 2001:db8::/32 and detect_time >= 2024-05-01T00:00:00Z and note contains "`${x}` */ \\\\"',
    );
    expect(text).toContain("first: 42540766411282592856903984951653826560n");
    expect(text).toContain("micros: 1714521600000000n");
    expect(text).not.toMatch(/import .*(grammar|compiler)/);
  });

  it("takes the leading comment as documentation", () => {
    expect(file("# One line. */ still\n\n# not this\nid exists")).toContain(
      "/**\n * One line. *\\/ still\n */\nexport const it",
    );
    expect(file("id exists")).toContain("/**\n * The filter of it.filter.\n */");
  });

  it("gives all errors and no file when one filter is wrong", () => {
    const generated = files(
      ["good", "id exists"],
      ["bad", "sorce.ip in 10.0.0.0/8"],
      ["9x", "id exists"],
      ["class", "id exists"],
      ["go-od", "id exists"],
      ["go_od", "id exists"],
      ["Good", "id exists"],
      ["undefined", "id exists"],
      ["saved-filter", "id exists"],
      ["index", "id exists"],
    );
    expect(
      generated.kind === "errors" &&
        generated.errors.map(({ name, error }) => `${name}: ${error.message.split("\n")[0]}`),
    ).toEqual([
      expect.stringContaining("bad: ") as string,
      '9x: the file name "9x.filter" makes no name of a module: use letters, digits and - between them',
      "class: class is a reserved word of JavaScript: rename class.filter",
      "go_od: go_od.filter and go-od.filter would both be called goOd",
      "Good: Good.filter and good.filter would both be called Good",
      "undefined: undefined is a reserved word of JavaScript: rename undefined.filter",
      "saved-filter: savedFilter is a name that the modules use: rename saved-filter.filter",
      'index: the file name "index.filter" makes no name of a module: use letters, digits and - between them',
    ]);
  });

  it.each(["type", "async", "of", "declare", "any", "string"])(
    "takes the word %s of TypeScript for a name",
    (name) => {
      const generated = files([name, "id exists"]);
      expect(generated.kind === "files" && generated.files.get(`${name}.ts`)).toContain(
        `export const ${name}: `,
      );
    },
  );

  it("gives the same bytes each time, and lets filters use each other", () => {
    const sources: [string, string][] = [
      ["noise", "category = Test"],
      ["rest", "not @noise"],
    ];
    const [once, again] = [files(...sources), files(...sources)];
    expect(once.kind === "files" && again.kind === "files" && [...again.files]).toEqual(
      once.kind === "files" && [...once.files],
    );
    expect(once.kind).toBe("files");
  });
});

describe("generateFilters", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "filters-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("writes nothing when a filter is wrong, and shows where", async () => {
    await writeFile(join(folder, "a.filter"), "id exists");
    await writeFile(join(folder, "b.filter"), "# serious ones\nseverity >= hihg");
    const out = join(folder, "out");
    const result = await generateFilters({ filters: folder, out });
    expect(result.kind === "refused" && result.reports).toEqual([
      `${join(folder, "b.filter")}:2:13\nerror E302: hihg is not a severity; did you mean high?\n` +
        "  2 | severity >= hihg\n    |             ^^^^",
    ]);
    await expect(readdir(out)).rejects.toMatchObject({ code: "ENOENT" });
    await rm(join(folder, "b.filter"));
    expect((await generateFilters({ filters: folder, out })).kind).toBe("written");
    expect((await readdir(out)).sort()).toEqual(["a.ts", "filter-options.ts", "index.ts"]);
  });

  it("compares byte for byte, and shows what differs, is missing or is left over", async () => {
    const out = join(folder, "out");
    const run = (check: boolean) => generateFilters({ filters: folder, out, check });
    await writeFile(join(folder, "a.filter"), "id exists");
    await writeFile(join(folder, "b.filter"), "severity >= high");
    const none = ["a.ts", "b.ts", "filter-options.ts", "index.ts"].map(
      (name) => `${join(out, name)}: is missing`,
    );
    expect(await run(true)).toEqual({ kind: "checked", files: 4, differences: none });
    await expect(readdir(out)).rejects.toMatchObject({ code: "ENOENT" });
    await run(false);
    await writeFile(join(out, "own.ts"), "export const own = 1;\n");
    expect(await run(true)).toEqual({ kind: "checked", files: 4, differences: [] });

    const path = join(out, "a.ts");
    const text = await readFile(path, "utf8");
    const place = text.indexOf("id is not null");
    await writeFile(path, `${text.slice(0, place)}I${text.slice(place + 1)}`);
    const line = text.slice(0, place).split("\n").length;
    expect(await run(true)).toMatchObject({ differences: [`${path}: line ${line} differs`] });
    await rm(path);
    expect(await run(true)).toMatchObject({ differences: [`${path}: is missing`] });

    await rm(join(folder, "b.filter"));
    const stale = join(out, "b.ts");
    expect(await run(false)).toMatchObject({ kind: "written", stale: [stale] });
    expect(await run(true)).toMatchObject({ differences: [`${stale}: is not generated any more`] });
    expect((await readdir(out)).sort()).toEqual(["a.ts", "b.ts", "filter-options.ts", "index.ts", "own.ts"]);
  });

  it("wants a folder with filters", async () => {
    expect(await generateFilters({ filters: folder, out: folder })).toMatchObject({ kind: "refused" });
    await expect(generateFilters({ filters: join(folder, "none"), out: folder })).rejects.toThrow(/ENOENT/);
  });
});
