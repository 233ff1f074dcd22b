/** `eventstore queries`: what is running on the database. */
import { Option, type Command } from "commander";
import type { CliContext } from "../context.js";
import { examples } from "../help.js";
import { formatElapsed } from "../render/numbers.js";
import { renderTable } from "../render/table.js";
import { setUp, withStorage } from "../setup.js";
import { jsonText } from "../render/json.js";

interface QueriesCliOptions {
  readonly format: "table" | "json";
}

/** Adds `queries`. */
export function addQueriesCommand(program: Command, context: CliContext): void {
  program
    .command("queries")
    .summary("show what is running on the database")
    .description("Show the sessions of the database and what each is doing. Named queries come first.")
    .addOption(
      new Option("-f, --format <FORMAT>", "how they are shown").choices(["table", "json"]).default("table"),
    )
    .addHelpText(
      "after",
      examples([
        ["eventstore queries", "who is at work"],
        ["eventstore cancel report-7", "end the query of that name"],
      ]),
    )
    .action(async (_, command: Command) => {
      const setup = await setUp<QueriesCliOptions>(context, command);
      const queries = await withStorage(setup, (storage) => storage.queriesStatus());
      const { stdout, stderr } = context;
      if (setup.options.format === "json") return stdout.write(jsonText(queries, stdout, 2) + "\n");
      if (queries.length === 0) return stderr.write("Nobody else is connected.\n");
      const rows = queries.map(({ name, pid, user, state, durationMs, query }) => [
        name ?? "",
        String(pid),
        user ?? "",
        state ?? "",
        state === "active" && durationMs !== null ? formatElapsed(durationMs) : "",
        query ?? "",
      ]);
      const columns = [
        { title: "name", minWidth: 8 },
        { title: "pid", align: "right" },
        { title: "user", minWidth: 6, dispensable: 2 },
        { title: "state", minWidth: 6 },
        { title: "running", align: "right" },
        { title: "query", minWidth: 20 },
      ] as const;
      return stdout.writeLines(renderTable(columns, rows, stdout));
    });
}
