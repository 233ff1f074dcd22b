/** The world of a command in the process it runs in. */
import { createInterface } from "node:readline/promises";
import type { CliContext } from "./context.js";
import { EXIT } from "./errors.js";
import { createMessageOutput, createOutput } from "./render/output.js";

/** Streams, signals and storage of this process. To be asked for once: it takes over SIGINT and SIGTERM. */
export function processContext(): CliContext {
  return {
    // Loaded when it is needed: help and the commands about filters do without a database.
    openStorage: async (options) => (await import("../../runtime/store/index.js")).openStorage(options),
    stdout: createOutput(process.stdout, process.env),
    stderr: createMessageOutput(process.stderr, process.env),
    stdin: process.stdin,
    env: process.env,
    cwd: process.cwd(),
    now: () => new Date(),
    interrupt: onSignal("SIGINT", EXIT.interrupted),
    terminate: onSignal("SIGTERM", EXIT.terminated),
    ask: process.stdin.isTTY && process.stderr.isTTY ? ask : null,
  };
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
