/** Connects the program to the process it runs in. */
import { processContext } from "./process-context.js";
import { runCli } from "./program.js";

/** Runs the command that this process was started with; the exit code is set when it ends. */
export async function runProcess(version: string): Promise<void> {
  const context = processContext();
  process.exitCode = await runCli(process.argv.slice(2), context, version);
  context.letGo();
}
