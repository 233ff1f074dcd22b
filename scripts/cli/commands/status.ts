/** `eventstore status`: where the events are, how many, and how much room they take. */
import { Option, type Command } from "commander";
import type { DatabaseStatus, EventStorage } from "../../../runtime/store/types.js";
import { stopSignal, type CliContext } from "../context.js";
import { examples, warningLines } from "../help.js";
import { formatBytes, formatCount, formatElapsed } from "../render/numbers.js";
import { fieldLines } from "../render/cards.js";
import { renderTable } from "../render/table.js";
import type { Terminal } from "../render/terminal.js";
import { formatDate } from "../render/time.js";
import { setUp, withStorage } from "../setup.js";
import { jsonText } from "../render/json.js";

interface StatusCliOptions {
  readonly format: "text" | "json";
}

/** What the database says of itself, and the number of events. */
interface StatusReport extends DatabaseStatus {
  readonly events: number;
}

/** Adds `status`. */
export function addStatusCommand(program: Command, context: CliContext): void {
  program
    .command("status")
    .summary("show where the events are, how many, how large")
    .description("Show where the events are, how many there are and how much room they take.")
    .addOption(
      new Option("-f, --format <FORMAT>", "how it is shown").choices(["text", "json"]).default("text"),
    )
    .addHelpText("after", examples([["eventstore status", "the store of this folder"]]))
    .action(async (_, command: Command) => {
      const setup = await setUp<StatusCliOptions>(context, command);
      await withStorage(setup, async (storage) => {
        const signal = stopSignal(context);
        const status = await storage.databaseStatus({ signal });
        const report: StatusReport = { events: await storage.countEvents({ signal }), ...status };
        const { stdout } = context;
        if (setup.options.format === "json") await stdout.write(jsonText(report, stdout, 2) + "\n");
        else await stdout.writeLines(statusLines(storage, report, setup.timeZone, stdout));
        await context.stderr.writeLines(warningLines(report.warnings, context));
      });
    });
}

/** The time and the age of the last refresh. */
function refreshText(time: Date | null, timeZone: string): string {
  if (time === null) return "none yet; run `eventstore refresh`, by a timer if the store keeps growing";
  return `${formatDate(time, timeZone, "minute")}, ${formatElapsed(Date.now() - time.getTime())} ago`;
}

function workerLines(workers: NonNullable<DatabaseStatus["workers"]>, terminal: Terminal): readonly string[] {
  return renderTable(
    [{ title: "worker" }, { title: "shards", align: "right" }, { title: "size", align: "right" }],
    workers.map(({ worker, shards, bytes }) => [worker, formatCount(shards), formatBytes(bytes)]),
    terminal,
  );
}

function statusLines(
  storage: EventStorage,
  status: StatusReport,
  timeZone: string,
  terminal: Terminal,
): string[] {
  const facts = [
    ["store", storage.description],
    ["events", formatCount(status.events)],
    ["server", `PostgreSQL ${status.serverVersion}`],
    ["ip4r", status.ip4r],
    ["schema", `version ${status.schemaVersion}`],
    ["size", formatBytes(status.databaseBytes)],
    ...(status.defaultRows === 0
      ? []
      : [
          [
            "default partition",
            `${formatCount(status.defaultRows)} events; run \`eventstore refresh\``,
          ] as const,
        ]),
    ["last refresh", refreshText(status.lastRefresh, timeZone)],
    ...Object.entries(status.settings),
  ] as const;
  const time = (date: Date | null): string => (date === null ? "" : formatDate(date, timeZone, "minute"));
  const table = renderTable(
    [
      { title: "table" },
      { title: "rows", align: "right" },
      { title: "partitions", align: "right", dispensable: 2 },
      { title: "data", align: "right" },
      { title: "indexes", align: "right" },
      { title: `oldest (${timeZone})`, dispensable: 1 },
      { title: `newest (${timeZone})`, dispensable: 1 },
    ],
    status.tables.map(({ table: name, rows, partitions, tableBytes, indexBytes, oldest, newest }) => [
      name,
      formatCount(rows),
      formatCount(partitions),
      formatBytes(tableBytes),
      formatBytes(indexBytes),
      time(oldest),
      time(newest),
    ]),
    terminal,
  );
  return [
    ...fieldLines(
      facts.map(([name, value]) => ({ name, value })),
      terminal,
      "bold",
    ),
    "",
    ...table,
    ...(status.workers === undefined ? [] : ["", ...workerLines(status.workers, terminal)]),
  ];
}
