/** The package as others get it: packed, unpacked in an empty folder, typed, and without the optional packages. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import module from "node:module";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it, test } from "vitest";
import pg from "pg";
import { describeEngine, withDatabase, type TestDatabase } from "../support/database.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const node = process.execPath;
/** It takes a quarter of the time of the compiler that most users have, with which attw reads the declarations. */
const nativeTsc = join(root, "node_modules", "typescript-native", "bin", "tsc");

/** What an installation without optional packages has; ts-morph and Ohm are taken away by single tests. */
const DEPENDENCIES = [
  "pg",
  "ohm-js",
  "ip-num",
  "ts-morph",
  "commander",
  "@types/node",
  "@types/pg",
  "undici-types",
  "pg-types",
  "pg-protocol",
];

let folder = "";
let tarball = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eventstore-package-"));
  // In CI the package has just been built, by its installation.
  const isBuilt = process.env["CI"] === "true" && existsSync(join(root, "dist", "scripts", "cli", "main.js"));
  if (!isBuilt)
    await run(node, [join(root, "node_modules", "tsx", "dist", "cli.mjs"), "scripts/tools/build.ts"], {
      cwd: root,
    });
  const { stdout } = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
    cwd: root,
  });
  const [{ filename }] = JSON.parse(stdout) as [{ readonly filename: string }];
  tarball = join(folder, filename);
  await run("tar", ["-xzf", filename], { cwd: folder });
  const modules = join(folder, "node_modules");
  await mkdir(modules);
  await cp(join(folder, "package"), join(modules, "idea-eventstore"), { recursive: true });
  for (const name of DEPENDENCIES) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(root, "node_modules", name), join(modules, name), "junction");
  }
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
}, 400_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const execute = async (name: string, code: string): Promise<string> => {
  await writeFile(join(folder, name), code);
  return (await run(node, [name], { cwd: folder })).stdout.trim();
};

test("compiles a filter and matches an event", async () => {
  const output = await execute(
    "compile.js",
    `import { compileFilter, checkFilter, formatFilter } from "idea-eventstore";
     const filter = compileFilter("severity >= high");
     console.log(filter.sql().text, filter.matches({ _CESNET: { EventSeverity: "critical" } }), checkFilter("sorce.ip exists")[0].code, formatFilter("a  =  1"));`,
  );
  expect(output).toBe("severity = any($1::text[]) true E101 a = 1");
});

test("has a reference with every name that can be imported", async () => {
  const output = await execute(
    "names.js",
    `import { readFileSync } from "node:fs";
     for (const entry of ["", "/grammar", "/compiler", "/runtime", "/generated"]) {
       const page = "node_modules/idea-eventstore/generated/reference/api" + (entry || "/idea-eventstore") + ".md";
       const text = readFileSync(page, "utf8");
       for (const name of Object.keys(await import("idea-eventstore" + entry)))
         if (!text.includes("[\\\`" + name + "\\\`](")) console.log(entry, name);
     }`,
  );
  expect(output).toBe("");
});

test("generated statements and runtime load without the parser", async () => {
  const dist = join(folder, "node_modules", "idea-eventstore", "dist");
  const files = ["grammar", "library"].flatMap((part) => filesOf(join(dist, part)));
  const modules = files.filter((name) => name.endsWith(".js"));
  const texts = await Promise.all(
    modules.map(async (path) => ({ path, text: await readFile(path, "utf8") })),
  );
  const kernels = texts.filter(({ text }) => text.includes("missingSemanticAction"));
  // The module itself, and the part of the bundle that it is in.
  expect(kernels).toHaveLength(2);
  for (const { path } of kernels) await rm(path);
  await rm(join(folder, "node_modules", "ts-morph"));
  try {
    const output = await execute(
      "statements.js",
      `import { createClient } from "idea-eventstore/generated";
       import { openExecutor } from "idea-eventstore/runtime";
       console.log(typeof createClient, typeof openExecutor);`,
    );
    expect(output).toBe("function function");
  } finally {
    for (const { path, text } of kernels) await writeFile(path, text);
    await symlink(
      join(root, "node_modules", "ts-morph"),
      join(folder, "node_modules", "ts-morph"),
      "junction",
    );
  }
});

const filesOf = (at: string): readonly string[] => readdirSync(at).map((name) => join(at, name));

test("has its entries in few files, which share what they have in common", async () => {
  const output = await execute(
    "entries.js",
    `import { DataError, parseIpRange } from "idea-eventstore";
     import { DataError as same } from "idea-eventstore/runtime";
     import { parseIpRange as parse } from "idea-eventstore/compiler";
     console.log(DataError === same, parseIpRange === parse);`,
  );
  expect(output).toBe("true true");
  expect(filesOf(join(folder, "package", "dist", "library")).length).toBeLessThan(40);
});

