/** Log lines of commands that keep running: a time, a level and a message, as text or as JSON. */
import { Option } from "commander";
import type { CliContext } from "./context.js";
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
  readonly error: (message: string, fields?: LogFields) => Promise<void>;
}

/** The option that chooses the format. */
export function logOption(): Option {
  return new Option("--log <FORMAT>", "how lines of the log are written")
    .choices(LOG_FORMATS)
    .default("text");
}

/** A log in a format. */
export function createLog({ stderr, now }: Pick<CliContext, "stderr" | "now">, format: LogFormat): Log {
  const line = (level: string, message: string, fields: LogFields): string => {
    const time = now().toISOString();
    if (format === "json") return JSON.stringify({ time, level, message, ...fields });
    const more = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
    return printable([time, level, message, ...more].join(" "));
  };
  const write =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      stderr.write(line(level, message, fields) + "\n");
  return { info: write("info"), error: write("error") };
}
