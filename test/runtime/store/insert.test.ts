import { inspect } from "node:util";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  IdeaError,
  openStorage,
  QueryCanceledError,
  StorageIntegrityError,
  type BulkProgress,
  type EventStorage,
} from "../../../runtime/store/index.js";
import { checkConsistency, describeStores, emptyStore, eventAt, idsOf, secondsAfterNoon } from "./support.js";

/** Many events of two days. */
const many = (count: number, prefix = "e") =>
  Array.from({ length: count }, (_, index) =>
    eventAt(`${prefix}${index}`, secondsAfterNoon(index % 5000, index % 2 ? "2024-05-01" : "2024-05-02"), {
      Source: [{ IP4: [`10.0.${(index >> 8) & 255}.${index & 255}`], Proto: ["tcp"] }],
    }),
  );

/** An event that the server refuses, in stores that {@link refuseSome} prepared. */
const refusedEvent = (id: string) => eventAt(id, secondsAfterNoon(0), { Description: "refused" });

/** A constraint stands for whatever only the server can refuse. */
const refuseSome = (storage: EventStorage) =>
  storage.query(
    "alter table events add constraint refuses_some check (description is distinct from 'refused')",
  );

/** What the mapping refuses, and the place that it names. */
const BAD: readonly (readonly [event: unknown, path: string])[] = [
  [{ ...eventAt("bad1", "2024-05-01T00:00:00Z"), DetectTime: "yesterday" }, "DetectTime"],
  [{ Format: "IDEA0", ID: "bad2", Category: ["Test"] }, "DetectTime"],
  [{ ...eventAt("x", "2024-05-01T00:00:00Z"), ID: undefined }, "ID"],
  [null, "$"],
  ["text", "$"],
  [[], "$"],
  [42, "$"],
];

