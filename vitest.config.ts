import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import LongestFirst from "./test/support/sequencer.js";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Projects of their own, which other tests set up and run.
    exclude: ["test/examples/**", "node_modules/**"],
    globalSetup: ["test/support/global-setup.ts"],
    setupFiles: ["test/support/seed.ts"],
    // Three files at a time also where there are two processors: most wait for disks and servers.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // No test file changes what another sees, and loading the modules anew for each takes as long as a third of the tests.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Database suites start servers and wait for disks; nothing is asserted about time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    coverage: {
      provider: "v8",
      include: ["grammar/**", "compiler/**", "runtime/**"],
      exclude: ["**/*-bundle.*", "test/**"],
      // A run of everything is long: one failure must not cost its figures.
      reportOnFailure: true,
    },
  },
});
