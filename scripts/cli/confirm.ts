/** Asking before something is done for good. */
import type { CliContext } from "./context.js";
import { CliError, UsageError } from "./errors.js";

/**
 * Returns when the person at the terminal says yes.
 *
 * @throws UsageError when there is no terminal to ask at
 * @throws CliError when the answer is anything but yes
 */
export async function confirm({ ask }: Pick<CliContext, "ask">, question: string): Promise<void> {
  if (ask === null)
    throw new UsageError("there is no terminal to ask at", "write --yes to do it without asking");
  const answer = await ask(`${question} [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError("nothing was done");
}