describeStores("single insertions", ({ storage, open }) => {
  beforeAll(() => refuseSome(storage()));
  beforeEach(async () => {
    await emptyStore(storage());
  });

  it("give the id and make the event readable at once", async () => {
    expect(await storage().insertEvent(eventAt("a", secondsAfterNoon(0)))).toBe("a");
    expect(await (await open()).fetchEvent("a")).toEqual(eventAt("a", secondsAfterNoon(0)));
    expect(await checkConsistency(storage())).toBe(1);
  });

  it("keep the JSON where SQL can read it, if so wanted, and readable by every store", async () => {
    const plain = await open({ eventFormat: "plain" });
    await plain.insertEvent(eventAt("plain", secondsAfterNoon(0)));
    await storage().insertEvent(eventAt("packed", secondsAfterNoon(1)));
    const { rows } = await plain.query(
      "select convert_from(substr(event, 2), 'UTF8')::json ->> 'ID' as id from event_json where get_byte(event, 0) = 0",
    );
    expect(rows).toEqual([{ id: "plain" }]);
    for (const store of [plain, storage()])
      expect(idsOf((await store.searchEvents()).events)).toEqual(["packed", "plain"]);
  });

  it("stamp the storage time where there is none", async () => {
    await storage().insertEvent(eventAt("stamped", secondsAfterNoon(0)));
    await storage().insertEvent(
      eventAt("given", secondsAfterNoon(1), { _CESNET: { StorageTime: "2024-05-01T13:00:00Z" } }),
    );
    const { rows } = await storage().query(
      "select id, abs(extract(epoch from now() - storage_time)) < 600 as fresh from events order by id",
    );
    expect(rows).toEqual([
      { id: "given", fresh: false },
      { id: "stamped", fresh: true },
    ]);
    expect(await storage().watchdogEvents(600)).toBe(true);
    expect(await storage().watchdogEvents(0)).toBe(false);
  });

  it("refuse an id that is there, by the name of its constraint", async () => {
    await storage().insertEvent(eventAt("a", secondsAfterNoon(0)));
    for (const options of [{}, { timeoutMs: 5000 }, { name: "alone" }]) {
      const twice = storage().insertEvent(eventAt("a", secondsAfterNoon(9, "2024-06-01")), options);
      await expect(twice).rejects.toBeInstanceOf(StorageIntegrityError);
      await expect(twice).rejects.toMatchObject({ constraint: "event_ids_pkey", sqlState: "23505" });
    }
    expect(await storage().fetchEvent("a")).toEqual(eventAt("a", secondsAfterNoon(0)));
    expect(await checkConsistency(storage())).toBe(1);
  });

  it("leave an id that is there as it is when told to", async () => {
    await storage().insertEvent(eventAt("a", secondsAfterNoon(0)));
    expect(await storage().insertEvent(eventAt("a", secondsAfterNoon(1)), { onConflict: "ignore" })).toBe(
      "a",
    );
    expect(await storage().fetchEvent("a")).toEqual(eventAt("a", secondsAfterNoon(0)));
  });

  it("take an id again after its event was deleted, or dropped with its day", async () => {
    for (const remove of [
      () => storage().deleteEvent("a"),
      () => storage().deleteEvents({ filter: "id = a" }),
      () => storage().tableCleanup("events", "detect_time", new Date("2024-06-01T00:00:00Z")),
    ]) {
      await storage().insertEvent(eventAt("a", secondsAfterNoon(0)));
      await remove();
      expect(await storage().fetchEvent("a")).toBeNull();
      expect(await checkConsistency(storage())).toBe(0);
    }
    await storage().insertEvent(eventAt("a", secondsAfterNoon(1, "2024-05-07")));
    expect(await checkConsistency(storage())).toBe(1);
  });

  it.each(BAD)("refuse %j", async (event, path) => {
    const insertion = storage().insertEvent(event);
    await expect(insertion).rejects.toBeInstanceOf(IdeaError);
    await expect(insertion).rejects.toMatchObject({ path });
  });

  it("of an event that only the server refuses name the constraint", async () => {
    const refused = storage().insertEvent(refusedEvent("a"));
    await expect(refused).rejects.toMatchObject({
      name: "StorageIntegrityError",
      constraint: "refuses_some",
    });
    expect(await checkConsistency(storage())).toBe(0);
  });

  it("of 256 producers are gathered: bad ones reject, and only they", async () => {
    const bad = (producer: number, round: number) => (producer * 7 + round) % 13 === 0;
    const outcomes = new Map<string, string>();
    await Promise.all(
      Array.from({ length: 256 }, async (_, producer) => {
        for (let round = 0; round < 8; round++) {
          const id = `p${producer}-${round}`;
          // Every kind of badness: refused by the mapping, by the server, by its id.
          const event = !bad(producer, round)
            ? eventAt(id, secondsAfterNoon(round))
            : [eventAt(id, "never"), refusedEvent(id), eventAt("p1-0", secondsAfterNoon(0))][
                (producer + round) % 3
              ];
          await storage()
            .insertEvent(event)
            .then(
              () => outcomes.set(id, "stored"),
              (error: unknown) => outcomes.set(id, error instanceof Error ? error.name : "?"),
            );
        }
      }),
    );
    expect(outcomes.size).toBe(256 * 8);
    for (const [id, outcome] of outcomes) {
      const [producer, round] = id.slice(1).split("-").map(Number);
      if (bad(producer ?? 0, round ?? 0)) expect(outcome, id).toMatch(/Error/);
      else expect(outcome, id).toBe("stored");
    }
    const stored = [...outcomes.values()].filter((outcome) => outcome === "stored");
    expect(await checkConsistency(storage())).toBe(stored.length);
  });

  it("of one id by many producers at once: one of them wins", async () => {
    const other = await open();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) =>
        (index % 2 ? storage() : other).insertEvent(eventAt("one", secondsAfterNoon(index))),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(StorageIntegrityError);
    expect(await checkConsistency(storage())).toBe(1);
  });

  it("reject after the store is closed", async () => {
    const closed = await open();
    const last = closed.insertEvent(eventAt("last", secondsAfterNoon(0)));
    await closed.close();
    expect(await last).toBe("last");
    await expect(closed.insertEvent(eventAt("late", secondsAfterNoon(0)))).rejects.toMatchObject({
      code: "storage_closed",
    });
    await closed.close();
  });
});

