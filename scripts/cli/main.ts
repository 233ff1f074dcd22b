#!/usr/bin/env node
/** The `eventstore` command: connects the program to the process it runs in. */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import type { CliContext } from "./context.js";
import { EXIT } from "./errors.js";
import { runCli } from "./program.js";
import { createOutput } from "./render/output.js";

/** The package's version, from the nearest package.json above this file: it runs from the sources and from `dist`. */
function packageVersion(): string {
  for (const place of ["../../package.json", "../../../package.json"]) {
    try {
      const { version } = JSON.parse(readFileSync(new URL(place, import.meta.url), "utf8")) as {
        readonly version?: string;
      };
      if (version !== undefined) return version;
    } catch {
      continue;
    }
  }
  return "unknown";
}

/** A signal that the first `name` aborts; a second one ends the process at once. */
function onSignal(name: "SIGINT" | "SIGTERM", exitCode: number): AbortSignal {
  const controller = new AbortController();
  process.on(name, () => {
    if (controller.signal.aborted) process.exit(exitCode);
    controller.abort();
  });
  return controller.signal;
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

const context: CliContext = {
  // Loaded when it is needed: help and the commands about filters do without a database.
  openStorage: async (options) => (await import("../../runtime/storage/index.js")).openStorage(options),
  stdout: createOutput(process.stdout, process.env),
  stderr: createOutput(process.stderr, process.env),
  stdin: process.stdin,
  env: process.env,
  now: () => new Date(),
  interrupt: onSignal("SIGINT", EXIT.interrupted),
  terminate: onSignal("SIGTERM", EXIT.terminated),
  ask: process.stdin.isTTY && process.stderr.isTTY ? ask : null,
};

process.exitCode = await runCli(process.argv.slice(2), context, packageVersion());
