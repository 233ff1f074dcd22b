/** Runs the command in this process, with streams that are kept and a storage of the test's own. */
import { tmpdir } from "node:os";
import { Readable } from "node:stream";
import type { EventStorage, StorageOptions } from "../../../runtime/store/types.js";
import type { CliContext } from "../../../scripts/cli/context.js";
import { runCli } from "../../../scripts/cli/program.js";
import { createMessageOutput, createOutput } from "../../../scripts/cli/render/output.js";
import type { TextStream } from "../../../scripts/cli/render/terminal.js";

/** What a run has left behind. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the storage was opened with, in order. */
  readonly opened: readonly StorageOptions[];
}

/** A stream that keeps its text. */
export interface KeptStream extends TextStream {
  readonly text: () => string;
}

/** A stream that keeps its text; a terminal when it has columns. */
export function keptStream(columns?: number): KeptStream {
  const parts: string[] = [];
  return {
    write: (text, done) => {
      parts.push(text);
      done?.();
      return true;
    },
    on: () => undefined,
    text: () => parts.join(""),
    ...(columns === undefined ? {} : { isTTY: true, columns }),
  };
}

/** What differs from a run with no storage, no input and no terminal. */
export interface CliWorld {
  /** The operations that the command may call; any other fails the test. */
  readonly storage?: Partial<EventStorage>;
  readonly openStorage?: CliContext["openStorage"];
  /** A text that ends, or a stream that may not. */
  readonly stdin?: string | AsyncIterable<Uint8Array>;
  /** Makes both streams terminals of this width. */
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly answer?: string;
  /** Folder that the command runs in; one without a configuration when absent. */
  readonly cwd?: string;
  readonly interrupt?: AbortSignal;
  readonly terminate?: AbortSignal;
  readonly stdout?: TextStream;
}

/** The clock of every run. */
export const NOW = new Date("2024-05-08T12:00:00Z");

/** Runs `eventstore` with the arguments. */
export async function cli(args: readonly string[], world: CliWorld = {}): Promise<CliRun> {
  const { columns, env = {}, answer, stdin = "" } = world;
  const [stdout, stderr] = [keptStream(columns), keptStream(columns)];
  const opened: StorageOptions[] = [];
  const context: CliContext = {
    openStorage: async (options) => {
      opened.push(options);
      return world.openStorage === undefined ? fakeStorage(world.storage ?? {}) : world.openStorage(options);
    },
    stdout: createOutput(world.stdout ?? stdout, env),
    stderr: createMessageOutput(stderr, env),
    stdin: typeof stdin === "string" ? Readable.from(stdin === "" ? [] : [Buffer.from(stdin)]) : stdin,
    env,
    cwd: world.cwd ?? tmpdir(),
    now: () => NOW,
    interrupt: world.interrupt ?? new AbortController().signal,
    terminate: world.terminate ?? new AbortController().signal,
    ask: answer === undefined ? null : () => Promise.resolve(answer),
  };
  const code = await runCli(args, context, "1.2.3");
  return { code, stdout: stdout.text(), stderr: stderr.text(), opened };
}

function fakeStorage(operations: Partial<EventStorage>): EventStorage {
  const storage: Partial<EventStorage> = {
    description: "a storage of the test",
    close: () => Promise.resolve(),
    ...operations,
  };
  return new Proxy(storage, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (value === undefined && typeof name === "string" && name !== "then")
        throw new Error(`the command called ${name}, which the test does not expect`);
      return value;
    },
  }) as EventStorage;
}
