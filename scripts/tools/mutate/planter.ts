/**
 * Runs test files with a fault in one module. One test runner serves all faults: it keeps every module that it has read, and reads
 * only the one with the fault anew, so that most faults take a second.
 */
import { join } from "node:path";
import type { Vitest } from "vitest/node";
import { createVitest } from "vitest/node";
import type { Fault } from "./faults/index.js";
import { mutatedModule } from "./mutated.js";

/** Fewer runs than in CI: a fault shows in many filters. The seeds are fixed, so that the answer is the same tomorrow. */
const REDUCED = {
  CI: "",
  FC_SEED: "1",
  FC_SHRINK: "none",
  PROPERTY_RUNS: "30",
  DIFFERENTIAL_CHECKS: "800",
  DIFFERENTIAL_SEED: "1",
} as const;

/** On a machine with much else to do a test may take long, which is no fault. One that never ends is ended. */
const PATIENCE_MS = 600_000;

/** What a run of a test file came to; "not run": nothing in it ran, or it could not be loaded. */
export type Verification = "passed" | "failed" | "not run";

/** A test runner in which faults can be planted. */
export interface Planter {
  /** Runs a suite with the fault, or as the package is. */
  readonly run: (suite: string, fault: Fault | null) => Promise<Verification>;
  readonly close: () => Promise<void>;
}

/** The path of a suite's test file. */
export function suiteFile(suite: string): string {
  return `test/${suite}.test.ts`;
}

/** Starts the runner for the package at `root`. The embedded database is used, unless TEST_ENGINES says otherwise. */
export async function openPlanter(root: string): Promise<Planter> {
  Object.assign(process.env, { TEST_ENGINES: "embedded", ...process.env }, REDUCED);
  let planted: { readonly path: string; readonly text: string } | null = null;
  const vitest = await createVitest(
    "test",
    {
      ...{ root, watch: false, isolate: true, pool: "threads", maxWorkers: 1, bail: 1, reporters: [{}] },
      ...{ testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS },
    },
    {
      plugins: [
        {
          name: "planted-fault",
          enforce: "pre",
          transform: (_code, id) => (id === planted?.path ? planted.text : undefined),
        },
      ],
    },
  );
  return {
    run: async (suite, fault) => {
      const specifications = await vitest.globTestSpecifications([suiteFile(suite)]);
      if (specifications.length !== 1) throw new Error(`${suite}: there is no ${suiteFile(suite)}`);
      planted = fault && (await mutatedModule(fault, root));
      const { path } = planted ?? {};
      try {
        forget(vitest, path);
        const { testModules } = await vitest.runTestSpecifications(specifications);
        return outcomeOf(testModules);
      } finally {
        planted = null;
        forget(vitest, path);
      }
    },
    close: () => vitest.close(),
  };
}

/** Has the module read anew when it is next asked for. */
function forget(vitest: Vitest, path: string | undefined): void {
  if (path === undefined) return;
  for (const { vite } of vitest.projects)
    for (const { moduleGraph } of Object.values(vite.environments))
      for (const module of moduleGraph.getModulesByFile(path) ?? []) moduleGraph.invalidateModule(module);
}

function outcomeOf(
  modules: Awaited<ReturnType<Vitest["runTestSpecifications"]>>["testModules"],
): Verification {
  const states = modules.flatMap((module) =>
    [...module.children.allTests()].map((test) => test.result().state),
  );
  if (states.includes("failed")) return "failed";
  const isLoaded = modules.every((module) => module.errors().length === 0);
  // A hook that fails is the suite's; a module that can't be loaded is none of its tests.
  const suites = modules.flatMap((module) => [...module.children.allSuites()]);
  if (suites.some((suite) => suite.errors().length > 0)) return "failed";
  return isLoaded && states.includes("passed") ? "passed" : "not run";
}

/** The root of the package that this file is in. */
export const PACKAGE_ROOT = join(import.meta.dirname, "../../..");
