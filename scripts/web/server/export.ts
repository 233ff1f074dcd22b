/** Events as a download: NDJSON or CSV, row by row, ended when the client goes away. */
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import type { SortKey } from "../../../runtime/store/types.js";
import { csvColumns, eventColumns } from "../../cli/event-columns.js";
import { csvLine } from "../../cli/render/csv.js";
import type { Question } from "../shared/data.js";
import type { Api } from "./api-context.js";

/** Forms of an export. */
export const STREAM_FORMATS = ["ndjson", "csv"] as const;

const CONTENT_TYPES = { ndjson: "application/x-ndjson", csv: "text/csv; charset=utf-8" } as const;

/** What is sent, and in which form. */
export interface Export {
  readonly api: Api;
  readonly question: Question & { readonly sort: SortKey };
  /** The filter as the person wrote it, for the log. */
  readonly written: string;
  readonly user: string | null;
  readonly limit: number;
  readonly format: (typeof STREAM_FORMATS)[number];
  /** Columns of CSV; none: the usual ones. */
  readonly columns: readonly string[];
  readonly request: Request;
  readonly timeoutMs: number;
}

/** Lines gathered before they are sent. */
const CHUNK_CHARACTERS = 64 * 1024;

/**
 * The answer. A mistake in the query is told by the status, as the first events are waited for; what fails later breaks the answer off, so that no one
 * takes a part for the whole.
 */
export async function eventStream(wanted: Export): Promise<Response> {
  const ended = new AbortController();
  const signal = AbortSignal.any([wanted.request.signal, ended.signal]);
  const chunks = textChunks(wanted, signal);
  const first = await chunks.next();
  const encoder = new TextEncoder();
  let next: IteratorResult<string, void> | null = first;
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const result = next ?? (await chunks.next());
      next = null;
      if (result.done === true) controller.close();
      else controller.enqueue(encoder.encode(result.value));
    },
    cancel: async () => {
      ended.abort();
      await chunks.return().catch(() => undefined);
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": CONTENT_TYPES[wanted.format],
      "Content-Disposition": `attachment; filename="events.${wanted.format}"`,
    },
  });
}

async function* textChunks(wanted: Export, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
  const { api, written, user } = wanted;
  // The gate takes a promise; the stream holds its place until it ends.
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => (leave = resolve));
  await new Promise<void>((resolve, reject) => {
    api.gate.pass(signal, () => (resolve(), left)).catch(reject);
  });
  const entry = api.log.start({ operation: "stream", user, filter: written });
  let rows = 0;
  try {
    let text = "";
    for await (const line of lines(wanted, signal)) {
      rows++;
      text += line + "\n";
      if (text.length < CHUNK_CHARACTERS) continue;
      yield text;
      text = "";
    }
    if (text !== "") yield text;
    entry.done(rows);
  } catch (error) {
    entry.failed(error);
    throw error;
  } finally {
    if (signal.aborted) entry.failed(new DOMException("given up", "AbortError"));
    leave();
  }
}

async function* lines(
  { api, question, user, limit, format, columns, timeoutMs }: Export,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const { catalogue = IDEA_CATALOGUE } = api.filterOptions;
  const names = columns.length > 0 ? columns : csvColumns(catalogue);
  const cells = format === "csv" ? eventColumns(names, catalogue, { kind: "iso" }) : null;
  if (cells !== null) yield csvLine(names);
  let count = 0;
  for await (const event of api.dataFor(user).stream(question, { signal, timeoutMs })) {
    yield cells === null ? JSON.stringify(event) : csvLine(cells.map(({ read }) => read(event).join(" ")));
    if (++count >= limit) return;
  }
}
