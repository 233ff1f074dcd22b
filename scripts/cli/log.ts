/** Log lines of commands that keep running: a time, a level and a message, as text or as JSON. */
import { Option } from "commander";
import { redactUrl } from "../../runtime/postgres/redact.js";
import { stopSignal, type CliContext } from "./context.js";
import { Exit } from "./errors.js";
import { OutputClosed, type Output } from "./render/output.js";
import { printable } from "./render/text.js";

/** Formats of a log. */
export const LOG_FORMATS = ["text", "json"] as const;

/** One of {@link LOG_FORMATS}. */
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Further fields of a line. */
export type LogFields = Readonly<Record<string, string | number>>;

/** A log on standard error. */
export interface Log {
  readonly info: (message: string, fields?: LogFields) => Promise<void>;
  readonly warn: (message: string, fields?: LogFields) => Promise<void>;
  readonly error: (message: string, fields?: LogFields) => Promise<void>;
}

/** The option that chooses the format. */
export function logOption(): Option {
  return new Option("--log <FORMAT>", "how lines of the log are written")
    .choices(LOG_FORMATS)
    .default("text");
}

/** The option of commands that have messages of their own for people: lines of a log only where it is asked for. */
export function optionalLogOption(): Option {
  return new Option("--log <FORMAT>", "write messages as lines of a log, with time and level").choices(
    LOG_FORMATS,
  );
}

/**
 * Runs a command whose messages are lines of a log: without colours and progress, each with its time, and with the level `error` where one says that
 * something failed, that which ends the command too. As it is where no format is given.
 *
 * @throws Exit once the log says why the command ends
 */
export async function withLog(
  context: CliContext,
  format: LogFormat | undefined,
  work: (context: CliContext) => Promise<void>,
): Promise<void> {
  if (format === undefined) return work(context);
  const logged = loggedContext(context, format);
  try {
    await work(logged);
  } catch (error) {
    if (error instanceof Exit || error instanceof OutputClosed || stopSignal(context).aborted) throw error;
    const { reportError } = await import("./report-error.js");
    throw new Exit(await reportError(error, logged.stderr));
  }
}

function loggedContext(context: CliContext, format: LogFormat): CliContext {
  const { info, warn, error } = createLog(context, format);
  const writeLines = async (lines: readonly string[]): Promise<void> => {
    for (const line of lines.flatMap((text) => text.split("\n")).filter((text) => text.trim() !== ""))
      await (FAILED.test(line) ? error : WARNING.test(line) ? warn : info)(line);
  };
  const { stderr } = context;
  const output: Output = {
    ...stderr,
    isTerminal: false,
    color: false,
    paint: (_style, text) => text,
    write: (text) => writeLines([text]),
    writeLines,
  };
  return { ...context, stderr: output };
}

const WARNING = /^(?:warning:|Not taken:)/u;
const FAILED = /^(?:error|rejected):|trying again in|moved to errors/u;

/** A log in a format. */
export function createLog({ stderr, now }: Pick<CliContext, "stderr" | "now">, format: LogFormat): Log {
  const line = (level: string, said: string, fields: LogFields): string => {
    const time = now().toISOString();
    const message = redactUrl(said);
    if (format === "json") return JSON.stringify({ time, level, message, ...fields });
    const more = Object.entries(fields).map(
      ([name, value]) => `${name}=${/[\s"=]/u.test(String(value)) ? JSON.stringify(value) : value}`,
    );
    return printable([time, level, message, ...more].join(" "));
  };
  const write =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      stderr.write(line(level, message, fields) + "\n");
  return { info: write("info"), warn: write("warn"), error: write("error") };
}
