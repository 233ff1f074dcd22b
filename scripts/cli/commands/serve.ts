/** `eventstore serve`: the explorer, a page to look at events. */
import { InvalidArgumentError, type Command } from "commander";
import type { CliContext } from "../context.js";
import { UsageError } from "../errors.js";
import { stopSignal } from "../context.js";
import { examples } from "../help.js";
import { optionalLogOption, withLog, type LogFormat } from "../log.js";
import { optionRules } from "../option-rules.js";
import { collect, durationOption, positiveInteger } from "../options.js";
import { setUp, withStorage, type Setup } from "../setup.js";

interface ServeCliOptions {
  readonly port: number;
  readonly host: string;
  readonly file?: string;
  readonly timeout: number;
  readonly queries: number;
  readonly maxExport: number;
  readonly base: string;
  readonly origin?: readonly string[];
  readonly trustProxy?: boolean;
  readonly userHeader?: string;
  readonly restrict?: string;
  readonly log?: LogFormat;
}

/** Adds `serve`. */
export function addServeCommand(program: Command, context: CliContext): void {
  const command = program
    .command("serve")
    .summary("show the events on a page in the browser")
    .description(
      "Serve a page on which events are searched, counted and read. It only shows: nothing on it changes the store. The printed address has the token that lets one in.",
    )
    .option("--port <N>", "port to listen on; 0 takes a free one", portNumber, 7433)
    .option("--host <HOST>", "address to listen on", "127.0.0.1")
    .option("--file <FILE>", "show the events of a file (NDJSON or JSON, compressed too) instead of a store")
    .option("--timeout <TIME>", "longest time of one query", durationOption, 30_000)
    .option("--queries <N>", "queries at a time; others wait their turn", positiveInteger, 8)
    .option("--max-export <N>", "most events of one export", positiveInteger, 1_000_000)
    .option("--base <PATH>", "path under which a proxy shows the page", basePath, "/")
    .option(
      "--origin <URL>",
      "address under which a proxy shows the page: https://events.example.org; may be repeated",
      (text: string, before?: readonly string[]) => collect(originOf(text), before),
    )
    .option("--trust-proxy", "believe the headers of a proxy in front (X-Forwarded-Host, X-Forwarded-Proto)")
    .option(
      "--user-header <NAME>",
      "header in which the proxy names the person it let in; needs --trust-proxy",
    )
    .option(
      "--restrict <FILTER>",
      "show only events that also meet this filter; $user in it is the person's name",
    )
    .addOption(optionalLogOption());
  optionRules(command, [
    {
      option: "--user-header",
      with: ["--trust-proxy"],
      why: "without a proxy that sets it, anybody could write any name into it",
    },
    {
      option: "--file",
      without: ["--database", "--data", "--schema"],
      why: "it shows the events of a file, and those of a store otherwise",
    },
  ])
    .addHelpText(
      "after",
      examples([
        ["eventstore serve", "the store of this folder, or of DATABASE_URL"],
        ["eventstore serve --file alerts.ndjson.gz", "a file, without any database"],
        ["eventstore serve --restrict 'abuse_group = \"abuse@example.org\"'", "what one group may see"],
      ]),
    )
    .action((_options: unknown, self: Command) =>
      withLog(context, self.opts<ServeCliOptions>().log, (logged) => explore(self, logged)),
    );
}

async function explore(command: Command, context: CliContext): Promise<void> {
  const setup = await setUp<ServeCliOptions>(context, command);
  await checkOptions(setup);
  // Loaded when it is needed: no other command has a server in it.
  const { runExplorer } = await import("../../web/server/explorer.js");
  const { options, filterOptions } = setup;
  const settings = {
    ...options,
    origins: options.origin ?? [],
    trustProxy: options.trustProxy ?? false,
    userHeader: options.userHeader ?? null,
    restrict: options.restrict ?? null,
    filterOptions,
    context,
    stop: stopSignal(context),
  };
  if (options.file !== undefined)
    return runExplorer({ ...settings, source: { kind: "file", path: options.file } });
  await withStorage(setup, (storage) => runExplorer({ ...settings, source: { kind: "store", storage } }), {
    readOnly: true,
    timeoutMs: options.timeout,
    pool: { max: options.queries + 2 },
  });
}

/** Whether the options go together, before anything is opened. @throws UsageError, FilterError */
async function checkOptions({ options, filterOptions }: Setup<ServeCliOptions>): Promise<void> {
  if (options.restrict === undefined) return;
  const { compileFilter } = await import("../../../compiler/compile.js");
  const { parameters } = compileFilter(options.restrict, filterOptions);
  const unknown = Object.keys(parameters).find((name) => name !== "user");
  if (unknown !== undefined)
    throw new UsageError(
      `--restrict: there is no value for $${unknown}`,
      "only $user, the person's name, is known",
    );
  if ("user" in parameters && options.userHeader === undefined)
    throw new UsageError("--restrict names $user", "give --user-header, from which the person's name comes");
}

function portNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError("It is 0 to 65535.");
  return Number(text);
}

function basePath(text: string): string {
  if (!/^\/?[\w./~-]*$/.test(text)) throw new InvalidArgumentError("It is a path such as /events/.");
  return `/${text}/`.replace(/\/{2,}/g, "/");
}

function originOf(text: string): string {
  try {
    const url = new URL(text);
    if (/^https?:$/.test(url.protocol)) return url.origin;
  } catch {
    // Told below.
  }
  throw new InvalidArgumentError("It is an address such as https://events.example.org.");
}
