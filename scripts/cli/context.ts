/** What the command gets from the process it runs in; tests give their own. */
import type { EventStorage, StorageOptions } from "../../runtime/store/types.js";
import type { Output } from "./render/output.js";
import type { Environment } from "./render/terminal.js";

/** The world of a command. */
export interface CliContext {
  readonly openStorage: (options: StorageOptions) => Promise<EventStorage>;
  /** Data. */
  readonly stdout: Output;
  /** Progress and messages. */
  readonly stderr: Output;
  readonly stdin: AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean };
  readonly env: Environment;
  /** Folder that the command runs in. */
  readonly cwd: string;
  readonly now: () => Date;
  /** Aborted by Ctrl-C: give up at once. */
  readonly interrupt: AbortSignal;
  /** Aborted by SIGTERM: finish what is under way. */
  readonly terminate: AbortSignal;
  /** Asks the person at the terminal; null when there is none. */
  readonly ask: ((question: string) => Promise<string>) | null;
}

/** Aborted when the command has to end, by whatever signal. */
export function stopSignal(context: Pick<CliContext, "interrupt" | "terminate">): AbortSignal {
  return AbortSignal.any([context.interrupt, context.terminate]);
}
