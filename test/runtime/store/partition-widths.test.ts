/** Partitions of any width, side by side, merged and split under ingest: they change how fast a store is, never what it says. */
import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { openExecutor, type Session } from "../../../runtime/index.js";
import type { EventStorage, SearchOptions } from "../../../runtime/store/index.js";
import { mergePartitions } from "../../../runtime/store/schema/index.js";
import { checkConsistency, describeStores, emptyStore, eventAt, idsOf, secondsAfterNoon } from "./support.js";

const DAY_MS = 86_400_000;
const FIRST = Date.parse("2024-01-01T00:00:00Z");
const dayOf = (index: number): string => new Date(FIRST + index * DAY_MS).toISOString().slice(0, 10);

const partitionsOf = async (storage: EventStorage): Promise<readonly string[]> =>
  (
    await storage.query(
      "select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'events'::regclass order by 1",
    )
  ).rows.map(({ name }) => String(name));

async function dropAll(storage: EventStorage): Promise<void> {
  await emptyStore(storage);
  await storage.tableCleanup("events", "detect_time", new Date("2100-01-01T00:00:00Z"));
}

/** Says that this many events of a day were stored. */
async function pretend(storage: EventStorage, day: string, events: number): Promise<void> {
  await storage.query(
    "insert into event_hours (hour, shard, inserted, deleted) values ($1::timestamptz, 0, $2, 0)",
    [`${day}T06:00:00Z`, events],
  );
}

describeStores("the width of a new partition", ({ storage }) => {
  beforeEach(async () => {
    await dropAll(storage());
    await storage().databaseCreate({ partitions: "auto" });
  });

  it("is a week until it is known how many events come, then goes by their number", async () => {
    await storage().insertEvent(eventAt("first", secondsAfterNoon(0, "2024-01-10")));
    await storage().insertEvent(eventAt("few", secondsAfterNoon(0, "2024-01-20")));
    await pretend(storage(), "2024-03-10", 20_000);
    await storage().insertEvent(eventAt("some", secondsAfterNoon(0, "2024-03-11")));
    await pretend(storage(), "2024-06-10", 2_000_000);
    await storage().insertEvent(eventAt("many", secondsAfterNoon(0, "2024-06-11")));
    expect(await partitionsOf(storage())).toEqual([
      "events_20240108_7",
      "events_20240115_17",
      "events_20240311_7",
      "events_20240611",
      "events_default",
    ]);
  });

  it("is what was set for the store, which may change", async () => {
    const changes = (await storage().databaseCreate({ partitions: "month" })).changes;
    expect(changes).toEqual(["new partitions: month"]);
    expect((await storage().databaseCreate()).changes).toEqual([]);
    await storage().insertEvent(eventAt("a", secondsAfterNoon(0, "2024-02-10")));
    await storage().databaseCreate({ partitions: "day" });
    await storage().insertEvent(eventAt("b", secondsAfterNoon(0, "2024-03-10")));
    expect(await partitionsOf(storage())).toEqual([
      "events_20240201_29",
      "events_20240310",
      "events_default",
    ]);
    expect(idsOf((await storage().searchEvents()).events)).toEqual(["b", "a"]);
  });
});

