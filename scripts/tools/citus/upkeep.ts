/** Thresholds, transactions, other orders, and what an operator does. */
import type { EventStorage } from "../../../runtime/store/index.js";
import { all, DAY_MS, FROM, someEvents, type Round } from "./pair.js";

const EVENTS = 600;
const HOUR_MS = 3_600_000;
const LOW = "severity = low";

type Work = readonly [name: string, work: (storage: EventStorage) => Promise<unknown>];

/** Each of them done to both, in order. */
export async function upkeep({ pair, ledger }: Round): Promise<void> {
  const events = someEvents(EVENTS, 3);
  const work: readonly Work[] = [
    ["insertEvents", (storage) => storage.insertEvents(events)],
    ["databaseCreate again", (storage) => storage.databaseCreate()],
    ...thresholds(events.slice(0, 6).map(({ ID }) => String(ID))),
    ...orders(),
    ...transactions(events),
    ...operators(),
  ];
  for (const [name, step] of work) await ledger.compare(name, pair, step);
  await sizes({ pair, ledger });
}

function thresholds(ids: readonly string[]): readonly Work[] {
  const at = (hours: number): Date => new Date(FROM.getTime() + hours * HOUR_MS);
  const times = { thresholdTime: at(0), relapseTime: at(1), ttl: at(2), label: "report" };
  const withheld = ids.map((eventId, index): Work => [
    `thresholdSave ${index}`,
    (storage) =>
      storage.thresholdSave({
        eventId,
        key: index % 2 === 0 ? ["k1", "k2"] : ["k1"],
        group: "g",
        severity: "low",
        createTime: at(0.5 + index / 4),
      }),
  ]);
  return [
    ["thresholdSet", (storage) => storage.thresholdSet({ key: ["k1", "k2"], ...times })],
    ["thresholdCheck", (storage) => storage.thresholdCheck(["k1", "other"], at(0.5))],
    ...withheld,
    ["thresholdsCount", (storage) => storage.thresholdsCount()],
    ["thresholdedEventsCount", (storage) => storage.thresholdedEventsCount()],
    ["searchRelapsedEvents", (storage) => storage.searchRelapsedEvents("g", "low", at(24))],
    [
      "searchRelapsedEvents, all",
      (storage) => storage.searchRelapsedEvents("g", "low", at(24), { all: true }),
    ],
    ["thresholdedEventsClean", (storage) => storage.thresholdedEventsClean()],
    ["expireThresholds", (storage) => storage.expireThresholds(at(24))],
    ["keys that are left", (storage) => storage.thresholdsCount()],
  ];
}

function orders(): readonly Work[] {
  return [
    [
      "searchEvents, oldest first",
      (storage) => storage.searchEvents({ filter: LOW, sort: "detect_time.asc" }),
    ],
    [
      "searchEvents, as stored",
      (storage) => storage.searchEvents({ filter: LOW, sort: "storage_time.desc" }),
    ],
    ["searchEvents, third page", (storage) => storage.searchEvents({ filter: LOW, page: 3, limit: 10 })],
    ["searchEvents, raw", (storage) => storage.searchEvents({ filter: LOW, raw: true })],
    ["streamEvents, as stored", (storage) => all(storage.streamEvents({ sort: "storage_time.asc" }))],
    ["streamEventIds", (storage) => all(storage.streamEventIds({ filter: LOW }))],
    ["restricted", (storage) => storage.restricted(LOW).searchEvents({ limit: 5 })],
  ];
}

/** An event with another identifier. */
function changed(event: Record<string, unknown> | undefined, id: string) {
  return { ...event, ID: id, DetectTime: String(event?.["DetectTime"]) };
}

function transactions(events: readonly Record<string, unknown>[]): readonly Work[] {
  const [first] = events;
  return [
    [
      "transaction",
      (storage) =>
        storage.transaction(async (inner) => {
          await inner.insertEvent(changed(first, "within"));
          const counts = [await inner.countEvents()];
          await inner.deleteEvent("within");
          return [...counts, await inner.countEvents(), await inner.fetchEvent(String(events[3]?.["ID"]))];
        }),
    ],
    [
      "transaction, rolled back",
      (storage) =>
        storage
          .transaction(async (inner) => {
            await inner.insertEvents([changed(first, "gone")]);
            throw new RangeError("back");
          })
          .catch((error: unknown) => error instanceof RangeError),
    ],
    ["events afterwards", (storage) => storage.countEvents()],
  ];
}

function operators(): readonly Work[] {
  const noon = new Date(FROM.getTime() + 1.5 * DAY_MS);
  return [
    ["refresh", (storage) => storage.refresh({ ahead: 1 })],
    ["verify", (storage) => storage.verify()],
    ["indexDrop", async (storage) => (await storage.indexDrop()).changes.length > 0],
    ["indexCreate", async (storage) => (await storage.indexCreate()).changes.length > 0],
    ["mergePartitions", (storage) => storage.mergePartitions({ width: "month" })],
    ["splitPartitions", (storage) => storage.splitPartitions({ width: "day" })],
    ["events of a merged and split month", (storage) => all(storage.streamEvents())],
    [
      "deleteEvents, by batches",
      (storage) => storage.deleteEvents({ filter: "severity = medium", batch: 50 }),
    ],
    ["tableCleanup by another time", (storage) => storage.tableCleanup("events", "cease_time", noon)],
    ["tableCleanup", (storage) => storage.tableCleanup("events", "detect_time", noon)],
    ["verify afterwards", (storage) => storage.verify()],
    ["events that are left", (storage) => all(storage.streamEventIds({}))],
  ];
}

/** A cluster has empty indexes for each shard, and a copy of small tables for each node: a few times as much as one server, never nothing. */
async function sizes({ pair, ledger }: Round): Promise<void> {
  const [citus, twin] = await Promise.all(pair.map((storage) => storage.databaseStatus()));
  for (const wanted of twin?.tables ?? []) {
    const found = citus?.tables.find(({ table }) => table === wanted.table);
    // Rows of other tables are the planner's guess on one server.
    const isNear = wanted.table === "events" ? found?.rows === wanted.rows : found !== undefined;
    const isSized = found !== undefined && found.totalBytes >= wanted.totalBytes / 4 && found.totalBytes > 0;
    ledger.note(`status of ${wanted.table}`, { kind: isNear && isSized ? "same" : "different" });
  }
  const workers = citus?.workers ?? [];
  const shards = workers.reduce((sum, worker) => sum + worker.shards, 0);
  ledger.note("status by worker", { kind: workers.length > 1 && shards > 0 ? "same" : "different" });
}
