import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { createClient } from "../../../generated/index.js";
import { openExecutor } from "../../../runtime/postgres/executor.js";
import { databaseCreate } from "../../../runtime/store/schema/index.js";
import { generateFilters } from "../../../scripts/generate/filters.js";
import { insertParams } from "../../runtime/store/insert-params.js";
import { describeEngines, withDatabase, type TestDatabase } from "../../support/database.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const example = join(root, "test/examples/filters-consumer");
/** It takes a quarter of the time; what most users have reads the package in its own test. */
const NATIVE_TSC = join(root, "node_modules/typescript-native/bin/tsc");

const program = (name: string): string => createRequire(import.meta.url).resolve(name);

async function run(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env } });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

/** A project elsewhere that has this package, as its sources, in node_modules. */
async function project(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "consumer-"));
  await cp(example, folder, { recursive: true });
  await mkdir(join(folder, "node_modules/@types"), { recursive: true });
  await symlink(join(root, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
  const { compilerOptions } = JSON.parse(await readFile(join(root, "tsconfig.json"), "utf8")) as {
    compilerOptions: object;
  };
  const paths = { "idea-eventstore/runtime": [join(root, "runtime/index.ts")] };
  await writeFile(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...compilerOptions, paths }, include: ["consumer.ts", "generated"] }),
  );
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  return folder;
}

const event = (ID: string, severity: string, category: string, address: string) => ({
  ID,
  DetectTime: "2024-05-01T10:00:00Z",
  Category: [category],
  Source: [{ IP4: [address] }],
  _CESNET: { EventSeverity: severity },
});

describeEngines("a project with generated filters", (engine) => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await withDatabase(engine);
    folder = await project();
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await database.dispose();
  });

  it("type-checks and runs", async () => {
    const session = openExecutor({ connectionString: database.connectionString });
    await databaseCreate(session, IDEA_CATALOGUE);
    const events = [
      event("e1", "high", "Attempt.Login", "192.0.2.7"),
      event("e2", "medium", "Recon.Scanning", "192.0.2.8"),
      event("e3", "low", "Recon.Scanning", "192.0.2.9"),
    ];
    await createClient(session).insertEvents(insertParams(events));
    await session.close();

    const generated = await generateFilters({
      filters: join(folder, "filters"),
      out: join(folder, "generated"),
      database: database.connectionString,
    });
    expect(generated.kind).toBe("written");
    const checked = await run([NATIVE_TSC, "--noEmit", "-p", folder], folder);
    expect(checked).toMatchObject({ code: 0, stdout: "" });
    const { stdout, stderr } = await run(
      [program("tsx/cli"), "--tsconfig", join(folder, "tsconfig.json"), join(folder, "consumer.ts")],
      folder,
      { DATABASE_URL: database.connectionString },
    );
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      count: 2,
      page: ["e2"],
      rest: ["e1"],
      next: null,
      ids: ["e2", "e1"],
      noise: 2,
      streamed: ["e1"],
    });
  });
});
