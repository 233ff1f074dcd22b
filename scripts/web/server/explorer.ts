/** The explorer from start to stop: what it shows, the server, the line that says where. */
import { spawn } from "node:child_process";
import { compileFilter, type FilterOptions } from "../../../compiler/compile.js";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { reasonOf } from "../../../runtime/server/errors.js";
import type { EventStorage } from "../../../runtime/store/types.js";
import type { CliContext } from "../../cli/context.js";
import { printable } from "../../cli/render/text.js";
import { formatCount } from "../../cli/render/numbers.js";
import type { ExplorerData } from "../shared/data.js";
import { ANSWERS } from "./statements.js";
import { createToken, type AccessOptions } from "./access.js";
import type { AppOptions } from "./app.js";
import { createGate } from "./gate.js";
import { createMetrics } from "./metrics.js";
import { openFile } from "./open-file.js";
import { readPageFiles } from "./page-files.js";
import { createQueryLog, recordLine, type QueryRecord } from "./query-log.js";
import { restrictedData } from "./restricted-data.js";
import { serve } from "./serve.js";
import { storedData } from "./stored-data.js";

/** What the events come from. */
export type ExplorerSource =
  | { readonly kind: "store"; readonly storage: EventStorage }
  | { readonly kind: "file"; readonly path: string };

/** Settings of the explorer; who may ask is said as for the server, which makes its token itself. */
export interface ExplorerSettings extends Omit<AccessOptions, "token"> {
  readonly source: ExplorerSource;
  readonly filterOptions: FilterOptions;
  readonly restrict: string | null;
  /** Milliseconds of one query. */
  readonly timeout: number;
  /** Queries at a time. */
  readonly queries: number;
  readonly maxExport: number;
  readonly context: CliContext;
  /** Ends the server. */
  readonly stop: AbortSignal;
  /** Folder of the built page; where the build puts it when absent. */
  readonly pageFolder?: string;
}

/** Requests that may wait for each query that runs. */
const WAITING_EACH = 8;

/** Events of one page of a search. */
const PAGE_EVENTS = 10_000;

/** Runs until it is stopped. @throws CliError when it cannot start */
export async function runExplorer(settings: ExplorerSettings): Promise<void> {
  const { context, source, stop, filterOptions } = settings;
  const files = await readPageFiles(settings.pageFolder);
  const { catalogue = IDEA_CATALOGUE } = filterOptions;
  const { stderr, stdout } = context;
  const data = source.kind === "store" ? storedData(source.storage) : await dataOfFile(source.path, settings);
  const gate = createGate(settings.queries, settings.queries * WAITING_EACH);
  const metrics = createMetrics(gate);
  const report = (record: QueryRecord): void => {
    metrics.record(record);
    void stderr.write(`${stderr.paint("dim", recordLine(record, context.now()))}\n`);
  };
  const token = createToken();
  const running = await serve(settings, (port): AppOptions => ({
    access: { ...settings, token, port },
    files,
    metrics,
    api: {
      dataFor: (user) => dataWithin(settings, data, user),
      filterOptions: { ...filterOptions, catalogue },
      gate,
      limits: { timeoutMs: settings.timeout, pageEvents: PAGE_EVENTS, exportEvents: settings.maxExport },
      log: createQueryLog(report),
      isLive: source.kind === "store",
      version: "1",
    },
    isHealthy: healthCheck(source),
    onError: (error) => void stderr.write(`${stderr.paint("red", "error:")} ${printable(reasonOf(error))}\n`),
  }));
  await stdout.write(`${running.address}\n`);
  await stderr.write(
    stderr.paint(
      "dim",
      `Showing ${source.kind === "store" ? source.storage.description : source.path}. Ctrl-C ends it.\n`,
    ),
  );
  if (stdout.isTerminal) openBrowser(running.address, context);
  await untilAborted(stop);
  await running.stop();
}

async function dataOfFile(
  path: string,
  { filterOptions, stop, context }: ExplorerSettings,
): Promise<ExplorerData> {
  const { catalogue = IDEA_CATALOGUE } = filterOptions;
  const { data, events, problems } = await openFile(path, catalogue, stop);
  for (const problem of problems) await context.stderr.write(`${printable(problem)}\n`);
  await context.stderr.write(
    `${formatCount(events)} ${events === 1 ? "event" : "events"} from ${printable(path)}\n`,
  );
  return data;
}

/** All of the data, or what a restriction leaves to this person. */
function dataWithin(
  { restrict, filterOptions }: ExplorerSettings,
  data: ExplorerData,
  user: string | null,
): ExplorerData {
  if (restrict === null) return data;
  const isNamed = "user" in compileFilter(restrict, filterOptions).parameters;
  return restrictedData(data, { filter: restrict, args: isNamed ? { user: user ?? "" } : {} }, filterOptions);
}

/** Milliseconds for which an answer of the health check holds: who asks without a token must not cost the database much. */
const HEALTH_HOLDS_MS = 1_000;

function healthCheck(source: ExplorerSource): () => Promise<boolean> {
  if (source.kind === "file") return () => Promise.resolve(true);
  let last: { readonly since: number; readonly isHealthy: Promise<boolean> } | null = null;
  return () => {
    if (last === null || performance.now() - last.since > HEALTH_HOLDS_MS)
      last = {
        since: performance.now(),
        isHealthy: source.storage.query(ANSWERS, [], { timeoutMs: 2_000 }).then(
          () => true,
          () => false,
        ),
      };
    return last.isHealthy;
  };
}

/** Opens the address as a click would; where that fails, the printed address is there. */
function openBrowser(address: string, { env }: CliContext): void {
  if (env["CI"] !== undefined || env["SSH_CONNECTION"] !== undefined) return;
  const command =
    process.platform === "darwin" ? "open" : process.platform === "win32" ? "explorer" : "xdg-open";
  spawn(command, [address], { stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
