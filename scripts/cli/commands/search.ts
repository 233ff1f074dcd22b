/** `eventstore search`: the events that match a filter. */
import { Option, type Command } from "commander";
import type { EventStorage, SearchResult, SortKey } from "../../../runtime/store/types.js";
import { stopSignal, type CliContext } from "../context.js";
import type { EventWriter } from "../event-writer.js";
import {
  addQueryOptions,
  EVENT_FORMATS,
  examples,
  FILTER_HELP,
  RAW_RULE,
  rawOption,
  type OutputFormat,
} from "../help.js";
import { didYouMean, nearest } from "../../../compiler/values/suggest.js";
import { UsageError } from "../errors.js";
import { nameList } from "../filter-arguments.js";
import { optionRules, type OptionRule } from "../option-rules.js";
import { limitOrAll } from "../options.js";
import { recall, remember } from "../state-file.js";
import { timeField } from "../time-field.js";
import { formatCount, formatEvents } from "../render/numbers.js";
import { foldLines } from "../render/text.js";
import {
  callOptions,
  readFilter,
  setUp,
  withStorage,
  type GivenFilter,
  type QueryCliOptions,
  type Setup,
} from "../setup.js";

interface SearchCliOptions extends QueryCliOptions {
  readonly limit: number;
  readonly format: OutputFormat;
  readonly columns?: readonly string[];
  readonly sort?: string;
  readonly after?: string;
  readonly total?: boolean;
  readonly raw?: boolean;
  readonly expanded?: boolean;
  readonly follow?: boolean;
}

/** Events fetched at a time. */
const PAGE_SIZE = 1000;

const RULES: readonly OptionRule[] = [
  { option: "--columns", with: ["--format table|csv"], why: "json and ndjson have whole events" },
  { option: "--expanded", with: ["--format table"], why: "it is a form of the table" },
  RAW_RULE,
  {
    option: "--follow",
    without: ["--format json", "--total", "--after", "--limit", "--sort", "--name"],
    why: "it has no end: events are shown in the order in which they are stored, until Ctrl-C",
  },
];

/** Adds `search`. */
export function addSearchCommand(program: Command, context: CliContext): void {
  const command = program
    .command("search")
    .summary("show the events that match a filter")
    .description("Show the events that match a filter, the newest first.")
    .argument("[FILTER...]", FILTER_HELP)
    .addOption(
      new Option("-n, --limit <N>", "most events shown, or `all`").argParser(limitOrAll).default(100),
    )
    .addOption(
      new Option("-f, --format <FORMAT>", "how they are shown").choices(EVENT_FORMATS).default("table"),
    )
    .addOption(
      new Option("-c, --columns <NAMES>", "fields shown by table and csv, with commas").argParser(nameList),
    )
    .option(
      "--sort <ORDER>",
      "what comes first: detect_time.desc (default), detect_time.asc, storage_time.desc, storage_time.asc",
    )
    .option(
      "--after <KEY>",
      "continue after this page key, which the previous search printed; `last`: after your last search",
    )
    .option("--follow", "keep showing matching events as they are stored, until Ctrl-C")
    .option("-x, --expanded", "one event below the other, with all values; always so below 60 columns")
    .option("--total", "also count all events that match")
    .addOption(rawOption());
  optionRules(addQueryOptions(command), RULES)
    .addHelpText(
      "after",
      examples([
        ["eventstore search 'source.ip in 195.113.0.0/16 and severity >= high'", "the newest 100"],
        [
          "eventstore search 'detect_time in last 1h' --limit all --format ndjson > hour.ndjson",
          "export an hour",
        ],
        ["eventstore search 'target.port = 22' -c detect_time,source.ip,node.name", "choose the columns"],
        ["eventstore search 'source.ip in $net' -p net=10.0.0.0/8", "a value from outside"],
        ["eventstore search --after last", "the next page of the last search"],
        ["eventstore search --follow 'severity >= high'", "live"],
      ]),
    )
    .action(async (words: readonly string[], _options: unknown, self: Command) =>
      showMatches(words, await setUp<SearchCliOptions>(context, self)),
    );
}

async function showMatches(words: readonly string[], setup: Setup<SearchCliOptions>): Promise<void> {
  const { options, context } = setup;
  checkSort(options.sort, setup);
  const last = options.after === "last" ? await lastSearch(words, setup) : null;
  const given = await readFilter(last?.words ?? words, setup);
  const { eventWriter } = await import("../event-writer.js");
  const writer = eventWriter(context.stdout, {
    ...setup,
    format: options.format,
    columns: options.columns,
    expanded: options.expanded,
    csv: options.raw === true ? "raw" : "safe",
  });
  if (options.follow === true) return follow(given, writer, setup);
  const order = { sort: last?.sort ?? options.sort, after: last?.next ?? options.after };
  const result = await withStorage(setup, (storage) =>
    writePages(storage, given, writer, { ...setup, options: { ...options, ...order } }),
  );
  await writer.end();
  await remember(
    context.env,
    LAST,
    JSON.stringify({ words: last?.words ?? words, sort: order.sort, next: result.next }),
  );
  await tellRest(result, setup);
}

