/**
 * How sessions are set up: in the startup packet, so that it costs no round trip; behind a pooler, whose sessions are others' too, within
 * each transaction.
 */
import type { ExecutorOptions } from "./session.js";
import { resolveTarget, type ConnectionTarget } from "./target.js";

/** Where to connect to, and the session settings that go with it. */
export interface SessionSettings {
  readonly target: ConnectionTarget;
  /** `options` of the startup packet, ours after theirs. */
  readonly options: string;
  /** Settings by name. */
  readonly values: Readonly<Record<string, string>>;
  readonly applicationName: string;
  /** Milliseconds of `statement_timeout`, 0 for none. */
  readonly timeoutMs: number;
}

/** Milliseconds allowed to a statement when nothing else is said. */
export const DEFAULT_TIMEOUT_MS = 60_000;

/** The settings of a session from the options of the executor. */
export function sessionSettings(options: ExecutorOptions): SessionSettings {
  // An application's connections have been made by its own rules.
  const target = options.connections === undefined ? resolveTarget(options) : resolveTarget({}, {});
  const timeoutMs = options.timeoutMs ?? target.timeoutMs ?? options.usualTimeoutMs ?? DEFAULT_TIMEOUT_MS;
  const values = {
    timezone: "UTC",
    datestyle: "ISO",
    intervalstyle: "postgres",
    extra_float_digits: "1",
    bytea_output: "hex",
    // Statements over many partitions look dear to the planner, and compiling them takes seconds where they run for milliseconds.
    jit: "off",
    statement_timeout: String(timeoutMs),
    ...(options.plans === "values" ? { plan_cache_mode: "force_custom_plan" } : {}),
    ...(options.readOnly === true ? { default_transaction_read_only: "on" } : {}),
  };
  const own = Object.entries(values).map(([name, value]) => `-c ${name}=${value}`);
  return {
    target,
    options: [target.options, ...own].join(" ").trim(),
    values: { ...target.serverSettings, ...values },
    applicationName: options.applicationName ?? target.applicationName ?? "eventstore",
    timeoutMs,
  };
}

/** Whether the sessions are to change nothing. */
export function isReadOnly({ values }: SessionSettings): boolean {
  return values["default_transaction_read_only"] === "on";
}
