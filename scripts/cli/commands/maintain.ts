/** `eventstore maintain`: the upkeep of a store in one process that is left alone. */
import { Option, type Command } from "commander";
import { pause } from "../../../runtime/postgres/backoff.js";
import type { EventStorage } from "../../../runtime/store/types.js";
import { EventStorageError } from "../../../runtime/postgres/errors.js";
import { stopSignal, type CliContext } from "../context.js";
import { CliError, Exit, EXIT, reasonText, UsageError } from "../errors.js";
import { examples } from "../help.js";
import { createLog, logOption, type Log, type LogFormat } from "../log.js";
import { optionRules } from "../option-rules.js";
import { collect, durationOption, timeAgo } from "../options.js";
import { formatEvents } from "../render/numbers.js";
import { setUp, withStorage, type Setup } from "../setup.js";
import { refuseInvalidFilter, cleanMatching } from "./clean.js";
import { daysAhead } from "./refresh.js";

/** Milliseconds between two looks where nothing else is said: a day. */
const VERIFY_MS = 86_400_000;

interface MaintainCliOptions {
  readonly every: number;
  readonly keep?: string;
  readonly filter?: readonly string[];
  readonly olderThan?: readonly string[];
  /** Milliseconds; false: never. */
  readonly verify?: number | false;
  readonly ahead: number;
  readonly once?: boolean;
  readonly log: LogFormat;
}

/** Adds `maintain`. */
export function addMaintainCommand(program: Command, context: CliContext): void {
  const command = program
    .command("maintain")
    .summary("do all upkeep on a schedule, until it is stopped")
    .description(
      "Make the days ahead, bring roll-ups, lists and indexes up to date, delete what is older than --keep, and look once a day whether " +
        "everything fits together. It waits for a database that is away, goes on after errors, and may run twice: the work is the same " +
        "whoever does it. SIGTERM ends it.",
    )
    .addOption(
      new Option("--every <TIME>", "time between two rounds")
        .argParser(durationOption)
        .default(300_000, "5m"),
    )
    .addOption(new Option("--keep <TIME>", "delete events detected longer ago, and expired thresholds"))
    .addOption(
      new Option(
        "--filter <FILTER>",
        "delete the events that match this once they are older than the --older-than after it; may be repeated",
      ).argParser(collect),
    )
    .addOption(
      new Option("--older-than <TIME>", "age from which the events of the --filter before it go").argParser(
        collect,
      ),
    )
    .addOption(
      new Option(
        "--verify <TIME>",
        "time between two looks whether everything fits together (default: 1d; with --once only where it is given)",
      ).argParser(durationOption),
    )
    .option("--no-verify", "leave these looks to others")
    .addOption(new Option("--ahead <DAYS>", "days to make beforehand").argParser(daysAhead).default(2))
    .option("--once", "one round, then end; exit code 1 when something failed")
    .addOption(logOption());
  optionRules(command, [{ option: "--once", without: ["--every"], why: "there is one round" }])
    .addHelpText(
      "after",
      examples([
        ["eventstore maintain --keep 90d", "as a service"],
        ["eventstore maintain --keep 1y --filter 'category = Test' --older-than 7d", "tests go sooner"],
      ]),
    )
    .action(async (_, self: Command) => maintain(context, await setUp<MaintainCliOptions>(context, self)));
}

/** Rounds until the end is asked for, or one. */
async function maintain(context: CliContext, setup: Setup<MaintainCliOptions>): Promise<void> {
  const { every, once, log: format } = setup.options;
  await checkRules(setup);
  const looks = lookTimes(setup.options);
  const log = createLog(context, format);
  const stop = stopSignal(context);
  for (;;) {
    const isFine = await round(setup, { log, stop, looks });
    if (once === true) {
      if (!isFine) throw new Exit(EXIT.failed);
      return;
    }
    await pause(every, stop);
    if (stop.aborted) break;
  }
  await log.info("stopped");
  if (context.interrupt.aborted) throw new Exit(EXIT.interrupted);
}

/** What goes by filters: each with the age from which its events go. */
function rulesOf({
  filter = [],
  olderThan = [],
}: MaintainCliOptions): readonly (readonly [string, string])[] {
  if (filter.length !== olderThan.length)
    throw new UsageError(
      "--filter and --older-than go in pairs",
      "write --filter 'category = Test' --older-than 7d; --keep alone is for all events",
    );
  return filter.map((text, index) => [text, olderThan[index] ?? ""]);
}

