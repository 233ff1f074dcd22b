/** Storing, deleting and retention, with all reads after each step. */
import type { EventStorage } from "../../../runtime/store/index.js";
import { DAY_MS, FROM, someEvents, stored, type Round } from "./pair.js";
import { readsOf } from "./reads.js";

const EVENTS = 2_000;

/** What is done to both, and what is read after each step. */
export async function play({ pair, ledger }: Round): Promise<void> {
  const events = someEvents(EVENTS, 7);
  const ids = events.slice(0, 5).map((event) => String(event["ID"]));
  const both = (name: string, work: (storage: EventStorage) => Promise<unknown>) =>
    ledger.compare(name, pair, work);
  const readAll = async (when: string): Promise<void> => {
    for (const [name, read] of readsOf(ids)) await both(`${when}: ${name}`, read);
  };
  const bulk = events.slice(50);
  await both("insertEvents", (storage) => storage.insertEvents(bulk));
  await both("insertEvents, duplicates", (storage) => storage.insertEvents(bulk.slice(0, 100)));
  await both("insertEvent, one after the other", async (storage) => {
    for (const event of events.slice(0, 10)) await storage.insertEvent(event);
  });
  await both("insertEvent, gathered", (storage) =>
    Promise.all(events.slice(10, 50).map((event) => storage.insertEvent(event))),
  );
  const late = stored({ ...events[0], ID: "new-day", DetectTime: "2024-05-08T12:00:00Z" });
  await both("insertEvent, new day", (storage) => storage.insertEvent(late));
  await readAll("stored");
  await both("refresh", (storage) => storage.refresh());
  await readAll("refreshed");
  await both("deleteEvent", (storage) => storage.deleteEvent(ids[0] ?? ""));
  await both("deleteEvents", (storage) => storage.deleteEvents({ filter: "severity = low" }));
  await readAll("deleted");
  const ttl = new Date(FROM.getTime() + DAY_MS);
  await both("tableCleanup", (storage) => storage.tableCleanup("events", "detect_time", ttl));
  await both("an id of a dropped day again", (storage) => storage.insertEvents([bulk[0]]));
  await readAll("cleaned");
}
