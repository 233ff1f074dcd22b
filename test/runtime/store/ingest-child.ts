/**
 * A client process that stores a fixed set of events and says what was acknowledged: to be killed in the middle.
 *
 * Arguments: connection string, number of events, `single` or `bulk`.
 */
import { openStorage } from "../../../runtime/store/index.js";
import { eventAt, secondsAfterNoon } from "./support-events.js";

const [connectionString = "", count = "0", mode = "bulk"] = process.argv.slice(2);
const storage = await openStorage({ connectionString });
const events = Array.from({ length: Number(count) }, (_, index) =>
  eventAt(`child${index}`, secondsAfterNoon(index % 3600, `2024-05-0${1 + (index % 3)}`)),
);
process.stdout.write("ready\n");
let acknowledged = 0;
if (mode === "bulk") {
  await storage.insertEvents(events, {
    onProgress: ({ inserted, duplicates }) => {
      acknowledged += inserted.length + duplicates.length;
      process.stdout.write(`acknowledged ${acknowledged}\n`);
    },
  });
} else {
  const next = events[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (const event of next) {
        const id = await storage.insertEvent(event, { onConflict: "ignore" });
        process.stdout.write(`stored ${id}\n`);
      }
    }),
  );
}
await storage.close();
process.stdout.write("done\n");
