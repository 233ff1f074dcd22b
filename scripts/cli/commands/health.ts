/** `eventstore health`: whether events arrive, for a monitor. */
import { Option, type Command } from "commander";
import { stopSignal, type CliContext } from "../context.js";
import { Exit, EXIT, reasonText } from "../errors.js";
import { examples } from "../help.js";
import { durationOption } from "../options.js";
import { jsonText } from "../render/json.js";
import { formatElapsed } from "../render/numbers.js";
import { foldLines, printable } from "../render/text.js";
import { setUp, withStorage } from "../setup.js";

interface HealthCliOptions {
  readonly fresh: number;
  readonly format: "text" | "json";
}

/** What is reported. */
interface Health {
  readonly healthy: boolean;
  /** Time at which the newest event was stored; null when there is none, or the store doesn't answer. */
  readonly newest: string | null;
  readonly ageSeconds: number | null;
  readonly reason: string;
}

/** Adds `health`. */
export function addHealthCommand(program: Command, context: CliContext): void {
  program
    .command("health")
    .summary("say in one line whether events arrive")
    .description(
      "Say in one line whether the store answers and its newest event was stored recently. Exit code 0 when it was, 1 when it was not.",
    )
    .addOption(
      new Option("--fresh <TIME>", "the newest event may be so old")
        .argParser(durationOption)
        .default(600_000, "10m"),
    )
    .addOption(
      new Option("-f, --format <FORMAT>", "how it is shown").choices(["text", "json"]).default("text"),
    )
    .addHelpText("after", examples([["eventstore health --fresh 1h -f json", "for a monitor"]]))
    .action(async (_, command: Command) => {
      const setup = await setUp<HealthCliOptions>(context, command);
      const { fresh, format } = setup.options;
      const signal = stopSignal(context);
      const newest = await withStorage(setup, (storage) =>
        storage.searchColumnWith("storage_time", "max", { signal }),
      ).catch((error: unknown) => {
        if (signal.aborted) throw error;
        return reasonText(error);
      });
      const health = judge(newest, fresh, context.now());
      const { stdout } = context;
      await stdout.write(
        (format === "json" ? jsonText(health, stdout) : foldLines(textOf(health), stdout.width)) + "\n",
      );
      if (!health.healthy) throw new Exit(EXIT.failed);
    });
}

function judge(newest: Date | string | number | null, freshMs: number, now: Date): Health {
  if (newest === null)
    return { healthy: false, newest: null, ageSeconds: null, reason: "no event is stored" };
  if (!(newest instanceof Date))
    return { healthy: false, newest: null, ageSeconds: null, reason: String(newest) };
  const ageMs = Math.max(0, now.getTime() - newest.getTime());
  const healthy = ageMs <= freshMs;
  const reason = `the newest event was stored ${formatElapsed(ageMs)} ago, ${formatElapsed(freshMs)} are allowed`;
  return { healthy, newest: newest.toISOString(), ageSeconds: Math.round(ageMs / 1_000), reason };
}

function textOf({ healthy, reason }: Health): string {
  return `${healthy ? "healthy" : "unhealthy"}: ${printable(reason)}`;
}
