/** Events as they come in, as server-sent events. */
import { setTimeout as delay } from "node:timers/promises";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { rolesOf } from "../shared/catalogue-roles.js";
import { idReader } from "../shared/catalogue-view.js";
import { askFor } from "../shared/compose.js";
import type { ExplorerData } from "../shared/data.js";
import type { Api } from "./api-context.js";
import type { Asked } from "./parameters.js";
import { problemOf } from "./problem.js";

/** Milliseconds between two looks. */
const PAUSE_MS = 1_000;

/**
 * Milliseconds that a look reaches back: an event gets its time of storing before it is committed, by the clock of whoever stores it.
 */
const REACH_MS = 30_000;

/** Events that one look brings at most. */
const MOST = 500;

/** Identifiers that are remembered, so that no event comes twice. */
const REMEMBERED = 20_000;

/** The answer: `event: events` with a JSON list each time that there are new ones, and a comment while there are none. */
export function tailStream(
  api: Api,
  asked: Asked,
  requestSignal: AbortSignal,
  user: string | null,
): Response {
  const ended = new AbortController();
  const signal = AbortSignal.any([requestSignal, ended.signal]);
  const encoder = new TextEncoder();
  const messages = tailMessages(api, asked, signal, user);
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await messages.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      ended.abort();
      await messages.return().catch(() => undefined);
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream", "X-Accel-Buffering": "no" } });
}

async function* tailMessages(
  api: Api,
  asked: Asked,
  signal: AbortSignal,
  user: string | null,
): AsyncGenerator<string, void, undefined> {
  const look = looker(api, asked, { data: api.dataFor(user), signal });
  const entry = api.log.start({ operation: "tail", user, filter: asked.written });
  let rows = 0;
  try {
    // What is there at the start is not new.
    await look();
    yield ": looking\n\n";
    for (;;) {
      await delay(PAUSE_MS, undefined, { signal });
      const events = await look();
      rows += events.length;
      yield events.length === 0 ? ": none\n\n" : `event: events\ndata: ${JSON.stringify(events)}\n\n`;
    }
  } catch (error) {
    if (!signal.aborted) yield `event: problem\ndata: ${JSON.stringify(problemOf(error))}\n\n`;
  } finally {
    entry.done(rows);
  }
}

/** Looks for events that were not there at the look before: by their time of storing, and among the newest by their own time. */
function looker(
  api: Api,
  asked: Asked,
  { data, signal }: { readonly data: ExplorerData; readonly signal: AbortSignal },
): () => Promise<readonly unknown[]> {
  const { catalogue = IDEA_CATALOGUE } = api.filterOptions;
  const { stored } = rolesOf(catalogue);
  const readId = idReader(catalogue);
  const seen = new Set<string>();
  const call = { signal, timeoutMs: api.limits.timeoutMs };
  return async () => {
    const since = new Date(Date.now() - REACH_MS).toISOString();
    const recent =
      stored === null ? null : askFor([asked.filter, `${stored} >= ${since}`], asked.args, asked.options);
    const pages = await api.gate.pass(signal, () =>
      Promise.all([
        recent === null ? [] : data.search({ ...recent, sort: "storage_time.desc", limit: MOST }, call),
        data.search({ ...asked, sort: "detect_time.desc", limit: 100 }, call),
      ]),
    );
    const fresh = pages
      .flatMap((page) => ("events" in page ? page.events : []))
      .filter((event) => {
        const id = readId(event);
        if (id === "" || seen.has(id)) return false;
        seen.add(id);
        return true;
      });
    for (const id of seen) {
      if (seen.size <= REMEMBERED) break;
      seen.delete(id);
    }
    return fresh;
  };
}
