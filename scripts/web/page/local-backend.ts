/** Answers about events in this browser: of a dropped file, or of the playground. */
import type { FilterOptions } from "../../../compiler/compile.js";
import { compileFilter } from "../../../compiler/compile.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { explainCompiled } from "../../../compiler/explain/explain.js";
import { passTexts } from "../../../compiler/explain/pass-texts.js";
import { searchPathWords } from "../../../compiler/explain/search-path.js";
import { FilterError } from "../../../grammar/filter-error.js";
import { parseEventTime } from "../../../compiler/values/time.js";
import { filterArguments } from "../../cli/filter-arguments.js";
import { eventList } from "../engine/event-list.js";
import { listData } from "../engine/list-data.js";
import { nextTurn, pausing } from "../engine/pause.js";
import type {
  IdeaObject,
  StatusAnswer,
  SummaryAnswer,
  TimelineAnswer,
  ViewQuery,
} from "../shared/answers.js";
import { argumentSources } from "../shared/argument-source.js";
import { askFor, ParameterError, rangeFilter } from "../shared/compose.js";
import type { ExplorerData, Question } from "../shared/data.js";
import { csvLines } from "./csv-lines.js";
import { BackendError, type Backend, type ExportChoice } from "./backend.js";

/** Events, and where they came from. */
export interface LocalEvents {
  readonly description: string;
  readonly events: readonly unknown[];
  readonly options: FilterOptions;
  /** Parts of the file that are no event. */
  readonly problems: number;
}

/** A list of events as a backend. */
export async function localBackend(given: LocalEvents, signal: AbortSignal): Promise<Backend> {
  const { options } = given;
  const catalogue = options.catalogue ?? IDEA_CATALOGUE;
  const { list, refused } = await eventList(given.events, catalogue, pausing(signal, nextTurn));
  const data = listData(list, {
    description: given.description,
    details: { "left out": refused, "not events": given.problems },
  });
  const positions = new Map(list.ids.map((id, position) => [id, position]));
  const ask = <T>(query: ViewQuery, work: (question: Question & Bounds) => Promise<T>): Promise<T> =>
    told(() => work(questionOf(query, options)));
  return {
    kind: "file",
    fields: () =>
      Promise.resolve({
        catalogue,
        sets: options.sets ?? {},
        filters: options.filters ?? {},
        timeZone: options.timeZone ?? "UTC",
        live: false,
        user: null,
      }),
    status: async (end) => (await plain(data.status({ signal: end }))) as StatusAnswer,
    search: ({ sort, limit, after, ...query }, end) =>
      ask(query, async (question) => {
        const order = sort === "detect_time.asc" ? sort : "detect_time.desc";
        const page = await data.search(
          { ...question, sort: order, limit, after: after ?? undefined },
          { signal: end },
        );
        return { ...page, events: page.events as readonly IdeaObject[] };
      }),
    count: (query, end) => ask(query, (question) => data.count(question, { signal: end })),
    timeline: (query, by, end) =>
      ask(query, async (question) => {
        const wanted = { ...question, by: by === "" ? undefined : by, limit: 8, timeZone: query.zone };
        return (await plain(data.timeline(wanted, { signal: end }))) as TimelineAnswer;
      }),
    summary: (query, fields, end) =>
      ask(query, (question): Promise<SummaryAnswer> =>
        data.summary({ ...question, by: fields, limit: 8 }, { signal: end }),
      ),
    event: (id) => Promise.resolve((list.events[positions.get(id) ?? -1] ?? null) as IdeaObject | null),
    explain: (query) => told(() => Promise.resolve(explanationOf(query, options))),
    exportAddress: (query, choice, end) =>
      ask(query, (question) => exportBlob(data, question, { ...choice, signal: end, options })),
    tail: null,
  };
}

/** What the page shows of how a filter is understood. */
function explanationOf(
  { filter, params, zone }: Pick<ViewQuery, "filter" | "params" | "zone">,
  options: FilterOptions,
) {
  const zoned = { ...options, timeZone: zone };
  const compiled = compileFilter(filter, zoned);
  const args = filterArguments(params, compiled);
  const explanation = explainCompiled(compiled, args, new Date());
  return {
    ...explanation,
    arguments: argumentSources(args),
    search: searchPathWords(explanation.search),
    passes: passTexts(filter, zoned),
  };
}

interface Bounds {
  readonly from: Date | undefined;
  readonly to: Date | undefined;
}

function questionOf({ filter, params, from, to, zone }: ViewQuery, base: FilterOptions): Question & Bounds {
  const options = { ...base, timeZone: zone };
  const micros = (text: string | null) => (text === null ? null : parseEventTime(text));
  const range = rangeFilter({ from: micros(from), to: micros(to) }, options);
  const date = (text: string | null) => (text === null ? undefined : new Date(text));
  const args = filterArguments(params, compileFilter(filter, options));
  return { ...askFor([filter, range ?? []].flat(), args, options), from: date(from), to: date(to) };
}

/** Dates as texts, as an answer over HTTP would have them. */
async function plain(answer: Promise<unknown>): Promise<unknown> {
  return JSON.parse(JSON.stringify(await answer)) as unknown;
}

/** Mistakes as the server would tell them. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FilterError) {
      const { diagnostics } = error;
      const message =
        diagnostics.find(({ severity }) => severity === "error")?.message ?? "the filter is wrong";
      throw new BackendError(400, { code: "filter_invalid", message, diagnostics });
    }
    if (error instanceof ParameterError || (error instanceof Error && error.name !== "AbortError"))
      throw new BackendError(400, { code: "argument_invalid", message: error.message });
    throw error;
  }
}

interface ExportSettings extends ExportChoice {
  readonly signal: AbortSignal;
  readonly options: FilterOptions;
}

async function exportBlob(
  data: ExplorerData,
  question: Question,
  { format, columns, signal, options }: ExportSettings,
): Promise<string> {
  const lines: string[] = [];
  const cells = csvLines(columns, options.catalogue ?? IDEA_CATALOGUE);
  if (format === "csv") lines.push(cells.head);
  for await (const event of data.stream({ ...question, sort: "detect_time.desc" }, { signal }))
    lines.push(format === "csv" ? cells.line(event) : JSON.stringify(event));
  const type = format === "csv" ? "text/csv" : "application/x-ndjson";
  return URL.createObjectURL(new Blob([lines.join("\n"), "\n"], { type }));
}
