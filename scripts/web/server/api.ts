/** The JSON answers of the explorer, one handler a path. */
import { explainCompiled } from "../../../compiler/explain/explain.js";
import { passTexts } from "../../../compiler/explain/pass-texts.js";
import { compileFilter, type CompiledFilter } from "../../../compiler/compile.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import type { DataCall, ExplorerData } from "../shared/data.js";
import { filterArguments } from "../../cli/filter-arguments.js";
import type { Api, ApiContext } from "./api-context.js";
import { eventStream, STREAM_FORMATS } from "./export.js";
import { openApiDocument } from "./openapi.js";
import {
  ASKED,
  readAsked,
  readCount,
  readColumn,
  readField,
  readParameters,
  readSort,
  readStep,
  readZone,
  type Asked,
  type Parameters,
} from "./parameters.js";
import { RequestError } from "./problem.js";
import { sentCatalogue } from "../shared/catalogue-json.js";
import { argumentSources } from "../shared/argument-source.js";
import { rolesOf } from "../shared/catalogue-roles.js";
import { ParameterError } from "../shared/compose.js";
import { tailStream } from "./tail.js";

/** Answers a request; errors are thrown. */
export type Handler = (context: ApiContext) => Promise<Response>;

/** Values of one list at most. */
const MAX_VALUES = 1000;

/** The handlers by path. */
export function apiHandlers(api: Api): Readonly<Record<string, Handler>> {
  const query = queries(api);
  return {
    "/api/search": query("search", ["limit", "after", "sort"], async ({ asked, parameters, data, call }) => {
      const limit = readCount(parameters, "limit", { fallback: 100, most: api.limits.pageEvents });
      const sort = readSort(parameters, api.filterOptions);
      const after = parameters.text("after");
      const page = await data.search({ ...asked, limit, sort, after }, call);
      return {
        answer: { events: page.events, next: page.next, hasMore: page.hasMore },
        rows: page.events.length,
      };
    }),
    "/api/count": query("count", [], async ({ asked, data, call }) => {
      const count = await data.count(asked, call);
      return { answer: { count }, rows: 1 };
    }),
    "/api/top/:field": query("top", ["limit"], async ({ asked, parameters, data, call, context }) => {
      const field = readField(context.req.param("field") ?? "", asked.options);
      const limit = readCount(parameters, "limit", { fallback: 20, most: MAX_VALUES });
      const rows = await data.top({ ...asked, field, limit }, call);
      return { answer: rows, rows: rows.length };
    }),
    "/api/summary": query("summary", ["by", "limit"], async ({ asked, parameters, data, call }) => {
      const by = (parameters.text("by") ?? "").split(",").filter((name) => name !== "");
      if (by.length === 0 || by.length > 20)
        throw new ParameterError("by is 1 to 20 fields, separated by commas");
      const fields = by.map((name) => readField(name, asked.options));
      const limit = readCount(parameters, "limit", { fallback: 10, most: MAX_VALUES });
      const answer = await data.summary({ ...asked, by: fields, limit }, call);
      return { answer, rows: fields.length };
    }),
    "/api/timeline": query("timeline", ["step", "by", "limit"], async ({ asked, parameters, data, call }) => {
      const name = parameters.text("by");
      const answer = await data.timeline(
        {
          ...asked,
          step: readStep(parameters),
          by: name === undefined ? undefined : readField(name, asked.options),
          limit: readCount(parameters, "limit", { fallback: 8, most: 100 }),
          timeZone: asked.zone,
        },
        call,
      );
      return { answer, rows: answer.buckets.length };
    }),
    "/api/events/:id": (context) => oneEvent(api, context),
    "/api/explain": explainHandler(api),
    "/api/fields": (context) => fieldsOf(api, context),
    "/api/status": (context) => statusOf(api, context),
    "/api/stream": streamHandler(api),
    "/api/tail": tailHandler(api),
    "/api/openapi.json": async (context) => {
      readParameters(new URL(context.req.url).searchParams, TOKEN);
      return context.json(openApiDocument(api.version));
    },
  };
}

/** The token may be in the address of any request. */
const TOKEN = ["token"] as const;

interface Answer {
  readonly answer: unknown;
  readonly rows: number;
}

/** A request that asks events, read. */
interface Inquiry {
  readonly asked: Asked;
  readonly parameters: Parameters;
  /** The events that the user may see. */
  readonly data: ExplorerData;
  readonly call: DataCall;
  readonly context: ApiContext;
}

type Work = (inquiry: Inquiry) => Promise<Answer>;

/** Handlers that ask events: they wait for their turn, end with their request, and are logged. */
function queries(api: Api): (operation: string, names: readonly string[], work: Work) => Handler {
  return (operation, names, work) => async (context) => {
    const parameters = readParameters(new URL(context.req.url).searchParams, [...TOKEN, ...ASKED, ...names]);
    const user = context.get("user");
    const asked = readAsked(parameters, api.filterOptions);
    const data = api.dataFor(user);
    const call = { signal: context.req.raw.signal, timeoutMs: api.limits.timeoutMs };
    const { answer } = await api.log.watch({ operation, user, filter: asked.written }, () =>
      api.gate.pass(call.signal, () => work({ asked, parameters, data, call, context })),
    );
    return context.json(answer as object);
  };
}

