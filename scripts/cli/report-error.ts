/** The one message that says why a command did not end well. Loaded when there is one: it needs the compiler. */
import { ConversionError } from "../../compiler/convert/refusal.js";
import { FilterOptionError } from "../../compiler/filter-option-error.js";
import { FilterError } from "../../grammar/filter-error.js";
import { ArgumentError } from "../../compiler/values/arguments.js";
import { DatabaseSourceError, reasonOf } from "../../runtime/server/errors.js";
import { EventStorageError, oneLine, QueryTimeoutError } from "../../runtime/postgres/errors.js";
import { CliError, errorLines, EXIT } from "./errors.js";
import { diagnosticsText } from "./render/diagnostics.js";
import type { Output } from "./render/output.js";

/** What is said about an error. */
interface Account {
  readonly exitCode: number;
  readonly lines: readonly string[];
}

/** Shows a person an error on standard error and returns the exit code; `causes` adds what caused it, with the stacks. */
export async function reportError(
  error: unknown,
  stderr: Output,
  detail: "message" | "causes" = "message",
): Promise<number> {
  const { exitCode, lines } = accountOf(error, stderr);
  await stderr.writeLines(lines);
  if (detail === "causes") await stderr.writeLines(traceOf(error));
  return exitCode;
}

function accountOf(error: unknown, stderr: Output): Account {
  if (error instanceof FilterError) {
    return { exitCode: EXIT.usage, lines: [diagnosticsText(error.text, error.diagnostics, stderr)] };
  }
  const line = (exitCode: number, text: string, hint?: string): Account => ({
    exitCode,
    lines: errorLines(stderr, text, hint),
  });
  if (error instanceof CliError) return line(error.exitCode, error.message, error.hint);
  if (error instanceof ConversionError || error instanceof FilterOptionError)
    return line(EXIT.usage, error.message);
  if (error instanceof ArgumentError)
    return line(EXIT.usage, error.message, `give it with --param ${error.parameter}=VALUE`);
  if (error instanceof DatabaseSourceError) {
    // A URL that makes no sense is wrong usage; a server that does not answer is not.
    const { cause } = error;
    const isUsage = cause instanceof EventStorageError && cause.code === "configuration_invalid";
    return line(isUsage ? EXIT.usage : EXIT.failed, error.message);
  }
  if (error instanceof EventStorageError) {
    if (error.code === "argument_invalid") return line(EXIT.usage, asTyped(error));
    return line(EXIT.failed, withoutMethod(error), storageHint(error));
  }
  return line(
    EXIT.failed,
    oneLine(reasonOf(error)),
    "run it again with --debug to see where this comes from",
  );
}

/** Options of the command line by the options of the operations that they become. */
const TYPED: Readonly<Record<string, string>> = {
  limit: "--limit",
  after: "--after",
  sort: "--sort",
  timeoutMs: "--timeout",
  name: "--name",
  batch: "--batch",
  step: "--step",
  from: "--from",
  to: "--to",
  by: "--by",
  timeZone: "--zone",
  prefix: "--roles",
  ahead: "--ahead",
  connectionString: "--database",
  dataDir: "--data",
};

/** The message of a refused argument by the option as it was typed, without the method that refused it. */
function asTyped(error: EventStorageError): string {
  return withoutMethod(error).replace(
    /"?\b([a-z][A-Za-z]*)\b"?(?= (?:is|has|names)\b)/,
    (word, key: string) => TYPED[key] ?? word,
  );
}

/** Methods are for programs; whoever typed a command need not know them. */
function withoutMethod({ message, operation }: EventStorageError): string {
  const method = `${operation ?? ""}: `;
  return message.startsWith(method) ? message.slice(method.length) : message;
}

/** What to do about an error of the storage. */
function storageHint(error: EventStorageError): string | undefined {
  switch (error.code) {
    case "object_missing":
      return "the store has no tables, or older ones: run `eventstore init`";
    case "connection_refused":
    case "connection_failed":
      return "is the server running, and do --database or DATABASE_URL name the right one?";
    case "connection_lost":
      return "nothing that was acknowledged is lost; run the command again";
    case "privilege_missing":
      return "ask the owner of the database for the right, or connect as another role";
    case "lock_timeout":
      return "someone else holds a lock; `eventstore queries` shows who is at work";
    default:
      return error instanceof QueryTimeoutError
        ? "allow more time with --timeout, or narrow the filter, by detect_time for example"
        : undefined;
  }
}

const MAX_CAUSES = 8;

/** The error and its causes with stacks, each line harmless and without passwords. */
function traceOf(error: unknown): string[] {
  const lines: string[] = [];
  let current: unknown = error;
  for (let depth = 0; current !== undefined && depth < MAX_CAUSES; depth++) {
    const text = current instanceof Error ? (current.stack ?? current.message) : reasonOf(current);
    lines.push(...`${depth === 0 ? "" : "caused by: "}${text}`.split("\n").map(maskLine));
    current = current instanceof Error ? current.cause : undefined;
  }
  return lines;
}

/** A line of a stack: indented as it was, without passwords and control characters. */
function maskLine(line: string): string {
  return " ".repeat(line.length - line.trimStart().length) + oneLine(line);
}
