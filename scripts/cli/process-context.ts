/** The world of a command in the process it runs in. */
import { isatty } from "node:tty";
import type { CliContext } from "./context.js";
import { EXIT } from "./errors.js";
import { createMessageOutput, createOutput } from "./render/output.js";
import { harmless } from "./render/text.js";

/** The context of this process, and what is to be let go of at its end. */
export interface ProcessContext extends CliContext {
  /** A pipe whose writer goes on would keep a command that was stopped. */
  readonly letGo: () => void;
}

/** Streams, signals and storage of this process. To be asked for once: it takes over SIGINT and SIGTERM. */
export function processContext(): ProcessContext {
  let isReading = false;
  return {
    // Loaded when it is needed: help and the commands about filters do without a database.
    openStorage: async (options) => (await import("../../runtime/store/index.js")).openStorage(options),
    stdout: createOutput(process.stdout, process.env),
    stderr: createMessageOutput(process.stderr, process.env),
    // Most commands read nothing, and do without the stream.
    get stdin() {
      isReading = true;
      return process.stdin;
    },
    letGo: () => {
      if (isReading) process.stdin.destroy();
    },
    env: process.env,
    cwd: process.cwd(),
    now: () => new Date(),
    interrupt: onSignal("SIGINT", EXIT.interrupted),
    terminate: onSignal("SIGTERM", EXIT.terminated),
    ask: isatty(0) && isatty(2) ? ask : null,
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
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(harmless(question));
  } finally {
    lines.close();
  }
}
