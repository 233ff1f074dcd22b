/** Figures about the server for Prometheus. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Gate } from "./gate.js";
import { problemOf } from "./problem.js";
import type { QueryRecord } from "./query-log.js";

/** Counts and shows. */
export interface Metrics {
  readonly record: (record: QueryRecord) => void;
  readonly contentType: string;
  readonly text: () => Promise<string>;
}

/** Metrics of one server. */
export function createMetrics(gate: Gate): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const duration = new Histogram({
    name: "eventstore_query_duration_seconds",
    help: "Duration of the explorer's queries, waiting for their turn included",
    labelNames: ["operation"],
    buckets: [0.005, 0.02, 0.05, 0.15, 0.5, 1.5, 5, 15, 60],
    registers,
  });
  const failures = new Counter({
    name: "eventstore_query_failures_total",
    help: "Queries that ended without an answer",
    labelNames: ["operation", "code"],
    registers,
  });
  const rows = new Counter({
    name: "eventstore_query_rows_total",
    help: "Rows that were answered",
    labelNames: ["operation"],
    registers,
  });
  new Gauge({
    name: "eventstore_queries_running",
    help: "Queries that run now",
    registers,
    collect() {
      this.set(gate.running());
    },
  });
  new Gauge({
    name: "eventstore_queries_waiting",
    help: "Queries that wait for their turn",
    registers,
    collect() {
      this.set(gate.waiting());
    },
  });
  return {
    record: ({ operation, durationMs, error, rows: count }) => {
      duration.observe({ operation }, durationMs / 1000);
      rows.inc({ operation }, count);
      if (error !== null) failures.inc({ operation, code: problemOf(error).code });
    },
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