/** Name under which the last search is remembered. */
const LAST = "last-search.json";

/** A search that can be continued. */
interface LastSearch {
  readonly words: readonly string[];
  readonly sort?: string;
  readonly next: string | null;
}

/** The last search of the user. @throws UsageError when there is none, it is at its end, or it was another one */
async function lastSearch(
  words: readonly string[],
  { context, options }: Setup<SearchCliOptions>,
): Promise<LastSearch & { readonly next: string }> {
  const last = readLast(await recall(context.env, LAST));
  if (last === null) throw new UsageError("--after last: there is no search to continue");
  const { next } = last;
  if (words.length > 0 && words.join(" ") !== last.words.join(" "))
    throw new UsageError(
      "--after last: the last search had another filter",
      `it was ${JSON.stringify(last.words.join(" "))}; without a filter it is continued`,
    );
  if (options.sort !== undefined && options.sort !== last.sort)
    throw new UsageError("--after last: the last search had another order", "leave --sort out");
  if (next === null) throw new UsageError("--after last: the last search showed everything there was");
  return { ...last, next };
}

/** What was remembered of a search; null for a text that is none. */
function readLast(text: string): LastSearch | null {
  try {
    return JSON.parse(text) as LastSearch;
  } catch {
    return null;
  }
}

/** Writes events as they are stored, until the command is stopped. */
async function follow(
  given: GivenFilter,
  writer: EventWriter,
  setup: Setup<SearchCliOptions>,
): Promise<void> {
  const { context, catalogue, options } = setup;
  const signal = stopSignal(context);
  const { followEvents } = await import("../follow.js");
  await withStorage(setup, async (storage) => {
    const { now } = context;
    const batches = followEvents({ storage, given, catalogue, now, signal, timeoutMs: options.timeout });
    for await (const events of batches) {
      await writer.page(events);
      await writer.end();
    }
  });
}

/** @throws UsageError for an order that the store has not */
function checkSort(sort: string | undefined, { catalogue }: Setup<SearchCliOptions>): void {
  const { roles } = catalogue.table;
  const times = new Set([timeField(catalogue), ...(roles === undefined ? [] : [roles.stored])]);
  const sorts = [...times].flatMap((time) => [`${time}.desc`, `${time}.asc`]);
  if (sort === undefined || sorts.includes(sort)) return;
  const suggestion = didYouMean(nearest(sort, sorts), '"');
  throw new UsageError(
    `--sort: there is no order "${sort}"`,
    suggestion || `allowed choices are ${sorts.join(", ")}`,
  );
}

/** What there was to show. */
interface Shown {
  readonly count: number;
  /** Where to go on, null at the end. */
  readonly next: string | null;
  readonly total?: number | undefined;
}

async function writePages(
  storage: EventStorage,
  given: GivenFilter,
  writer: EventWriter,
  setup: Setup<SearchCliOptions>,
): Promise<Shown> {
  const { limit, total } = setup.options;
  // The names of the store's orders are those of its catalogue.
  const sort = setup.options.sort as SortKey | undefined;
  let after = setup.options.after;
  let count = 0;
  let all: number | undefined;
  for (;;) {
    const page: SearchResult<string> = await storage.searchEvents({
      ...given,
      ...callOptions(setup),
      sort,
      limit: Math.min(PAGE_SIZE, limit - count),
      after,
      raw: true,
      total: total === true && count === 0,
    });
    await writer.page(page.events);
    count += page.events.length;
    all ??= page.total;
    after = page.next ?? undefined;
    if (!page.hasMore || after === undefined || count >= limit)
      return { count, next: page.hasMore ? (after ?? null) : null, total: all };
  }
}

/** Says on standard error what the rows alone do not tell: that there are none, how many there are in all, how to go on. */
async function tellRest({ count, next, total }: Shown, { context }: Setup<SearchCliOptions>): Promise<void> {
  const { stderr } = context;
  if (count === 0) return stderr.write("No event matches.\n");
  const all = total === undefined ? "" : ` of ${formatCount(total)}`;
  if (next !== null) {
    // A person continues with `last`; the key, longer than a line, is for programs.
    const key = stderr.isTerminal ? "" : `, or --after ${next}`;
    const line = `The first ${formatCount(count)}${all}. There are more: --limit all, or --after last${key}`;
    return stderr.writeLines(
      foldLines(line, stderr.width)
        .split("\n")
        .map((part) => stderr.paint("dim", part)),
    );
  }
  if (stderr.isTerminal || total !== undefined)
    await stderr.writeLines([stderr.paint("dim", `${formatEvents(count)}${all}.`)]);
}