describeStores("bulk insertions", ({ storage, open }) => {
  beforeAll(() => refuseSome(storage()));
  beforeEach(async () => {
    await emptyStore(storage());
  });

  it("report bad events in their order, each with its reason, and store all others", async () => {
    const events: unknown[] = many(2500);
    const places = [0, 1, 777, 1000, 1001, 2000, 2499];
    places.forEach((place, index) => (events[place] = BAD[index]?.[0]));
    const progress: BulkProgress[] = [];
    const result = await storage().insertEvents(events, { onProgress: (state) => progress.push(state) });
    expect(result).toMatchObject({ inserted: 2500 - places.length, duplicates: 0 });
    expect(result.rejected.map(({ index, path }) => [index, path])).toEqual(
      places.map((place, index) => [place, BAD[index]?.[1]]),
    );
    expect(result.rejected[0]).toMatchObject({ id: "bad1" });
    for (const { reason } of result.rejected) expect(reason).not.toBe("");
    expect(new Set(progress.flatMap(({ inserted }) => inserted)).size).toBe(result.inserted);
    expect(progress.flatMap(({ rejected }) => rejected)).toEqual(
      expect.arrayContaining(result.rejected.flatMap(({ id }) => id ?? [])),
    );
    expect(await checkConsistency(storage())).toBe(result.inserted);
  });

  it("report what the server refuses in the same way", async () => {
    const events = many(1200);
    events[600] = refusedEvent("refused");
    const { inserted, rejected } = await storage().insertEvents(events);
    expect(inserted).toBe(1199);
    expect(rejected).toHaveLength(1);
    expect(rejected[0]).toMatchObject({ index: 600, id: "refused", path: "$" });
    expect(rejected[0]?.reason).toContain("refuses_some");
    expect(await checkConsistency(storage())).toBe(1199);
  });

  it("count duplicates, of what was there and within the input", async () => {
    await storage().insertEvents(many(100));
    const again = await storage().insertEvents([...many(150), ...many(20, "new"), ...many(20, "new")]);
    expect(again).toEqual({ inserted: 70, duplicates: 120, different: 0, rejected: [] });
    expect(await checkConsistency(storage())).toBe(170);
  });

  it("reject duplicates when told to", async () => {
    await storage().insertEvent(eventAt("e1", secondsAfterNoon(0)));
    const result = await storage().insertEvents(many(3), { onConflict: "error" });
    expect(result).toEqual({
      inserted: 2,
      duplicates: 0,
      different: 0,
      rejected: [{ index: 1, id: "e1", path: "ID", reason: "an event with this id is stored already" }],
    });
  });

  it("read any source: arrays, generators, async generators, and nothing", async () => {
    function* generator() {
      yield* many(10, "g");
    }
    async function* asynchronous() {
      for (const event of many(10, "a")) {
        await Promise.resolve();
        yield event;
      }
    }
    expect((await storage().insertEvents(generator())).inserted).toBe(10);
    expect((await storage().insertEvents(asynchronous())).inserted).toBe(10);
    expect(await storage().insertEvents([])).toEqual({
      inserted: 0,
      duplicates: 0,
      different: 0,
      rejected: [],
    });
    expect(await checkConsistency(storage())).toBe(20);
  });

  it("tell events with other content from duplicates, and name what became of each", async () => {
    const event = (id: string, more: Record<string, unknown> = {}) => eventAt(id, secondsAfterNoon(1), more);
    const { ID, ...rest } = event("b", { Note: "b" });
    await storage().insertEvents([event("a"), event("b", { Note: "b" })]);
    const steps: BulkProgress[] = [];
    const result = await storage().insertEvents(
      [
        event("a", { Note: "other" }),
        // The same content with its keys in another order.
        { ...rest, ID },
        event("c"),
        event("c"),
        event("c", { Note: "other" }),
        { ID: "bad" },
        { Format: "IDEA0" },
      ],
      { onProgress: (step) => steps.push(step) },
    );
    expect(result).toMatchObject({ inserted: 1, duplicates: 2, different: 2, rejected: [{ id: "bad" }, {}] });
    expect(steps).toEqual([
      { inserted: ["c"], duplicates: ["b", "c"], different: ["a", "c"], rejected: ["bad"] },
    ]);
    expect(await storage().fetchEvent("a")).toEqual(event("a"));
    const refused = await storage().insertEvents([event("a", { Note: "other" })], { onConflict: "error" });
    expect(refused).toMatchObject({ inserted: 0, different: 0, rejected: [{ id: "a", path: "ID" }] });
  });

  it("end with the error of a source that breaks, and keep what was acknowledged", async () => {
    const failure = new Error("the source broke");
    function* broken() {
      yield* many(3000);
      throw failure;
    }
    let acknowledged = 0;
    const bulk = storage().insertEvents(broken(), {
      onProgress: ({ inserted }) => (acknowledged += inserted.length),
    });
    await expect(bulk).rejects.toBe(failure);
    expect(failure).toMatchObject({
      partial: { inserted: acknowledged, duplicates: 0, different: 0, rejected: [] },
    });
    expect(acknowledged).toBeGreaterThanOrEqual(2000);
    expect(await checkConsistency(storage())).toBe(acknowledged);
  });

  it("stop when aborted, before or in the middle, and let the source end", async () => {
    await expect(storage().insertEvents(many(10), { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
      QueryCanceledError,
    );
    expect(await storage().countEvents()).toBe(0);
    const controller = new AbortController();
    let ended = false;
    function* endless() {
      try {
        for (let index = 0; ; index++) yield eventAt(`endless${index}`, secondsAfterNoon(index % 1000));
      } finally {
        ended = true;
      }
    }
    let acknowledged = 0;
    const bulk = storage().insertEvents(endless(), {
      signal: controller.signal,
      onProgress: ({ inserted }) => {
        acknowledged += inserted.length;
        if (acknowledged >= 3000) controller.abort();
      },
    });
    await expect(bulk).rejects.toBeInstanceOf(QueryCanceledError);
    expect(ended).toBe(true);
    expect(await checkConsistency(storage())).toBeGreaterThanOrEqual(acknowledged);
  });

  it("of several clients with the same events at once store each once", async () => {
    const clients = [storage(), await open(), await open()];
    const shuffled = (seed: number) =>
      many(3000).sort(
        (a, b) =>
          ((Number(String(a["ID"]).slice(1)) * seed) % 3001) -
          ((Number(String(b["ID"]).slice(1)) * seed) % 3001),
      );
    const results = await Promise.all(
      clients.map((client, index) => client.insertEvents(shuffled(17 + 2 * index))),
    );
    expect(results.flatMap(({ rejected }) => rejected)).toEqual([]);
    expect(results.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(3000);
    expect(results.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(6000);
    expect(await checkConsistency(storage())).toBe(3000);
  });

  it("are part of a transaction that they run in", async () => {
    const failure = new Error("roll back");
    const work = storage().transaction(async (inner) => {
      expect((await inner.insertEvents(many(500))).inserted).toBe(500);
      expect(await inner.insertEvent(eventAt("single", secondsAfterNoon(0)))).toBe("single");
      expect(await inner.countEvents()).toBe(501);
      throw failure;
    });
    await expect(work).rejects.toBe(failure);
    expect(await checkConsistency(storage())).toBe(0);
  });
});

describe("a store that is not there", () => {
  it("is an error of the connection, without the password", async () => {
    const attempt = async (): Promise<void> => {
      const storage = await openStorage({ connectionString: "postgres://user:secret@127.0.0.1:1/none" });
      await storage.insertEvent(eventAt("a", secondsAfterNoon(0))).finally(() => storage.close());
    };
    const error: unknown = await attempt().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(inspect(error)).toContain("127.0.0.1");
    expect(inspect(error)).not.toContain("secret");
  });
});
