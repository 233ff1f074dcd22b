/** Answers of the server. */
import type { ExplainAnswer, FieldsAnswer, IdeaObject, ProblemAnswer, ViewQuery } from "../shared/answers.js";
import { searchPathWords, type SearchPath } from "../../../compiler/explain/search-path.js";
import { receivedCatalogue, type SentCatalogue } from "../shared/catalogue-json.js";
import { BackendError, type Backend, type TailListener } from "./backend.js";

type SentFields = Omit<FieldsAnswer, "catalogue"> & { readonly catalogue: SentCatalogue };

type Parameters = Readonly<Record<string, string | number | readonly string[] | null>>;

/** The server that the page came from. */
export function httpBackend(): Backend {
  return {
    kind: "server",
    fields: async (signal) => {
      const answer = await ask<SentFields>("api/fields", {}, signal);
      return { ...answer, catalogue: receivedCatalogue(answer.catalogue) };
    },
    status: (signal) => ask("api/status", {}, signal),
    search: ({ sort, limit, after, ...query }, signal) =>
      ask("api/search", { ...queryParameters(query), sort, limit, after }, signal),
    count: async (query, signal) =>
      (await ask<{ readonly count: number }>("api/count", queryParameters(query), signal)).count,
    timeline: (query, by, signal) =>
      ask("api/timeline", { ...queryParameters(query), by: by === "" ? null : by, limit: 8 }, signal),
    summary: (query, fields, signal) =>
      ask("api/summary", { ...queryParameters(query), by: fields.join(","), limit: 8 }, signal),
    event: async (id, signal) => {
      try {
        return await ask<IdeaObject>(`api/events/${encodeURIComponent(id)}`, {}, signal);
      } catch (error) {
        if (error instanceof BackendError && error.status === 404) return null;
        throw error;
      }
    },
    explain: async ({ filter, params, zone }, signal) => {
      type Sent = Omit<ExplainAnswer, "search"> & { readonly search: SearchPath };
      const explanation = await ask<Sent>("api/explain", { filter, param: params, zone }, signal);
      return { ...explanation, search: searchPathWords(explanation.search) };
    },
    exportAddress: (query, { format, columns }) => {
      const chosen = format === "csv" ? columns.join(",") : null;
      return Promise.resolve(address("api/stream", { ...queryParameters(query), format, columns: chosen }));
    },
    tail,
  };
}

function queryParameters({ filter, params, from, to, zone }: ViewQuery): Parameters {
  return { filter, param: params, from, to, zone };
}

function address(path: string, parameters: Parameters): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const one of [value].flat()) if (one !== null) search.append(name, String(one));
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

async function ask<T>(path: string, parameters: Parameters, signal: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(address(path, parameters), { signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new BackendError(0, { code: "server_away", message: "the server does not answer" });
  }
  if (response.ok) return (await response.json()) as T;
  throw new BackendError(response.status, await problemOf(response));
}

async function problemOf(response: Response): Promise<ProblemAnswer> {
  try {
    return (await response.json()) as ProblemAnswer;
  } catch {
    return { code: "server_error", message: `the server answered ${response.status}` };
  }
}

function tail(query: ViewQuery, listener: TailListener): () => void {
  const source = new EventSource(address("api/tail", queryParameters({ ...query, from: null, to: null })));
  source.addEventListener("events", ({ data }: MessageEvent<string>) =>
    listener.events(JSON.parse(data) as readonly IdeaObject[]),
  );
  source.addEventListener("problem", ({ data }: MessageEvent<string>) =>
    listener.problem((JSON.parse(data) as ProblemAnswer).message),
  );
  source.addEventListener("error", () => {
    // The browser tries again by itself, unless the answer was a refusal.
    if (source.readyState === EventSource.CLOSED) listener.problem("the server refused to go on");
  });
  return () => source.close();
}
