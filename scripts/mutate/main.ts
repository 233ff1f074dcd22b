/**
 * `npm run mutate [-- --only NAME] [-- --list]`: plants faults in a copy of the package, one at a time, and tells which suite notices.
 * A fault that none notices is a gap of the suites. Exit code 0: all noticed; 1: some survived; 2: the suites fail without a fault, or
 * a fault does not fit the source any more.
 */
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { MUTATIONS, type Mutation } from "./mutations.js";

/** A run of the test runner; the first one that fails has noticed the fault. */
interface Suite {
  readonly name: string;
  readonly arguments: readonly string[];
}

/** From quick to slow. The embedded server is on every machine. */
const SUITES: readonly Suite[] = [
  {
    name: "pure",
    arguments: ["test/property", "test/grammar", "test/compiler", "test/runtime/codecs"],
  },
  {
    name: "differential",
    arguments: [
      "test/database/differential.test.ts",
      "test/database/golden-fuzz.test.ts",
      "-t",
      "\\(embedded\\)",
    ],
  },
];

/** Fewer runs than in CI: a fault shows in many filters. The seed is fixed, so that the answer is the same tomorrow. */
const REDUCED = { PROPERTY_RUNS: "30", DIFFERENTIAL_CHECKS: "800", DIFFERENTIAL_SEED: "1" };

const root = join(import.meta.dirname, "../..");
const COPIED = [
  "grammar",
  "compiler",
  "runtime",
  "generated",
  "test",
  "scripts",
  "package.json",
  "tsconfig.json",
  "vitest.config.ts",
];

async function copyTree(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "eventstore-mutate-"));
  for (const name of COPIED) await cp(join(root, name), join(folder, name), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** Whether the suite passes in the folder. */
function passes(suite: Suite, folder: string): Promise<boolean> {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const child = spawn(
    process.execPath,
    [vitest, "run", "--bail", "1", "--reporter", "dot", ...suite.arguments],
    {
      cwd: folder,
      env: { ...process.env, ...REDUCED },
      stdio: "ignore",
    },
  );
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code === 0));
  });
}

/** The first suite that fails, null when all pass. */
async function noticedBy(folder: string): Promise<string | null> {
  for (const suite of SUITES) if (!(await passes(suite, folder))) return suite.name;
  return null;
}

/** The file with the fault in it. @throws Error when `find` does not occur exactly once */
async function mutated({ name, file, find, replace }: Mutation, folder: string): Promise<string> {
  const source = await readFile(join(folder, file), "utf8");
  const found = source.split(find).length - 1;
  if (found !== 1) throw new Error(`${name}: its text occurs ${found} times in ${file}`);
  return source.replace(find, () => replace);
}

async function tryOne(mutation: Mutation, folder: string): Promise<string | null> {
  const path = join(folder, mutation.file);
  const source = await readFile(path, "utf8");
  await writeFile(path, await mutated(mutation, folder));
  try {
    return await noticedBy(folder);
  } finally {
    await writeFile(path, source);
  }
}

async function list(mutations: readonly Mutation[]): Promise<number> {
  const problems: string[] = [];
  for (const mutation of mutations) {
    console.log(`${mutation.name.padEnd(30)} ${mutation.file}`);
    await mutated(mutation, root).catch((error: unknown) => problems.push(String(error)));
  }
  problems.forEach((problem) => console.error(problem));
  return problems.length === 0 ? 0 : 2;
}

async function mutate(mutations: readonly Mutation[]): Promise<number> {
  for (const mutation of mutations) await mutated(mutation, root);
  const folder = await copyTree();
  const survivors: string[] = [];
  try {
    const failing = await noticedBy(folder);
    if (failing !== null) throw new Error(`the suite "${failing}" fails without any fault`);
    for (const [position, mutation] of mutations.entries()) {
      const suite = await tryOne(mutation, folder);
      if (suite === null) survivors.push(mutation.name);
      console.log(`${position + 1}/${mutations.length} ${mutation.name.padEnd(30)} ${suite ?? "SURVIVED"}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`${mutations.length - survivors.length} of ${mutations.length} faults noticed`);
  if (survivors.length > 0) console.log(`survivors: ${survivors.join(", ")}`);
  return survivors.length === 0 ? 0 : 1;
}

try {
  const { values } = parseArgs({
    options: { only: { type: "string", multiple: true }, list: { type: "boolean", default: false } },
  });
  const { only } = values;
  const chosen = only === undefined ? MUTATIONS : MUTATIONS.filter(({ name }) => only.includes(name));
  if (chosen.length === 0) throw new Error(`there is no fault ${only?.join(", ") ?? ""}; --list shows them`);
  process.exitCode = values.list ? await list(chosen) : await mutate(chosen);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
