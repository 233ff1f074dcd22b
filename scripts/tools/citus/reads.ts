/** The reads that are compared. */
import type { EventStorage } from "../../../runtime/store/index.js";

type Read = readonly [name: string, read: (storage: EventStorage) => Promise<unknown>];

/** Dense, rare, by index, by list, by time, of one element, and of nothing. */
const FILTERS = [
  "",
  "severity >= medium",
  "source.ip in 192.168.0.0/16",
  "category under Recon and target.port = 22",
  "source has (ip in 10.0.0.0/8)",
  "detect_time >= 2024-05-02T00:00:00Z and detect_time < 2024-05-02T06:00:00Z",
  'description contains "scan"',
  "source.ip = 203.0.113.77",
];

/** All of them. @param ids events to fetch, one of which may be gone */
export function readsOf(ids: readonly string[]): readonly Read[] {
  const filtered = FILTERS.flatMap((filter): readonly Read[] => [
    [`countEvents(${filter})`, (storage) => storage.countEvents({ filter })],
    [`searchEvents(${filter})`, (storage) => twoPages(storage, filter)],
    [
      `searchEvents(${filter}), ghosts`,
      (storage) => storage.searchEvents({ filter, ghost: true, limit: 20 }),
    ],
    [
      `aggregateEvents(category, ${filter})`,
      (storage) => storage.aggregateEvents({ by: "category", filter }),
    ],
    [
      `aggregateEvents(source.ip, ${filter})`,
      (storage) => storage.aggregateEvents({ by: "source.ip", filter }),
    ],
    [
      `timelineEvents(${filter})`,
      (storage) => storage.timelineEvents({ filter, step: "1h", by: "severity" }),
    ],
    [`streamEvents(${filter})`, (storage) => idsOf(storage.streamEvents({ filter }))],
  ]);
  return [
    ...filtered,
    ...ids.map((id): Read => [`fetchEvent(${id})`, (storage) => storage.fetchEvent(id)]),
    ["pivotEvents", (storage) => storage.pivotEvents({ row: "category", column: "severity" })],
    ["summarizeEvents", (storage) => storage.summarizeEvents({ by: ["category", "severity"] })],
    ["distinctValues", (storage) => storage.distinctValues("category")],
    ["searchColumnWith", (storage) => storage.searchColumnWith("detect_time", "max")],
    ["rows of tableStatus", async (storage) => (await storage.tableStatus("events")).rows],
  ];
}

async function twoPages(storage: EventStorage, filter: string): Promise<unknown> {
  const first = await storage.searchEvents({ filter, limit: 20, total: true });
  const second =
    first.next === null ? null : await storage.searchEvents({ filter, limit: 20, after: first.next });
  return [first.events, first.total, second?.events];
}

async function idsOf(events: AsyncIterable<{ readonly ID: string }>): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { ID } of events) ids.push(ID);
  return ids;
}
