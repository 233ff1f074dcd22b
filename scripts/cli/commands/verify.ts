/** `eventstore verify`: whether the store is as it has to be. */
import { Option, type Command } from "commander";
import type { VerifyProblem } from "../../../runtime/store/types.js";
import { stopSignal, type CliContext } from "../context.js";
import { Exit, EXIT } from "../errors.js";
import { examples } from "../help.js";
import { jsonText } from "../render/json.js";
import { formatCount, formatEvents } from "../render/numbers.js";
import { foldLines, printable } from "../render/text.js";
import { setUp, withStorage } from "../setup.js";

interface VerifyCliOptions {
  readonly repair?: boolean;
  readonly format: "text" | "json";
}

/** Adds `verify`. */
export function addVerifyCommand(program: Command, context: CliContext): void {
  program
    .command("verify")
    .summary("look whether everything in the store fits together, and mend it")
    .description(
      "Look at the columns, indexes, counters, identifiers, lists and partitions of the store, one day after the other. " +
        "Exit code 1 when something is wrong; with --repair what can be mended is, and 0 means that all is well now.",
    )
    .option("--repair", "mend what can be mended")
    .addOption(
      new Option("-f, --format <FORMAT>", "how it is shown").choices(["text", "json"]).default("text"),
    )
    .addHelpText(
      "after",
      examples([["eventstore verify --repair", "after a restore, or after work by hand"]]),
    )
    .action(async (_, command: Command) => {
      const setup = await setUp<VerifyCliOptions>(context, command);
      const { repair, format } = setup.options;
      const { stdout } = context;
      // A long look is no reason to give up; each statement looks at one day.
      const report = await withStorage(
        setup,
        (storage) => storage.verify({ repair: repair === true, signal: stopSignal(context), timeoutMs: 0 }),
        { timeoutMs: 3_600_000 },
      );
      if (format === "json") await stdout.write(jsonText(report, stdout, 2) + "\n");
      else {
        const said = (word: string, problem: VerifyProblem): string =>
          foldLines(`${word}: ${lineOf(problem)}`, stdout.width);
        await stdout.writeLines(report.repaired.map((problem) => said("mended", problem)));
        await stdout.writeLines(report.problems.map((problem) => said("wrong", problem)));
        const all =
          report.problems.length === 0 ? "all is well" : formatEvents(report.problems.length, "problem");
        await stdout.write(`${all}\n`);
      }
      if (report.problems.length > 0) throw new Exit(EXIT.failed);
    });
}

function lineOf({ where, what, count }: VerifyProblem): string {
  return printable(`${where}: ${what}${count > 1 ? ` (${formatCount(count)})` : ""}`);
}
