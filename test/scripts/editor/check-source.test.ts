import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkSource, type SourceReport } from "../../../scripts/editor/check-source.js";
import { createProjectReader } from "../../../scripts/editor/project.js";
import { cli } from "../support/cli.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
let folder = "";

/** A project that has the package: as its sources, by their paths. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eventstore-source-"));
  await mkdir(join(folder, "node_modules"));
  await symlink(join(root, "node_modules", "@types"), join(folder, "node_modules", "@types"));
  await files({
    "package.json": '{"type": "module", "name": "consumer"}',
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        module: "NodeNext",
        moduleResolution: "NodeNext",
        target: "ES2022",
        strict: true,
        types: ["node"],
        paths: {
          "idea-eventstore": [join(root, "runtime/store/index.ts")],
          "idea-eventstore/compiler": [join(root, "compiler/index.ts")],
        },
      },
    }),
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function files(contents: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(contents)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

const check = (...globs: readonly string[]): Promise<SourceReport> =>
  checkSource({
    globs,
    folder,
    projects: createProjectReader({ overrides: {}, openText: () => null, loadCatalogue: null }),
  });
const places = ({ findings }: SourceReport): readonly string[] =>
  findings.map(({ path, line, column, diagnostic }) => `${path}:${line}:${column} ${diagnostic.code}`).sort();

describe("the filters of a program", () => {
  it("are checked with the place of each mistake, whatever the way to our functions", async () => {
    await files({
      "src/names.ts": `
        import { compileFilter as make, checkFilter } from "idea-eventstore";
        import * as es from "idea-eventstore/compiler";
        make("severity >= Hgih");
        es.compileFilter('sorce.ip exists');
        checkFilter(\`severity = low
          and sorce.ip exists\`);
        make("description = \\"\\u{1F600}\\" and sorce.ip exists");
        const other = make;
        other("nte exists");
      `,
      "src/db.ts": `
        import { openStorage } from "idea-eventstore";
        export const storage = await openStorage();
      `,
      "src/deep/store.ts": `
        import { storage } from "../db.js";
        await storage.searchEvents({ filter: "sorce.ip exists", limit: 5 });
        for await (const event of storage.streamEvents({ filter: "nte exists" })) console.log(event);
        const { countEvents } = storage;
        await countEvents({ filter: "tagret.ip exists" });
        await storage.transaction(async (tx) => tx.deleteEvents({ filter: "sverity = low" }));
        class Service {
          constructor(private readonly inner = { storage }) {}
          top() { return this.inner.storage.aggregateEvents({ by: "category", filter: "x =" }); }
        }
        console.log(Service);
      `,
      "src/others.ts": `
        const compileFilter = (text: string) => text;
        compileFilter("sorce.ip exists");
        const storage = { searchEvents: (options: { filter: string }) => options };
        storage.searchEvents({ filter: "sorce.ip exists" });
        const text: string = "sorce.ip exists";
        import { checkFilter } from "idea-eventstore";
        checkFilter(text);
        checkFilter("a" + text);
        checkFilter(\`\${text} exists\`);
      `,
    });
    expect(places(await check("src/**/*.ts"))).toEqual([
      "src/deep/store.ts:10:91 E002",
      "src/deep/store.ts:3:47 E101",
      "src/deep/store.ts:4:67 E101",
      "src/deep/store.ts:6:38 E101",
      "src/deep/store.ts:7:76 E101",
      "src/names.ts:10:16 E101",
      "src/names.ts:4:27 E302",
      "src/names.ts:5:27 E101",
      "src/names.ts:7:15 E101",
      "src/names.ts:8:47 E101",
    ]);
    expect((await check("src/*.ts")).findings).toHaveLength(5);
  });

  it("are checked where the package cannot be resolved, as far as the text tells", async () => {
    await files({
      "loose/a.js":
        'import { compileFilter } from "idea-eventstore/testing";\ncompileFilter("sorce.ip exists");\n',
    });
    expect(places(await check("loose/*.js"))).toEqual(["loose/a.js:2:16 E101"]);
  });

  it("have the names of the project, and are not judged by names that a program may give", async () => {
    await files({
      "named/eventstore.config.json": '{"sets": {"campus": ["192.0.2.0/24"]}}',
      "named/quiet.filter": "severity <= low",
      "named/a.ts": `
        import { compileFilter, openStorage } from "idea-eventstore";
        const storage = await openStorage({ sets: { lab: ["192.0.2.0/28"] } });
        await storage.countEvents({ filter: "source.ip in @campus and @quiet" });
        await storage.countEvents({ filter: "source.ip in @campsu" });
        compileFilter("source.ip in @lab", { sets: { lab: [] } });
        compileFilter("anything = 5", { catalogue: {} as never });
      `,
      "unnamed/a.ts": `
        import { openStorage } from "idea-eventstore";
        const storage = await openStorage({ sets: { lab: ["192.0.2.0/28"] } });
        await storage.countEvents({ filter: "source.ip in @lab and sorce.ip exists" });
      `,
    });
    expect(places(await check("named/*.ts", "unnamed/*.ts"))).toEqual([
      "named/a.ts:5:59 E107",
      "unnamed/a.ts:4:68 E101",
    ]);
  });
});

describe("eventstore check", () => {
  it("wants a filter or programs", async () => {
    const { code, stderr } = await cli(["check"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--source");
  });

  it("says so when no file matches", async () => {
    const { code, stderr } = await cli(["check", "--source", "no/such/*.ts"]);
    expect(code).toBe(2);
    expect(stderr).toContain("no file matches no/such/*.ts");
  });

  it("prints each error as a line that editors open, and exits with 2", async () => {
    const { code, stdout, stderr } = await cli(["check", "--source", "test/examples/source/wrong.ts"]);
    expect(stdout).toBe(
      'test/examples/source/wrong.ts:3:52: error E101: unknown field "sorce.ip"; did you mean "source.ip"?\n',
    );
    expect(stderr).toContain("In test/examples/source/wrong.ts, line 4:");
    expect(stderr).toContain("W302");
    expect(code).toBe(2);
  });

  it("prints nothing and exits with 0 where all is right", async () => {
    const { code, stdout } = await cli(["check", "--source", "test/examples/source/right.ts"]);
    expect([code, stdout]).toEqual([0, ""]);
  });
});
