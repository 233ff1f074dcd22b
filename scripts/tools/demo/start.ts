/** `npm start`: from nothing to a searched event store, with everything shown that happens on the way. */
import { parseArgs } from "node:util";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { compileFilter } from "../../../compiler/compile.js";
import { readEvents } from "../../../runtime/events/read-events.js";
import type { EventStorage } from "../../../runtime/store/types.js";
import { rowLabel, topLines } from "../../cli/commands/top.js";
import { stopSignal, type CliContext } from "../../cli/context.js";
import { CliError, EXIT, Exit, UsageError } from "../../cli/errors.js";
import { reportError } from "../../cli/report-error.js";
import { eventWriter } from "../../cli/event-writer.js";
import { findInputs } from "../../cli/ingest/inputs.js";
import { rejectionLines, summaryLine } from "../../cli/ingest/report.js";
import { ingestWithProgress } from "../../cli/ingest/with-progress.js";
import { processContext } from "../../cli/process-context.js";
import { highlightFilterText } from "../../cli/render/highlight.js";
import { formatCount, formatElapsed, formatEvents } from "../../cli/render/numbers.js";
import { OutputClosed } from "../../cli/render/output.js";
import { createProgressLine } from "../../cli/render/progress.js";
import { highlightSql, parameterLines, wrapSql } from "../../cli/render/sql.js";
import { drawingWidth } from "../../cli/render/terminal.js";
import { timelineLines } from "../../cli/render/timeline.js";
import { daysOf, tellingFilters, type TellingFilter } from "./filters.js";
import { demoWeek } from "./week.js";

const USAGE = `Usage: npm start [-- FILE...]

Starts the store of this folder, fills it with the events of the files (or with
generated ones if it is empty), and shows what one can ask it.`;

/** Events from which the filters are chosen. */
const SAMPLE = 1000;

const ROWS = 3;
const TIME_ZONE = "UTC";
/** Where `npx eventstore` looks, too, when it is told nothing else. */
const DATA_FOLDER = ".eventstore";

/** Runs the demonstration. @returns the exit code */
async function demonstrate(files: readonly string[], context: CliContext): Promise<number> {
  const { stdout, stderr } = context;
  const heading = (text: string): Promise<void> => stdout.write(`\n${stdout.paint("bold", text)}\n`);
  const start = Date.now();
  await heading("1. The store");
  await stdout.write("Looking for PostgreSQL: this machine, a container, the embedded one …\n");
  const storage = await context.openStorage({
    // A folder of its own: demonstration events have no business in the database that DATABASE_URL names.
    dataDir: DATA_FOLDER,
    timeZone: TIME_ZONE,
    onProgress: (message) => void stderr.write(stderr.paint("dim", message) + "\n"),
  });
  try {
    await storage.databaseCreate({ signal: stopSignal(context) });
    await stdout.write(`${storage.description}, ready after ${formatElapsed(Date.now() - start)}\n`);

    await heading("2. The events");
    const sample =
      files.length > 0 ? await ingestFiles(storage, files, context) : await fillStore(storage, context);

    await heading("3. Five questions");
    for (const filter of tellingFilters(sample, IDEA_CATALOGUE)) await ask(storage, filter, context);

    await heading("4. All of it over time, and the kinds of event");
    const filter = files.length > 0 ? daysOf(sample, IDEA_CATALOGUE) : "";
    const timeline = await storage.timelineEvents({ filter, timeZone: TIME_ZONE });
    await stdout.writeLines([...timelineLines(timeline, TIME_ZONE, stdout, rowLabel), ""]);
    const top = await storage.aggregateEvents({ filter, by: "category", limit: 8, remainder: true });
    await stdout.writeLines(topLines(top, stdout));
  } finally {
    await storage.close();
  }
  await heading("What to type next");
  await stdout.writeLines(nextSteps(context));
  return EXIT.fine;
}

/** Stores the files' events and returns the first of them. */
async function ingestFiles(
  storage: EventStorage,
  files: readonly string[],
  context: CliContext,
): Promise<unknown[]> {
  const { stdout, stderr } = context;
  const { inputs, missing } = await findInputs(files, context);
  const [lost] = missing;
  if (lost !== undefined) throw new CliError(`${lost.name}: ${lost.reason}`);
  const result = await ingestWithProgress(storage, inputs, context);
  await stderr.writeLines(rejectionLines(result.rejections, 5));
  await stdout.write(`${files.join(", ")}: ${summaryLine(result)}\n`);
  const sample: unknown[] = [];
  for (const input of inputs)
    for await (const event of readEvents(input.open(), { onProblem: () => undefined })) {
      sample.push(event);
      if (sample.length === SAMPLE) return sample;
    }
  return sample;
}

