/**
 * A client process that streams events into a store and out again, and says how much memory it took at most.
 *
 * Arguments: connection string, number of events. Prints one line of JSON.
 */
import { openStorage } from "../../../runtime/store/index.js";
import { referenceEvent } from "../events/reference-event.js";

const [connectionString = "", count = "0"] = process.argv.slice(2);
const storage = await openStorage({ connectionString });
const start = Date.parse("2024-05-01T00:00:00Z");

function* events() {
  for (let index = 0; index < Number(count); index++)
    yield {
      ...referenceEvent(),
      ID: `stream-${index}`,
      DetectTime: new Date(start + (index % 600_000) * 1000).toISOString(),
    };
}

const began = Date.now();
const { inserted } = await storage.insertEvents(events());
const loaded = Date.now();
let read = 0;
let bytes = 0;
for await (const event of storage.streamEvents()) {
  read++;
  bytes += event.ID.length;
}
const done = Date.now();
await storage.close();
// Kilobytes; Node reports the greatest resident set size of the whole process, modules included.
const maxRss = process.resourceUsage().maxRSS * 1024;
process.stdout.write(
  `${JSON.stringify({ inserted, read, bytes, maxRss, inMs: loaded - began, outMs: done - loaded })}\n`,
);