async function oneEvent(api: Api, context: ApiContext): Promise<Response> {
  readParameters(new URL(context.req.url).searchParams, TOKEN);
  const { catalogue = IDEA_CATALOGUE } = api.filterOptions;
  const id = context.req.param("id") ?? "";
  const { id: idField } = rolesOf(catalogue);
  if (idField === null) throw new RequestError(404, "event_missing", "the events of this table have no key");
  const user = context.get("user");
  const data = api.dataFor(user);
  const wanted = compileFilter(`${idField} = $id`, api.filterOptions);
  const question = { filter: wanted, args: idArguments(id, wanted) };
  const call = { signal: context.req.raw.signal, timeoutMs: api.limits.timeoutMs };
  const { events } = await api.log.watch({ operation: "event", user, filter: id }, async () => {
    const page = await api.gate.pass(call.signal, () =>
      data.search({ ...question, limit: 1, sort: "detect_time.desc" }, call),
    );
    return { events: page.events, rows: page.events.length };
  });
  if (events.length === 0) throw new RequestError(404, "event_missing", "there is no event with this id");
  return context.json(events[0] as object);
}

/** @throws RequestError for a text that is no identifier of this table, so that no event has it */
function idArguments(id: string, filter: CompiledFilter): Readonly<Record<string, unknown>> {
  try {
    return filterArguments([`id=${id}`], filter);
  } catch {
    throw new RequestError(404, "event_missing", "there is no event with this id");
  }
}

function explainHandler(api: Api): Handler {
  return async (context) => {
    const parameters = readParameters(new URL(context.req.url).searchParams, [
      ...TOKEN,
      "filter",
      "param",
      "zone",
    ]);
    const zone = readZone(parameters, api.filterOptions.timeZone ?? "UTC");
    const filter = compileFilter(parameters.text("filter") ?? "", { ...api.filterOptions, timeZone: zone });
    const args = filterArguments(parameters.all("param"), filter);
    return context.json({
      ...explainCompiled(filter, args, new Date()),
      arguments: argumentSources(args),
      passes: passTexts(filter.source, { ...api.filterOptions, timeZone: zone }),
    });
  };
}

async function fieldsOf(api: Api, context: ApiContext): Promise<Response> {
  readParameters(new URL(context.req.url).searchParams, TOKEN);
  const { catalogue = IDEA_CATALOGUE, sets = {}, filters = {}, timeZone = "UTC" } = api.filterOptions;
  const fields = catalogue.fields.map(({ name, type, list, description, example }) => ({
    name,
    type,
    list,
    description,
    example,
  }));
  return context.json({
    fields,
    catalogue: sentCatalogue(catalogue),
    sets,
    filters,
    timeZone,
    live: api.isLive,
    user: context.get("user"),
    limits: api.limits,
    version: api.version,
  });
}

async function statusOf(api: Api, context: ApiContext): Promise<Response> {
  readParameters(new URL(context.req.url).searchParams, TOKEN);
  const call = { signal: context.req.raw.signal, timeoutMs: api.limits.timeoutMs };
  const data = api.dataFor(context.get("user"));
  return context.json(await api.gate.pass(call.signal, () => data.status(call)));
}

function streamHandler(api: Api): Handler {
  return async (context) => {
    const names = [...TOKEN, ...ASKED, "limit", "sort", "format", "columns"];
    const parameters = readParameters(new URL(context.req.url).searchParams, names);
    const asked = readAsked(parameters, api.filterOptions);
    const format = STREAM_FORMATS.find((known) => known === (parameters.text("format") ?? "ndjson"));
    if (format === undefined) throw new ParameterError(`format is one of ${STREAM_FORMATS.join(", ")}`);
    const { exportEvents: most, timeoutMs } = api.limits;
    const limit = readCount(parameters, "limit", { fallback: most, most });
    const sort = readSort(parameters, api.filterOptions);
    const columns = (parameters.text("columns") ?? "").split(",").filter((name) => name !== "");
    return eventStream({
      api,
      question: { ...asked, sort },
      written: asked.written,
      user: context.get("user"),
      limit,
      format,
      columns: columns.map((name) => readColumn(name, asked.options)),
      request: context.req.raw,
      timeoutMs,
    });
  };
}

function tailHandler(api: Api): Handler {
  return async (context) => {
    const parameters = readParameters(new URL(context.req.url).searchParams, [...TOKEN, ...ASKED]);
    const asked = readAsked(parameters, api.filterOptions);
    if (!api.isLive) throw new RequestError(404, "not_live", "the events of a file do not change");
    return tailStream(api, asked, context.req.raw.signal, context.get("user"));
  };
}
