/** OpenTelemetry: a span for each call to the database. Without an SDK the spans go nowhere, and nothing breaks. */
import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { openStorage } from "idea-eventstore";

const tracer = trace.getTracer("events");
const names: string[] = [];

const storage = await openStorage({
  connectionString: process.env["DATABASE_URL"],
  onEvent: ({ operation, durationMs, rows, retries, error }) => {
    const endTime = Date.now();
    const span = tracer.startSpan(operation, {
      kind: SpanKind.CLIENT,
      startTime: endTime - durationMs,
      attributes: { "db.system": "postgresql", "db.rows": rows, "db.retries": retries },
    });
    if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    span.end(endTime);
    names.push(operation);
  },
});
const { events } = await storage.searchEvents({ filter: "severity >= medium" });
await storage.close();
if (names.length === 0) throw new Error("no call was reported");
console.log(JSON.stringify(events.map((event) => event["ID"])));
