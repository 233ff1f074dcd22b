/** The suites that have to notice the faults, and which of them are asked about which part of the package. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Area } from "./faults/index.js";

/** Tests that run together; the first suite that fails has noticed the fault. */
export interface Suite {
  readonly name: string;
  /** Arguments of the test runner. */
  readonly arguments: readonly string[];
  /** Engines that the tests need; they are not started for the others. The embedded one is on every machine. */
  readonly engines: "" | "embedded";
}

const SUITES = {
  syntax: { tests: ["test/grammar", "test/property/syntax"] },
  values: { tests: ["test/compiler/literals", "test/compiler/values", "test/property/ip"] },
  units: {
    tests: ["evaluate", "language", "lower", "passes", "resolve"].map((folder) => `test/compiler/${folder}`),
  },
  properties: { tests: ["test/property/compiler"] },
  mapping: { tests: ["test/compiler/extract", "test/runtime/events"] },
  store: {
    engines: "embedded",
    tests: [
      "test/runtime/store/insert",
      "test/runtime/store/rollups",
      "test/runtime/store/search",
      "test/runtime/store/words",
      "test/database/metamorphic",
    ],
  },
  differential: {
    engines: "embedded",
    tests: ["test/database/differential.test", "test/database/golden-fuzz"],
  },
} as const satisfies Readonly<
  Record<string, { readonly engines?: "embedded"; readonly tests: readonly string[] }>
>;

type SuiteName = keyof typeof SUITES;

/** From near and quick to far and slow. */
const ASKED: Readonly<Record<Area, readonly SuiteName[]>> = {
  grammar: ["syntax", "units", "properties", "differential"],
  resolve: ["units", "properties", "differential"],
  passes: ["units", "properties", "differential"],
  lower: ["units", "properties", "differential"],
  evaluate: ["units", "properties", "differential"],
  values: ["values", "units", "properties", "differential"],
  tokens: ["values", "store", "differential"],
  mapping: ["mapping", "differential"],
  paging: ["properties", "store", "differential"],
  "roll-ups": ["store"],
  lists: ["store"],
};

/** The suites that are asked about a part of the package, in order. */
export function suitesFor(area: Area): readonly Suite[] {
  return ASKED[area].map(suiteNamed);
}

/** All suites that are asked about some of the parts, each once. */
export function suitesForAll(areas: readonly Area[]): readonly Suite[] {
  return [...new Set(areas.flatMap((area) => ASKED[area]))].map(suiteNamed);
}

function suiteNamed(name: SuiteName): Suite {
  const suite: { readonly engines?: "embedded"; readonly tests: readonly string[] } = SUITES[name];
  const { engines = "", tests } = suite;
  return { name, engines, arguments: tests };
}

/** Fewer runs than in CI: a fault shows in many filters. The seeds are fixed, so that the answer is the same tomorrow. */
const REDUCED = {
  CI: "",
  FC_SEED: "1",
  PROPERTY_RUNS: "30",
  DIFFERENTIAL_CHECKS: "800",
  DIFFERENTIAL_SEED: "1",
};

/** Whether the suite passes in a copy of the package. `root` is the package whose test runner runs it. */
export function passes(suite: Suite, folder: string, root: string): Promise<boolean> {
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  // One process that loads every module once: most runs are over at their first test.
  const runner = ["run", "--bail", "1", "--no-isolate", "--maxWorkers", "1", "--reporter", "dot"];
  const child = spawn(process.execPath, [vitest, ...runner, ...suite.arguments], {
    cwd: folder,
    env: { ...process.env, ...REDUCED, TEST_ENGINES: suite.engines },
    stdio: "ignore",
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code === 0));
  });
}

/** The first of the suites that fails, null when all pass. */
export async function noticedBy(
  suites: readonly Suite[],
  folder: string,
  root: string,
): Promise<string | null> {
  for (const suite of suites) if (!(await passes(suite, folder, root))) return suite.name;
  return null;
}