test("is typed for its users, without the optional packages", async () => {
  await writeFile(
    join(folder, "consumer.ts"),
    `import { compileFilter, openStorage, parseIpRange, type CompiledFilter, type EventStorage, type IdeaEvent } from "idea-eventstore";
     import { parseSyntax } from "idea-eventstore/grammar";
     import { IDEA_CATALOGUE, type Catalogue } from "idea-eventstore/compiler";
     import { createClient } from "idea-eventstore/generated";
     import { openExecutor, StorageIntegrityError } from "idea-eventstore/runtime";
     const filter: CompiledFilter = compileFilter("source.ip in $nets", { catalogue: IDEA_CATALOGUE satisfies Catalogue });
     export async function newest(storage: EventStorage): Promise<readonly IdeaEvent[]> {
       return (await storage.searchEvents({ filter, args: { nets: [parseIpRange("10.0.0.0/8")] } })).events;
     }
     export const text = async (): Promise<string | null> => (await openStorage()).fetchEvent("x", { raw: true });
     export const client = createClient(openExecutor());
     export const depth = parseSyntax("true").diagnostics.length;
     export const isDuplicate = (error: unknown): boolean => error instanceof StorageIntegrityError;
     // @ts-expect-error an id is a text
     void client.fetchEvent({ id: 5 });
     // @ts-expect-error there is no such order
     void openStorage().then((storage) => storage.searchEvents({ sort: "id.desc" }));`,
  );
  const options = [
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "false",
    "--exactOptionalPropertyTypes",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--types",
    "node",
    "consumer.ts",
  ];
  const result = await run(node, [nativeTsc, ...options], { cwd: folder }).catch((error: unknown) => error);
  expect(result).toMatchObject({ stdout: "" });
});

test("publint and attw find nothing wrong with its entry points", async () => {
  const bin = (name: string, file: string) => join(root, "node_modules", ...name.split("/"), file);
  const lint = await run(node, [bin("publint", "src/cli.js"), tarball, "--strict"]);
  expect(lint.stdout).toContain("All good!");
  const types = await run(node, [
    bin("@arethetypeswrong/cli", "dist/index.js"),
    "--profile",
    "esm-only",
    "--quiet",
    tarball,
  ]);
  expect(types.stderr).toBe("");
});

test("serves the explorer, page and answers, with nothing else installed", async () => {
  const main = join(folder, "node_modules", "idea-eventstore", "dist", "scripts", "cli", "main.js");
  const file = join(folder, "explored.ndjson");
  await writeFile(file, '{"ID": "e1", "DetectTime": "2024-05-01T10:00:00Z", "Category": ["Test"]}\n');
  const env = { ...process.env, DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nothing" };
  const server = spawn(node, [main, "serve", "--port", "0", "--file", file], { cwd: folder, env });
  try {
    const [line] = (await once(server.stdout, "data")) as [Buffer];
    const address = new URL(line.toString().trim());
    const headers = { Authorization: `Bearer ${address.searchParams.get("token") ?? ""}` };
    const get = (path: string) => fetch(new URL(path, address.origin), { headers });
    expect(await (await get("/api/count")).json()).toEqual({ count: 1 });
    expect(await (await get("/")).text()).toContain("main.js");
    for (const name of ["main.js", "main.css", "worker.js", "favicon.svg"])
      expect((await get(`/${name}`)).status).toBe(200);
  } finally {
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    await ended;
  }
});

test("has what its README links to", async () => {
  const readme = await readFile(join(folder, "package", "README.md"), "utf8");
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link!);
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((link) => !existsSync(join(folder, "package", link)))).toEqual([]);
});

test("brings its command, whose compiled code is kept for its user where Node can keep it", async () => {
  const main = join(folder, "node_modules", "idea-eventstore", "dist", "scripts", "cli", "main.js");
  const { NODE_V8_COVERAGE: _, ...own } = process.env;
  const env = { ...own, XDG_CACHE_HOME: join(folder, "cache") };
  const { stdout } = await run(node, [main, "--help"], { cwd: folder, env });
  expect(stdout).toContain("eventstore");
  expect(stdout).toContain("ingest");
  expect(existsSync(join(folder, "cache", "idea-eventstore"))).toBe("enableCompileCache" in module);
});

test("starts from few files, each of which costs Node time", async () => {
  const coverage = join(folder, "coverage");
  const main = join(folder, "node_modules", "idea-eventstore", "dist", "scripts", "cli", "main.js");
  const env = { ...process.env, NODE_V8_COVERAGE: coverage };
  await run(node, [main, "check", "severity >= high"], { cwd: folder, env });
  const [report = ""] = readdirSync(coverage);
  const { result } = JSON.parse(await readFile(join(coverage, report), "utf8")) as {
    readonly result: readonly { readonly url: string }[];
  };
  const loaded = result.map(({ url }) => url).filter((url) => url.includes("/scripts/cli/"));
  expect(loaded.length).toBeGreaterThan(2);
  expect(loaded.length).toBeLessThan(10);
});

