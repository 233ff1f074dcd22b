/**
 * How sessions are set up: in the startup packet, so that it costs no round trip; for poolers that refuse options there, by a statement
 * on each new connection.
 */
import type { ClientConfig } from "pg";
import type { ExecutorOptions } from "./session.js";

/** Connection settings and the session settings that go with them. */
export interface SessionSettings {
  /** Configuration for `pg`, with the settings in the startup packet. */
  readonly withOptions: ClientConfig;
  /** The same without them. */
  readonly withoutOptions: ClientConfig;
  /** Settings by name, for {@link withoutOptions} and to return to after a change. */
  readonly values: Readonly<Record<string, string>>;
  readonly applicationName: string;
  /** Milliseconds of `statement_timeout`, 0 for none. */
  readonly timeoutMs: number;
}

/** Milliseconds allowed to a statement when nothing else is said. */
export const DEFAULT_TIMEOUT_MS = 60_000;

/** The settings of a session from the options of the executor. */
export function sessionSettings(options: ExecutorOptions): SessionSettings {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const base = baseConfig(options);
  const applicationName =
    options.applicationName ??
    parameter(base.connectionString, "application_name") ??
    base.application_name ??
    "eventstore";
  const values = {
    timezone: "UTC",
    datestyle: "ISO",
    intervalstyle: "postgres",
    extra_float_digits: "1",
    bytea_output: "hex",
    // Statements over many partitions look dear to the planner, and compiling them takes seconds where they run for milliseconds.
    jit: "off",
    statement_timeout: String(timeoutMs),
  };
  const named = withParameter({ ...base, keepAlive: true }, "application_name", applicationName);
  const theirs =
    parameter(base.connectionString, "options") ?? base.options ?? process.env["PGOPTIONS"] ?? "";
  const ours = Object.entries(values).map(([name, value]) => `-c ${name}=${value}`);
  return {
    withOptions: withParameter(named, "options", [theirs, ...ours].join(" ").trim()),
    withoutOptions: named,
    values,
    applicationName,
    timeoutMs,
  };
}

function baseConfig(options: ExecutorOptions): ClientConfig {
  if (options.connectionString === undefined) return options.connection ?? {};
  return { ...options.connection, connectionString: options.connectionString };
}

/** A query parameter of a connection string. */
function parameter(connectionString: string | undefined, name: string): string | undefined {
  const found = new RegExp(`[?&]${name}=([^&]*)`, "u").exec(connectionString ?? "");
  return found?.[1] === undefined ? undefined : decodeURIComponent(found[1].replaceAll("+", " "));
}

/** Sets a parameter where `pg` looks for it: what stands in the connection string wins over the configuration object. */
function withParameter(
  config: ClientConfig,
  name: "options" | "application_name",
  value: string,
): ClientConfig {
  const text = config.connectionString;
  if (text === undefined || parameter(text, name) === undefined) return { ...config, [name]: value };
  const pattern = new RegExp(`([?&]${name}=)[^&]*`, "u");
  return {
    ...config,
    connectionString: text.replace(pattern, (_, key: string) => key + encodeURIComponent(value)),
  };
}