/** @throws UsageError, FilterError for what would fail in every round */
async function checkRules(setup: Setup<MaintainCliOptions>): Promise<void> {
  const { options, context, timeZone } = setup;
  const rules = rulesOf(options);
  const clock = { now: context.now(), timeZone };
  if (options.keep !== undefined) timeAgo("--keep", options.keep, clock);
  for (const [, age] of rules) timeAgo("--older-than", age, clock);
  for (const [filter] of rules) await refuseInvalidFilter(filter, setup);
}

/** Says, once a period, that it is time for a look: at first after a period of a process that goes on, so that one that is restarted often looks seldom. */
function lookTimes({ once, verify }: MaintainCliOptions): () => boolean {
  if (verify === false) return () => false;
  if (once === true) return () => verify !== undefined;
  let last = performance.now();
  return () => {
    if (performance.now() - last < (verify ?? VERIFY_MS)) return false;
    last = performance.now();
    return true;
  };
}

/** What rounds have in common. */
interface Rounds {
  readonly log: Log;
  readonly stop: AbortSignal;
  /** Whether it is time to look if everything fits together. */
  readonly looks: () => boolean;
}

/** One round; false when a part of it failed. The parts are tried whatever became of those before. */
async function round(
  setup: Setup<MaintainCliOptions>,
  { log, stop: signal, looks }: Rounds,
): Promise<boolean> {
  try {
    return await withStorage(setup, async (storage) => {
      let isFine = true;
      const isStopped = (): boolean => signal.aborted;
      for (const [name, work] of Object.entries(tasks(setup, storage, { signal, looks }))) {
        if (isStopped()) return isFine;
        const started = Date.now();
        try {
          const done = await work();
          const write = done.startsWith("warning:") ? log.warn : log.info;
          await write(done, { task: name, ms: Date.now() - started });
        } catch (error) {
          if (isStopped()) return isFine;
          isFine = false;
          const code = error instanceof EventStorageError ? error.code : "error";
          await log.error(reasonText(error), { task: name, code });
        }
      }
      return isFine;
    });
  } catch (error) {
    if (signal.aborted) return true;
    await log.error(reasonText(error), { task: "open" });
    return false;
  }
}

type Task = () => Promise<string>;

function tasks(
  { options, context, timeZone }: Setup<MaintainCliOptions>,
  storage: EventStorage,
  { signal, looks }: { readonly signal: AbortSignal } & Pick<Rounds, "looks">,
): Readonly<Record<string, Task>> {
  const { keep, ahead } = options;
  const clean = async (): Promise<string> => {
    const now = context.now();
    const limit = timeAgo("--keep", keep ?? "", { now, timeZone });
    const events = await storage.tableCleanup("events", "detect_time", limit, { signal });
    const thresholds = await storage.thresholdsClean(now, { signal });
    const thresholded = await storage.thresholdedEventsClean({ signal });
    return `deleted ${events} events, ${thresholds} thresholds, ${thresholded} withheld events`;
  };
  const cleanByFilter = async (): Promise<string> => {
    const done: string[] = [];
    for (const [filter, age] of rulesOf(options)) {
      const limit = timeAgo("--older-than", age, { now: context.now(), timeZone });
      const deleted = await cleanMatching(storage, filter, limit, signal);
      done.push(`deleted ${formatEvents(deleted)} older than ${age} of ${filter}`);
    }
    return done.join("; ");
  };
  const verify = async (): Promise<string> => {
    const { problems } = await storage.verify({ signal });
    if (problems.length === 0) return "everything fits together";
    const [first] = problems;
    throw new CliError(
      `${formatEvents(problems.length, "problem")} found, the first: ${first?.where ?? ""}: ${first?.what ?? ""}; \`eventstore verify --repair\` mends`,
    );
  };
  return {
    refresh: async () => `brought ${await storage.refresh({ ahead, signal })} hours up to date`,
    ...(keep === undefined ? {} : { clean }),
    ...(rulesOf(options).length === 0 ? {} : { "clean by filter": cleanByFilter }),
    ...(looks() ? { verify } : {}),
    status: async () => {
      const { warnings } = await storage.databaseStatus({ signal });
      return warnings.length === 0 ? "no warnings" : `warning: ${warnings.join("; ")}`;
    },
  };
}