/** Runs the command of the package on a database. */
const commandOn =
  ({ connectionString }: TestDatabase) =>
  (...args: readonly string[]) =>
    run(node, [
      join(folder, "node_modules", "idea-eventstore", "dist", "scripts", "cli", "main.js"),
      ...args,
      "--database",
      connectionString,
    ]);

/** Compiles a program of a project strictly and runs it; what it prints, as JSON. */
async function compileAndRun(program: string, { connectionString }: TestDatabase): Promise<unknown> {
  const options = ["--strict", "--target", "es2023", "--module", "nodenext", "--types", "node"];
  const compiled = await run(node, [nativeTsc, ...options, `${program}.ts`], { cwd: folder }).catch(
    (error: unknown) => error,
  );
  expect(compiled).toMatchObject({ stdout: "" });
  const env = { ...process.env, DATABASE_URL: connectionString };
  return JSON.parse((await run(node, [`${program}.js`], { cwd: folder, env })).stdout);
}

describeEngine("a project that has the package installed", "embedded", (engine) => {
  it("generates functions from its filters, type-checks and runs them; two copies of the package agree", async () => {
    const database = await withDatabase(engine);
    try {
      const project = join(folder, engine);
      await cp(join(root, "test", "examples", "filters-consumer"), project, { recursive: true });
      const command = commandOn(database);
      await command("init");
      const event = {
        ID: "e1",
        DetectTime: "2024-05-01T10:00:00Z",
        Category: ["Attempt.Login"],
        Source: [{ IP4: ["192.0.2.7"] }],
        _CESNET: { EventSeverity: "high" },
      };
      await writeFile(join(project, "events.ndjson"), JSON.stringify(event) + "\n");
      await command("ingest", join(project, "events.ndjson"));
      await command("generate", "--filters", join(project, "filters"), "--out", join(project, "generated"));
      const printed = await compileAndRun(join(project, "consumer"), database);
      expect(printed).toMatchObject({ count: 1, ids: ["e1"] });
      const twice = `import { openStorage, andFilters } from "idea-eventstore";
        import * as other from "./package/dist/runtime/store/index.js";
        const filter = other.compileFilter("severity >= $least");
        const storage = await openStorage({ connectionString: process.argv[2], catalogue: other.IDEA_CATALOGUE });
        const args = { least: "low" };
        const composed = [andFilters(filter, "id = e1"), other.andFilters(filter, "id = e1")];
        const counts = [filter, ...composed].map((given) => storage.countEvents({ filter: given, args }));
        console.log(JSON.stringify(await Promise.all(counts)));
        await storage.close();`;
      await writeFile(join(folder, "twice.js"), twice);
      const { stdout } = await run(node, ["twice.js", database.connectionString], { cwd: folder });
      expect(JSON.parse(stdout)).toEqual([1, 1, 1]);
    } finally {
      await database.dispose();
    }
  });
});

describeEngine("a project with a table of its own", "ip4r", (engine) => {
  it("describes the table, generates its client, type-checks and runs", async () => {
    const database = await withDatabase(engine);
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    try {
      const project = join(folder, "flow-consumer");
      await cp(join(root, "test", "examples", "flow-consumer"), project, { recursive: true });
      await client.query(await readFile(join(project, "flows.sql"), "utf8"));
      const command = commandOn(database);
      const catalogue = join(project, "catalogue.ts");
      await command("catalogue", "--table", "flows", "--out", catalogue);
      const parts = ["--catalogue", catalogue, "--filters", join(project, "filters")];
      await command("generate", ...parts, "--out", join(project, "flows"));
      expect(await compileAndRun(join(project, "program"), database)).toEqual({
        first: [
          expect.objectContaining({ src: "10.0.1.1", dport: 1 }) as unknown,
          expect.objectContaining({ src: "10.0.1.1", dport: 5 }) as unknown,
        ],
        rest: 13,
        top: [
          { value: "t2", count: 4 },
          { value: "t0", count: 3 },
          { value: "t1", count: 3 },
        ],
        table: expect.objectContaining({
          rows: [{ value: "10.0.1.1", count: 15 }],
          total: 15,
        }) as unknown,
      });
    } finally {
      await client.end();
      await database.dispose();
    }
  });
});

/** What the recipes import besides this package, the driver and the types of Node. */
const RECIPE_PACKAGES = [
  ...["@codemirror", "@opentelemetry", "drizzle-orm", "esbuild", "fast-check", "fastify", "hono", "knex"],
  ...["kysely", "vitest"],
];
const RECIPES = ["pg", "kysely", "knex", "drizzle", "fastify", "hono", "opentelemetry", "worker"];

