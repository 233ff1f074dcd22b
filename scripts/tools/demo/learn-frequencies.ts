/**
 * Learns how often things occur in real events: `tsx scripts/tools/demo/learn-frequencies.ts FILE.ndjson… > scripts/tools/demo/frequencies.ts`.
 * Only counts are kept, of what the definition names: no text and no address of an event.
 */
import { readFileSync } from "node:fs";
import { eventToRow, type EventRow } from "../../../runtime/events/row.js";

/** Keys whose presence is learned. */
const KEYS = ["CreateTime", "EventTime", "CeaseTime", "ConnCount", "FlowCount", "Confidence", "Note", "Ref"];

/** Ports that one event or two had are no habit. */
const MIN_PORT_EVENTS = 2;

type Json = Readonly<Record<string, unknown>>;

function readEvents(paths: readonly string[]): { readonly event: Json; readonly row: EventRow }[] {
  return paths.flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "")
      .flatMap((line) => {
        const event = JSON.parse(line) as Json;
        try {
          return [{ event, row: eventToRow(event) }];
        } catch {
          // An event that cannot be stored is no model.
          return [];
        }
      }),
  );
}

function countBy(values: readonly (string | number)[], min = 1): Record<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return Object.fromEntries(
    [...counts].filter(([, count]) => count >= min).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
  );
}

const listOf = (row: EventRow, column: string): readonly (string | number)[] =>
  (row[column] ?? []) as readonly (string | number)[];

const events = readEvents(process.argv.slice(2));
const frequencies = {
  events: events.length,
  categories: countBy(events.flatMap(({ row }) => listOf(row, "category").slice(0, 1).map(topCategory))),
  ports: countBy(
    events.flatMap(({ row }) => [...new Set(listOf(row, "target_port"))]),
    MIN_PORT_EVENTS,
  ),
  nodes: countBy(events.map(({ row }) => Number(row["node_count"]))),
  keys: Object.fromEntries(KEYS.map((key) => [key, events.filter(({ event }) => key in event).length])),
};

/** Attempts to log in and to exploit are scenarios of their own; of all others the first part tells the scenario. */
function topCategory(category: string | number): string {
  const text = String(category);
  return text.startsWith("Attempt.") ? text : (text.split(".")[0] ?? text);
}

process.stdout.write(
  `/** How often things occur in real events: written by learn-frequencies.ts. Counts of events, out of \`events\`. */\n` +
    `export const FREQUENCIES = ${JSON.stringify(frequencies, null, 2)} as const;\n`,
);
