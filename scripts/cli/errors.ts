/** How a command ends when it does not end well. */
import { oneLine } from "../../runtime/postgres/errors.js";
import { redactUrl } from "../../runtime/postgres/redact.js";
import { reasonOf } from "../../runtime/server/errors.js";
import type { Terminal } from "./render/terminal.js";
import { printable } from "./render/text.js";

/** Exit codes of the command. */
export const EXIT = { fine: 0, failed: 1, usage: 2, interrupted: 130, terminated: 143 } as const;

/** The work failed: `message` says what and where, `hint` what to do. */
export class CliError extends Error {
  override readonly name: string = "CliError";
  readonly exitCode: number = EXIT.failed;

  constructor(
    message: string,
    readonly hint?: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The command was called wrongly: an argument that makes no sense. */
export class UsageError extends CliError {
  override readonly name = "UsageError";
  override readonly exitCode = EXIT.usage;
}

/** What a person reads of an error: the message, and what to do about it. */
export function errorLines(
  { paint }: Pick<Terminal, "paint">,
  message: string,
  hint: string | undefined,
): readonly string[] {
  const lines = [`${paint("red", "error:")} ${printable(redactUrl(message))}`];
  return hint === undefined ? lines : [...lines, `${paint("cyan", "hint:")} ${printable(redactUrl(hint))}`];
}

/** Ends the command with a code after everything has been said. */
export class Exit extends Error {
  override readonly name = "Exit";

  constructor(readonly exitCode: number) {
    super(`exit ${exitCode}`);
  }
}

/** What an error says, on one line, without passwords: for logs and reports. */
export function reasonText(error: unknown): string {
  return oneLine(reasonOf(error));
}
