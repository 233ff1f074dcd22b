/** The API's description, OpenAPI 3.1. */

interface ParameterText {
  readonly description: string;
  readonly type?: "integer" | "string";
}

const QUERY: Readonly<Record<string, ParameterText>> = {
  filter: { description: "Filter; every event when absent." },
  param: { description: "Value of a $parameter of the filter, NAME=VALUE; may be repeated." },
  from: { description: "Start of the time that is looked at, inclusive: 2024-05-01T08:00:00Z, now-24h." },
  to: { description: "End of the time that is looked at, exclusive." },
  zone: { description: "Time zone of times without offset and of calendar steps." },
};

const LIMIT: Readonly<Record<string, ParameterText>> = {
  limit: { description: "Most rows returned.", type: "integer" },
};
const SORT: Readonly<Record<string, ParameterText>> = {
  sort: { description: "detect_time.desc, detect_time.asc, storage_time.desc or storage_time.asc." },
};

const EVENT = { type: "object", description: "An IDEA event." };
const COUNT = { type: "integer", minimum: 0 };
const VALUES = {
  type: "array",
  items: {
    type: "object",
    properties: { value: { description: "null: events without a value" }, count: COUNT },
    required: ["value", "count"],
  },
};
const TIME = { type: "string", format: "date-time" };

const object = (properties: Readonly<Record<string, unknown>>): object => ({
  type: "object",
  properties,
  required: Object.keys(properties),
});

interface Operation {
  readonly summary: string;
  readonly parameters: Readonly<Record<string, ParameterText>>;
  readonly schema: object;
  readonly type?: string;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  "/api/search": {
    summary: "A page of events",
    parameters: { ...QUERY, ...LIMIT, ...SORT, after: { description: "The `next` of the page before." } },
    schema: object({
      events: { type: "array", items: EVENT },
      next: { type: ["string", "null"] },
      hasMore: { type: "boolean" },
    }),
  },
  "/api/count": { summary: "How many events match", parameters: QUERY, schema: object({ count: COUNT }) },
  "/api/top/{field}": {
    summary: "The most frequent values of a field",
    parameters: { ...QUERY, ...LIMIT },
    schema: VALUES,
  },
  "/api/summary": {
    summary: "The most frequent values of several fields",
    parameters: { ...QUERY, ...LIMIT, by: { description: "Fields, separated by commas." } },
    schema: object({ total: COUNT, panels: { type: "object", additionalProperties: VALUES } }),
  },
  "/api/timeline": {
    summary: "Events over time",
    parameters: {
      ...QUERY,
      ...LIMIT,
      step: { description: "Length of a bucket: 5m, 1h, 1d; chosen when absent." },
      by: { description: "Field by whose values each bucket is split." },
    },
    schema: object({
      buckets: { type: "array", items: object({ from: TIME, to: TIME, count: COUNT }) },
      total: COUNT,
      step: { type: "string" },
    }),
  },
  "/api/events/{id}": { summary: "One event", parameters: {}, schema: EVENT },
  "/api/explain": {
    summary: "What a filter means and how it runs",
    parameters: { filter: QUERY["filter"]!, param: QUERY["param"]!, zone: QUERY["zone"]! },
    schema: { type: "object" },
  },
  "/api/fields": {
    summary: "The fields of the language, named sets, saved filters",
    parameters: {},
    schema: { type: "object" },
  },
  "/api/status": { summary: "How much there is to look at", parameters: {}, schema: { type: "object" } },
  "/api/stream": {
    summary: "Events as a download",
    parameters: {
      ...QUERY,
      ...LIMIT,
      ...SORT,
      format: { description: "ndjson (default) or csv." },
      columns: { description: "Fields of the CSV, separated by commas." },
    },
    schema: { type: "string" },
    type: "application/x-ndjson",
  },
  "/api/tail": {
    summary: "Events as they come in (server-sent events)",
    parameters: QUERY,
    schema: { type: "string" },
    type: "text/event-stream",
  },
};

const PROBLEM = object({ code: { type: "string" }, message: { type: "string" } });

/** The document. */
export function openApiDocument(version: string): object {
  return {
    openapi: "3.1.0",
    info: {
      title: "idea-eventstore explorer",
      version,
      description: "Reading access to the events of a store.",
    },
    paths: Object.fromEntries(
      Object.entries(OPERATIONS).map(([path, operation]) => [
        path,
        { get: operationObject(path, operation) },
      ]),
    ),
    components: { schemas: { Problem: PROBLEM } },
  };
}

function operationObject(
  path: string,
  { summary, parameters, schema, type = "application/json" }: Operation,
): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const inQuery = Object.entries(parameters).map(([name, text]) => ({
    name,
    in: "query",
    description: text.description,
    schema: { type: text.type ?? "string" },
  }));
  const problem = (description: string): object => ({
    description,
    content: { "application/json": { schema: { $ref: "#/components/schemas/Problem" } } },
  });
  return {
    summary,
    operationId: path
      .replace(/^\/api\//, "")
      .replace(/\W+/g, "_")
      .replace(/_$/, ""),
    parameters: [...inPath, ...inQuery],
    responses: {
      "200": { description: "The answer", content: { [type]: { schema } } },
      "400": problem("A mistake in the filter (with its diagnostics) or in a parameter"),
      "401": problem("No token"),
      "504": problem("The query took longer than allowed"),
    },
  };
}