/** Generates events where there are none, and returns the newest. */
async function fillStore(storage: EventStorage, context: CliContext): Promise<readonly unknown[]> {
  const { stdout, stderr } = context;
  const signal = stopSignal(context);
  const stored = await storage.countEvents({ signal });
  if (stored > 0) {
    await stdout.write(`The store holds ${formatEvents(stored)} already; they are used as they are.\n`);
  } else {
    const { count, days, events } = demoWeek(context.now());
    await stdout.write(`Generating ${formatEvents(count)} over the last ${days} days …\n`);
    const line = createProgressLine(stderr);
    const start = Date.now();
    let items = 0;
    const { inserted } = await storage
      .insertEvents(events, {
        onConflict: "ignore",
        signal,
        onProgress: ({ inserted: ids }) => {
          items += ids.length;
          line.update({ label: "ingest", done: items, total: count, items, elapsedMs: Date.now() - start });
        },
      })
      .finally(line.clear);
    const elapsed = Date.now() - start;
    const rate = formatCount((inserted * 1000) / elapsed);
    await stdout.write(
      `${formatEvents(inserted)} generated and stored in ${formatElapsed(elapsed)}, ${rate} a second\n`,
    );
  }
  const { events } = await storage.searchEvents({ limit: SAMPLE, signal });
  return events;
}

/** Shows a filter, its SQL, how long it took and the first events. */
async function ask(
  storage: EventStorage,
  { question, filter }: TellingFilter,
  context: CliContext,
): Promise<void> {
  const { stdout } = context;
  const { paint } = stdout;
  const compiled = compileFilter(filter, storage.filterOptions);
  const { text, values } = compiled.sql();
  const start = performance.now();
  const { events, total = 0 } = await storage.searchEvents({
    filter: compiled,
    limit: ROWS,
    total: true,
    raw: true,
    signal: stopSignal(context),
  });
  const elapsed = performance.now() - start;
  const sql = wrapSql(`where ${text}`, drawingWidth(stdout, 110) - 4).map((line) =>
    highlightSql(line, paint),
  );
  await stdout.writeLines([
    "",
    paint("dim", `# ${question}`),
    highlightFilterText(filter, paint),
    ...[...sql, ...parameterLines(values, paint)].map((line) => `  ${line}`),
    paint("green", `  ${formatEvents(total)} found and counted in ${formatElapsed(elapsed)}`),
  ]);
  const writer = eventWriter(stdout, {
    format: "table",
    catalogue: IDEA_CATALOGUE,
    times: { kind: "zone", timeZone: TIME_ZONE },
  });
  await writer.page(events);
  await writer.end();
}

function nextSteps({ stdout }: CliContext): string[] {
  const commands = [
    ["npx eventstore serve", "all of it on a page in the browser: http://127.0.0.1:7433/"],
    ["npx eventstore card", "the filter language on one screen"],
    ["npx eventstore search 'severity >= high' --limit 20", "the newest serious events"],
    ["npx eventstore top source.ip 'category under Recon'", "who scans most"],
    ["npx eventstore timeline --by category --from now-2d", "kinds of event over time"],
    ["npx eventstore explain 'source.ip in 10.0.0.0/8'", "words, SQL, indexes"],
    ["npx eventstore ingest FILE.ndjson", "your own events"],
    ["npx eventstore db start", "leave the server running: every command answers sooner"],
  ] as const;
  const width = Math.max(...commands.map(([command]) => command.length));
  return commands.map(
    ([command, meaning]) =>
      `  ${stdout.paint("cyan", command.padEnd(width))}  ${stdout.paint("dim", meaning)}`,
  );
}

async function main(): Promise<number> {
  const context = processContext();
  try {
    const { values, positionals } = parseFlags();
    if (values.help === true) {
      await context.stdout.write(USAGE + "\n");
      return EXIT.fine;
    }
    return await demonstrate(positionals, context);
  } catch (error) {
    if (error instanceof OutputClosed) return EXIT.fine;
    if (stopSignal(context).aborted && !(error instanceof Exit))
      return context.interrupt.aborted ? EXIT.interrupted : EXIT.terminated;
    return reportError(error, context.stderr);
  }
}

/** @throws UsageError for an option that there is not */
function parseFlags() {
  try {
    return parseArgs({ options: { help: { type: "boolean", short: "h" } }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), "npm start -- --help");
  }
}

process.exitCode = await main();
