/** `idea-eventstore/prometheus`: metrics of a store's calls, with the package `prom-client` of the application. */
import { Counter, Histogram, register, type Registry } from "prom-client";
import type { EventHook } from "../postgres/session.js";

/** Seconds: from a fetch by id to a deletion of months. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Most operations that are told apart: a program may pass any `operation` to `query`, and each new one is a new time series. */
const MAX_OPERATIONS = 200;

const made = new WeakMap<Registry, EventHook>();

/**
 * What to give `openStorage` as `onEvent`: `eventstore_call_duration_seconds` by operation, `eventstore_call_rows_total`,
 * `eventstore_call_retries_total` and `eventstore_call_errors_total` by operation and code. Several stores may share a registry. Beyond 200 operations,
 * which only names that a program gives to `query` can make, they are counted as `other`.
 *
 * @param registry the registry that your `/metrics` prints; that of `prom-client` itself when absent
 * @example
 * const storage = await openStorage({ onEvent: prometheusMetrics() });
 */
export function prometheusMetrics(registry: Registry = register): EventHook {
  const known = made.get(registry);
  if (known !== undefined) return known;
  const registers = [registry];
  const duration = new Histogram({
    name: "eventstore_call_duration_seconds",
    help: "Duration of calls to the database, by operation",
    labelNames: ["operation"],
    buckets: BUCKETS,
    registers,
  });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers });
  const rows = counter("eventstore_call_rows_total", "Rows that calls returned or changed", ["operation"]);
  const retries = counter("eventstore_call_retries_total", "Calls that were made again", ["operation"]);
  const errors = counter("eventstore_call_errors_total", "Calls that failed, by code", ["operation", "code"]);
  const named = new Set<string>();
  const hook: EventHook = ({ operation: name, durationMs, rows: count, retries: repeated, error }) => {
    if (named.size < MAX_OPERATIONS) named.add(name);
    const operation = named.has(name) ? name : "other";
    duration.observe({ operation }, durationMs / 1000);
    rows.inc({ operation }, count);
    retries.inc({ operation }, repeated);
    if (error !== undefined) errors.inc({ operation, code: error.code });
  };
  made.set(registry, hook);
  return hook;
}
