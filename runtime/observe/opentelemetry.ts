/** `idea-eventstore/opentelemetry`: a span for each call to the database, with the package `@opentelemetry/api` of the application. */
import { SpanKind, SpanStatusCode, trace, type Tracer } from "@opentelemetry/api";
import type { EventHook } from "../postgres/session.js";

/**
 * What to give `openStorage` as `onEvent`: a client span for each call, within the span that is active where the call was made, with the attributes of
 * the semantic conventions for databases. No values of filters and no events are in them; the message of an error, which is the status of its span, may
 * name a value that the server refused. Without an SDK the spans go nowhere.
 *
 * @param tracer that of your application; one with the name of this package when absent
 * @example
 * const storage = await openStorage({ onEvent: openTelemetrySpans() });
 */
export function openTelemetrySpans(tracer: Tracer = trace.getTracer("idea-eventstore")): EventHook {
  return ({ operation, statement, durationMs, rows, retries, error }) => {
    const endTime = Date.now();
    const span = tracer.startSpan(operation, {
      kind: SpanKind.CLIENT,
      startTime: endTime - durationMs,
      attributes: {
        "db.system.name": "postgresql",
        "db.operation.name": operation,
        "db.response.returned_rows": rows,
        "eventstore.retries": retries,
        ...(statement === null ? {} : { "eventstore.statement": statement }),
      },
    });
    if (error !== undefined) {
      span.setAttribute("error.type", error.code);
      if (error.sqlState !== undefined) span.setAttribute("db.response.status_code", error.sqlState);
      span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    }
    span.end(endTime);
  };
}