/** What the guides leave to the reader, by name. */
const DECLARED = {
  event: 'import("idea-eventstore").IdeaEvent',
  events: 'AsyncIterable<import("idea-eventstore").IdeaEvent>',
  storage: 'import("idea-eventstore").EventStorage',
} as const;

/** Documents with programs to copy. */
const GUIDES = ["README.md", "scripts/deploy/moving-in.md"];

/** The TypeScript of the guides as modules, and the filters that the README shows. */
async function writeGuidePrograms(project: string): Promise<string> {
  const texts = await Promise.all(GUIDES.map((guide) => readFile(join(root, guide), "utf8")));
  const programs = texts.flatMap((text) =>
    [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code),
  );
  for (const [index, code] of programs.entries()) {
    const declared = Object.entries(DECLARED)
      .filter(([name]) => !new RegExp(`const [^=\\n]*\\b${name}\\b[^=\\n]*=`).test(code))
      .map(([name, type]) => `declare const ${name}: ${type};\n`);
    await writeFile(join(project, `guide-${index}.ts`), [...declared, code, "\nexport {};\n"].join(""));
  }
  const readme = texts[0] ?? "";
  const filters = join(project, "saved");
  await mkdir(filters);
  const [, saved = ""] = /^```\n(# Serious.*?)^```$/ms.exec(readme) ?? [];
  await writeFile(join(filters, "attacks-from.filter"), saved);
  return filters;
}

/** The tests among the recipes, under Vitest and under node:test. */
async function runTestsOfRecipes(project: string, { connectionString }: TestDatabase): Promise<void> {
  // Nothing of the run that this is.
  const inherited = Object.entries(process.env).filter(([name]) => !/^VITEST|^NODE_TEST/.test(name));
  const env = { ...Object.fromEntries(inherited), TEST_DATABASE_URL: connectionString };
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const files = ["filters.test.ts", "own-table.test.ts"];
  const tested = await run(node, [vitest, "run", "--root", project, ...files], { cwd: project, env });
  expect(tested.stdout).toMatch(/4 passed/);
  const plain = await run(node, ["--test", "own-table-node.test.js"], { cwd: project, env });
  expect(plain.stdout).toMatch(/pass 4/);
}

describeEngine("the recipes", "ip4r", (engine) => {
  it("compile, and the programs of the guides too; each runs and finds the event", async () => {
    const project = join(folder, `recipes-${engine}`);
    await cp(join(root, "test", "examples", "recipes"), project, { recursive: true });
    await mkdir(join(project, "node_modules"));
    for (const name of RECIPE_PACKAGES)
      await symlink(join(root, "node_modules", name), join(project, "node_modules", name), "junction");
    // The package finds its optional peer where it would be installed: beside it.
    const peer = join(folder, "node_modules", "fast-check");
    await symlink(join(root, "node_modules", "fast-check"), peer, "junction");
    const main = join(folder, "node_modules", "idea-eventstore", "dist", "scripts", "cli", "main.js");
    const filters = await writeGuidePrograms(project);
    await run(node, [main, "generate", "--filters", filters, "--out", join(project, "filters")]);
    const compiled = await run(node, [nativeTsc, "-p", project], { cwd: project }).catch(
      (error: unknown) => error,
    );
    expect(compiled).toMatchObject({ stdout: "" });

    const database = await withDatabase(engine);
    try {
      const env = { ...process.env, DATABASE_URL: database.connectionString };
      const events = ["medium", "low"].map((severity, index) => ({
        ID: `e${index}`,
        DetectTime: "2024-05-01T10:00:00Z",
        Category: ["Attempt.Login"],
        Source: [{ IP4: ["192.0.2.7"] }],
        _CESNET: { EventSeverity: severity },
      }));
      await writeFile(join(project, "events.json"), JSON.stringify(events));
      await run(node, [main, "ingest", join(project, "events.json")], { env });
      for (const name of RECIPES) {
        const { stdout } = await run(node, [`${name}.js`], { cwd: project, env });
        expect(JSON.parse(stdout), name).toEqual(["e0"]);
      }
      const empty = await mkdtemp(join(tmpdir(), "eventstore-bundle-"));
      try {
        await run(node, ["bundle.js", join(empty, "app.mjs")], { cwd: project });
        const { stdout, stderr } = await run(node, ["app.mjs"], { cwd: empty, env });
        expect(JSON.parse(stdout)).toEqual(["e0"]);
        expect(stderr).toBe("");
      } finally {
        await rm(empty, { recursive: true });
      }
      await runTestsOfRecipes(project, database);
    } finally {
      await database.dispose();
    }
  }, 400_000);
});
