/** The hooks for metrics and spans, fed with the events of an executor. */
import { SpanStatusCode, trace, type Span, type SpanOptions, type Tracer } from "@opentelemetry/api";
import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { openTelemetrySpans } from "../../runtime/observe/opentelemetry.js";
import { prometheusMetrics } from "../../runtime/observe/prometheus.js";
import { QueryTimeoutError } from "../../runtime/postgres/errors.js";
import type { ExecutionEvent } from "../../runtime/postgres/session.js";

const fine: ExecutionEvent = {
  operation: "searchEvents",
  statement: "s1",
  durationMs: 4,
  rows: 100,
  retries: 0,
};
const failed: ExecutionEvent = {
  operation: "countEvents",
  statement: null,
  durationMs: 60_000,
  rows: 0,
  retries: 1,
  error: new QueryTimeoutError("too long", { sqlState: "57014" }),
};

it("counts calls for Prometheus by operation and code, whichever store they are of", async () => {
  const registry = new Registry();
  for (const event of [fine, fine, failed]) prometheusMetrics(registry)(event);
  const text = await registry.metrics();
  expect(text).toContain('eventstore_call_duration_seconds_count{operation="searchEvents"} 2');
  expect(text).toContain('eventstore_call_duration_seconds_bucket{le="0.005",operation="searchEvents"} 2');
  expect(text).toContain('eventstore_call_rows_total{operation="searchEvents"} 200');
  expect(text).toContain('eventstore_call_retries_total{operation="countEvents"} 1');
  expect(text).toContain('eventstore_call_errors_total{operation="countEvents",code="query_timeout"} 1');
  // Names that a program makes up are no series without end.
  for (let at = 0; at < 500; at += 1) prometheusMetrics(registry)({ ...fine, operation: `report ${at}` });
  const series = (await registry.metrics()).match(/^eventstore_call_rows_total\{.*$/gmu) ?? [];
  expect(series).toHaveLength(201);
  expect(series).toContain('eventstore_call_rows_total{operation="other"} 30200');
});

it("makes a span of each call, with its length and what went wrong", () => {
  const spans: Record<string, unknown>[] = [];
  const tracer = {
    startSpan: (name: string, options: SpanOptions): Partial<Span> => {
      const span: Record<string, unknown> = { name, ...options };
      spans.push(span);
      return {
        setAttribute: (key, value) =>
          void ((span["attributes"] as Record<string, unknown>)[key] = value) as never,
        setStatus: (status) => void (span["status"] = status) as never,
        end: (time) => void (span["end"] = time),
      };
    },
  } as Tracer;
  for (const event of [fine, failed]) openTelemetrySpans(tracer)(event);
  expect(spans[0]).toMatchObject({
    name: "searchEvents",
    attributes: { "db.system.name": "postgresql", "db.response.returned_rows": 100 },
  });
  expect(Number(spans[0]?.["end"]) - Number(spans[0]?.["startTime"])).toBe(4);
  expect(spans[1]).toMatchObject({
    attributes: { "error.type": "query_timeout", "db.response.status_code": "57014" },
    status: { code: SpanStatusCode.ERROR, message: "too long" },
  });
  // Without an SDK nothing happens.
  expect(() => openTelemetrySpans(trace.getTracer("none"))(failed)).not.toThrow();
});