describeStores("wide partitions", ({ storage, url }) => {
  beforeEach(async () => {
    await dropAll(storage());
  });

  it("are cut by retention to the exact time", async () => {
    await storage().databaseCreate({ partitions: "month" });
    const days = Array.from({ length: 75 }, (_, index) => dayOf(index));
    await storage().insertEvents(days.map((day) => eventAt(day, secondsAfterNoon(0, day))));
    expect(await partitionsOf(storage())).toHaveLength(4);
    const cut = new Date("2024-02-10T12:00:00Z");
    expect(await storage().tableCleanup("events", "detect_time", cut)).toBe(40);
    expect(await partitionsOf(storage())).toHaveLength(3);
    expect(await storage().countEvents()).toBe(35);
    expect(await storage().fetchEvent("2024-02-10")).not.toBeNull();
    expect(await storage().fetchEvent("2024-02-09")).toBeNull();
    await storage().refresh();
    expect(await checkConsistency(storage())).toBe(35);
    expect((await storage().verify()).problems).toEqual([]);
  });

  it("are merged and split, with what comes and goes meanwhile", async () => {
    await storage().databaseCreate({ partitions: "day" });
    const days = Array.from({ length: 40 }, (_, index) => dayOf(index));
    await storage().insertEvents(days.map((day) => eventAt(day, secondsAfterNoon(0, day))));
    let [stored, changing] = [40, true];
    const ingest = (async () => {
      for (let index = 0; changing; index += 1) {
        const id = `late${index}`;
        await storage().insertEvent(eventAt(id, secondsAfterNoon(index % 3600, dayOf(index % 40))));
        if (index % 3 === 0) await storage().deleteEvent(id);
        else stored += 1;
        const { events } = await storage().searchEvents({ filter: `id = "${dayOf(index % 40)}"` });
        expect(events).toHaveLength(1);
      }
    })();
    const messages: string[] = [];
    const merged = await storage().mergePartitions({ onProgress: (message) => messages.push(message) });
    expect(merged).toEqual({ before: 40, after: 2 });
    expect(messages[0]).toBe("2024-01-01..2024-01-31: 31 partitions became 1");
    expect(await storage().splitPartitions({ width: "week", to: new Date("2024-02-01T00:00:00Z") })).toEqual({
      before: 1,
      after: 5,
    });
    changing = false;
    await ingest;
    expect(await partitionsOf(storage())).toEqual([
      "events_20240101_7",
      "events_20240108_7",
      "events_20240115_7",
      "events_20240122_7",
      "events_20240129_3",
      "events_20240201_9",
      "events_default",
    ]);
    expect(await checkConsistency(storage())).toBe(stored);
    expect((await storage().verify()).problems).toEqual([]);
  });

  it("are merged although a day comes in a gap of what was planned, and another goes", async () => {
    await storage().databaseCreate({ partitions: "day" });
    const on = (day: string) => eventAt(day, secondsAfterNoon(0, day));
    await storage().insertEvents(["2024-01-02", "2024-01-03", "2024-01-20"].map(on));
    const executor = openExecutor({ connectionString: url() });
    const surprised: Session = {
      ...executor,
      transaction: async (work, options) => {
        await storage().insertEvent(on("2024-01-10"), { onConflict: "ignore" });
        await storage().tableCleanup("events", "detect_time", new Date("2024-01-03T00:00:00Z"));
        return executor.transaction(work, options);
      },
    };
    try {
      await mergePartitions(surprised, IDEA_CATALOGUE, {});
    } finally {
      await executor.close();
    }
    expect(await partitionsOf(storage())).toEqual(["events_20240103_18", "events_default"]);
    expect(await checkConsistency(storage())).toBe(3);
    expect((await storage().verify()).problems).toEqual([]);
  });

  it("say the same whatever happens to them", async () => {
    const width = fc.constantFrom("day" as const, "week" as const, "month" as const);
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant("insert" as const),
          days: fc.array(fc.nat(70), { minLength: 1, maxLength: 8 }),
          width,
        }),
      },
      fc.record({
        kind: fc.constant("merge" as const),
        width: fc.constantFrom("week" as const, "month" as const),
      }),
      fc.record({
        kind: fc.constant("split" as const),
        width: fc.constantFrom("day" as const, "week" as const),
      }),
      fc.record({ kind: fc.constant("refresh" as const) }),
      fc.record({ kind: fc.constant("retain" as const), day: fc.nat(30) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 7 }), async (steps) => {
        await dropAll(storage());
        const there = new Map<string, string>();
        let number = 0;
        for (const one of steps) {
          if (one.kind === "insert") {
            await storage().databaseCreate({ partitions: one.width });
            const events = one.days.map((day) => {
              const id = `e${(number += 1)}`;
              const time = secondsAfterNoon(number, dayOf(day));
              there.set(id, time);
              return eventAt(id, time);
            });
            await storage().insertEvents(events);
          } else if (one.kind === "merge") await storage().mergePartitions({ width: one.width });
          else if (one.kind === "split") await storage().splitPartitions({ width: one.width });
          else if (one.kind === "refresh") await storage().refresh();
          else {
            const before = `${dayOf(one.day)}T12:00:03.000Z`;
            for (const [id, time] of there) if (time < before) there.delete(id);
            await storage().tableCleanup("events", "detect_time", new Date(before));
          }
          await agrees(storage(), there);
        }
      }),
      { numRuns: 5 },
    );
  });
});

/** Searches, counts, pages and days tell of just these events. */
async function agrees(storage: EventStorage, there: ReadonlyMap<string, string>): Promise<void> {
  const inOrder = [...there].sort(([, a], [, b]) => (a < b ? 1 : -1)).map(([id]) => id);
  const pages = async (options: SearchOptions): Promise<readonly string[]> => {
    const { events, next } = await storage.searchEvents(options);
    return [...idsOf(events), ...(next === null ? [] : await pages({ ...options, after: next }))];
  };
  expect(await pages({ limit: 4 })).toEqual(inOrder);
  expect(await pages({ limit: 7, sort: "detect_time.asc" })).toEqual([...inOrder].reverse());
  expect(await storage.countEvents()).toBe(there.size);
  expect(await storage.countEvents({ filter: "category = Test" })).toBe(there.size);
  const { buckets } = await storage.timelineEvents({ step: "1d", by: "category" });
  const days = buckets
    .filter(({ count }) => count > 0)
    .map(({ from, count }) => [from.toISOString().slice(0, 10), count]);
  const expected = new Map<string, number>();
  for (const time of [...there.values()].toSorted())
    expected.set(time.slice(0, 10), (expected.get(time.slice(0, 10)) ?? 0) + 1);
  expect(days).toEqual([...expected]);
}
