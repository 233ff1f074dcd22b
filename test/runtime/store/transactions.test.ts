import { beforeEach, expect, it } from "vitest";
import {
  QueryCanceledError,
  QueryTimeoutError,
  StorageIntegrityError,
  TransactionConflictError,
  type EventOperations,
  type EventStorage,
} from "../../../runtime/store/index.js";
import {
  checkConsistency,
  collect,
  describeStores,
  emptyStore,
  eventAt,
  idsOf,
  secondsAfterNoon,
} from "./support.js";

const event = (id: string) => eventAt(id, secondsAfterNoon(0));
const until = async (condition: () => Promise<boolean>) => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
};

describeStores("transactions", ({ storage, open }) => {
  beforeEach(async () => {
    await emptyStore(storage());
  });

  it("commit all or nothing, and nobody sees them before", async () => {
    const other = await open();
    await storage().transaction(async (inner) => {
      await inner.insertEvent(event("a"));
      await inner.thresholdSet("key", new Date(0), new Date(1), new Date(2));
      expect(await inner.countEvents()).toBe(1);
      expect(await other.countEvents()).toBe(0);
      expect(await other.fetchEvent("a")).toBeNull();
    });
    expect([await other.countEvents(), await other.thresholdsCount()]).toEqual([1, 1]);
  });

  it("of a day that has no partition yet hold up nobody for long, and the days are made afterwards", async () => {
    const other = await open();
    const partitions = async () => (await storage().tableStatus("events")).partitions;
    const before = await partitions();
    await storage().transaction(async (inner) => {
      await inner.insertEvent(eventAt("new", secondsAfterNoon(0, "2021-01-01")));
      await other.insertEvent(eventAt("newer", secondsAfterNoon(1, "2021-01-02")), { timeoutMs: 20_000 });
      expect(await other.fetchEvent("newer", { timeoutMs: 20_000 })).not.toBeNull();
    });
    await storage().refresh();
    expect(await partitions()).toBe(before + 2);
    expect(idsOf((await storage().searchEvents()).events)).toEqual(["newer", "new"]);
    expect(await checkConsistency(storage())).toBe(2);
  });

  it("give what the work gives, and reject with its error after rolling back", async () => {
    expect(await storage().transaction(() => Promise.resolve("value"))).toBe("value");
    const failure = new Error("mine");
    const work = storage().transaction(async (inner) => {
      await inner.insertEvent(event("a"));
      throw failure;
    });
    await expect(work).rejects.toBe(failure);
    expect(await checkConsistency(storage())).toBe(0);
  });

  it("see one state under repeatable read, and what is committed meanwhile under read committed", async () => {
    for (const [isolation, seen] of [
      ["repeatable read", 0],
      ["serializable", 0],
      ["read committed", 1],
    ] as const) {
      await emptyStore(storage());
      const count = await storage().transaction(
        async (inner) => {
          await inner.countEvents();
          await storage().insertEvent(event("b"));
          const { events } = await inner.searchEvents();
          expect(await inner.countEvents()).toBe(events.length);
          return events.length;
        },
        { isolation },
      );
      expect(count).toBe(seen);
    }
  });

  it("refuse to change anything when they are read only", async () => {
    const work = storage().transaction((inner) => inner.insertEvent(event("a")), { readOnly: true });
    await expect(work).rejects.toMatchObject({ code: "read_only" });
    expect(await storage().countEvents()).toBe(0);
  });

  it("nest as savepoints", async () => {
    await storage().transaction(async (outer) => {
      await outer.insertEvent(event("a"));
      const nested = outer.transaction(async (inner) => {
        await inner.insertEvent(event("b"));
        await inner.transaction((innermost) => innermost.insertEvent(event("c")));
        throw new Error("only the inner ones");
      });
      await expect(nested).rejects.toThrow("only the inner ones");
      await outer.transaction((inner) => inner.insertEvent(event("d")));
    });
    expect(idsOf((await storage().searchEvents()).events)).toEqual(["d", "a"]);
    await checkConsistency(storage());
  });

  it("go on after a duplicate, which breaks nothing", async () => {
    await storage().insertEvent(event("a"));
    await storage().transaction(async (inner) => {
      await expect(inner.insertEvent(event("a"))).rejects.toBeInstanceOf(StorageIntegrityError);
      await inner.insertEvent(event("b"));
    });
    expect(await checkConsistency(storage())).toBe(2);
  });

  it("are an error when the server turned their commit into a rollback", async () => {
    const work = storage().transaction(async (inner) => {
      await inner.insertEvent(event("a"));
      await inner.query("select 1 / 0").catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ code: "transaction_aborted" });
    expect(await storage().countEvents()).toBe(0);
  });

  it("are run again after a conflict when asked, and not otherwise", async () => {
    const conflicting = async (retry: boolean): Promise<number> => {
      let attempts = 0;
      await storage().transaction(
        async (inner) => {
          attempts++;
          await inner.thresholdCheck("key", new Date(0));
          if (attempts === 1) await storage().thresholdSet("key", new Date(0), new Date(1), new Date(3));
          await inner.thresholdSet("key", new Date(0), new Date(1), new Date(2));
        },
        { isolation: "repeatable read", retry },
      );
      return attempts;
    };
    await storage().thresholdSet("key", new Date(0), new Date(1), new Date(2));
    await expect(conflicting(false)).rejects.toBeInstanceOf(TransactionConflictError);
    expect(await conflicting(true)).toBe(2);
    expect((await storage().thresholdCheck("key", new Date(0)))?.ttlTime).toEqual(new Date(2));
  });

  it("can't be used after their end", async () => {
    let kept: EventOperations | undefined;
    await storage().transaction((inner) => {
      kept = inner;
      return Promise.resolve();
    });
    for (const late of [
      () => kept?.countEvents(),
      () => kept?.insertEvent(event("late")),
      () => kept?.query("select 1"),
      () => kept?.transaction(() => Promise.resolve()),
    ])
      await expect((async () => late())()).rejects.toMatchObject({ code: "transaction_closed" });
    expect(await storage().countEvents()).toBe(0);
  });

  it("stream, page, delete and chart within", async () => {
    await storage().transaction(async (inner) => {
      await inner.insertEvents(
        Array.from({ length: 50 }, (_, index) => eventAt(`t${index}`, secondsAfterNoon(index))),
      );
      expect(await collect(inner.streamEvents())).toHaveLength(50);
      expect((await inner.searchEvents({ limit: 10, total: true })).total).toBe(50);
      expect(await inner.deleteEvents({ filter: "id = t0" })).toBe(1);
      expect((await inner.timelineEvents({ step: "1h" })).total).toBe(49);
      expect(await inner.aggregateEvents({ by: "category" })).toEqual([{ value: "Test", count: 49 }]);
      await inner.refresh();
      expect(await inner.countEvents({ filter: "category = Test" })).toBe(49);
    });
    expect(await checkConsistency(storage())).toBe(49);
  });

  it("are rolled back when their signal is aborted", async () => {
    const controller = new AbortController();
    const work = storage().transaction(
      async (inner) => {
        await inner.insertEvent(event("a"));
        setTimeout(() => controller.abort(), 50);
        await inner.query("select pg_sleep(30)");
      },
      { signal: controller.signal },
    );
    await expect(work).rejects.toBeInstanceOf(QueryCanceledError);
    expect(await checkConsistency(storage())).toBe(0);
  });
});

/** A call with more options. */
type Asked = (options: object) => Promise<unknown>;

/** Work of several transactions. */
type Upkeep =
  | "refresh"
  | "databaseCreate"
  | "transaction"
  | "verify"
  | "mergePartitions"
  | "splitPartitions"
  | "indexCreate"
  | "indexDrop";

/** Asks the server nothing, or nothing that a lock on the tables holds up; or takes away what the other calls need. */
type Unheld =
  | "description"
  | "filterOptions"
  | "close"
  | "compile"
  | "restricted"
  | "mogrify"
  | "queriesStatus"
  | "queryStatus"
  | "queryCancel"
  | "archivePartitions"
  | "rolesCreate"
  | "databaseDrop";

/** Every other operation: one that is new has to be tried, or named above. */
type Single = Exclude<keyof EventStorage, Upkeep | Unheld>;

describeStores("cancellation and time limits", ({ storage, open }) => {
  beforeEach(async () => {
    await emptyStore(storage());
    await storage().insertEvents(
      Array.from({ length: 20 }, (_, index) => eventAt(`s${index}`, secondsAfterNoon(index))),
    );
  });

  /** Holds a lock that every reading of the events has to wait for, while the work runs. */
  async function whileLocked<T>(work: () => Promise<T>): Promise<T> {
    const blocker = await open();
    return blocker.transaction(async (inner) => {
      await inner.query(
        "lock table events, event_json, event_ids, event_hours, event_rollups, thresholds, events_thresholded, eventstore_schema " +
          "in access exclusive mode",
      );
      return work();
    });
  }

  const calls: Readonly<Record<Single, Asked>> = {
    searchEvents: (options: object) => storage().searchEvents({ filter: "severity missing", ...options }),
    countEvents: (options: object) => storage().countEvents({ filter: "note missing", ...options }),
    insertEvent: (options: object) => storage().insertEvent(event("new"), options),
    insertEvents: (options: object) => storage().insertEvents([event("new")], options),
    fetchEvent: (options: object) => storage().fetchEvent("s1", options),
    deleteEvent: (options: object) => storage().deleteEvent("s1", options),
    deleteEvents: (options: object) => storage().deleteEvents({ filter: "note missing", ...options }),
    aggregateEvents: (options: object) => storage().aggregateEvents({ by: "note", ...options }),
    timelineEvents: (options: object) => storage().timelineEvents({ step: "1h", ...options }),
    pivotEvents: (options: object) =>
      storage().pivotEvents({ row: "category", column: "severity", ...options }),
    summarizeEvents: (options: object) => storage().summarizeEvents({ by: ["note"], ...options }),
    distinctValues: (options: object) => storage().distinctValues("note", options),
    streamEvents: (options: object) => collect(storage().streamEvents(options)),
    streamEventIds: (options: object) => collect(storage().streamEventIds(options)),
    expireThresholds: (options: object) => storage().expireThresholds(new Date(0), options),
    watchdogEvents: (options: object) => storage().watchdogEvents(60, options),
    thresholdSet: (options: object) =>
      storage().thresholdSet("key", new Date(0), new Date(1), new Date(2), options),
    thresholdCheck: (options: object) => storage().thresholdCheck("key", new Date(0), options),
    thresholdSave: (options: object) =>
      storage().thresholdSave("s1", "key", "g", "low", new Date(1), options),
    thresholdsCount: (options: object) => storage().thresholdsCount(options),
    thresholdsClean: (options: object) => storage().thresholdsClean(new Date(0), options),
    thresholdedEventsCount: (options: object) => storage().thresholdedEventsCount(options),
    thresholdedEventsClean: (options: object) => storage().thresholdedEventsClean(options),
    searchRelapsedEvents: (options: object) =>
      storage().searchRelapsedEvents("g", "low", new Date(3), options),
    tableCleanup: (options: object) => storage().tableCleanup("thresholds", "ttltime", new Date(0), options),
    databaseStatus: (options: object) => storage().databaseStatus(options),
    tableStatus: (options: object) => storage().tableStatus("events", undefined, options),
    searchColumnWith: (options: object) => storage().searchColumnWith("detect_time", "min", options),
    query: (options: object) => storage().query("select count(*) from events", [], options),
  };

  const upkeep: Readonly<Record<Upkeep, Asked>> = {
    verify: (options: object) => storage().verify(options),
    mergePartitions: (options: object) => storage().mergePartitions(options),
    splitPartitions: (options: object) => storage().splitPartitions(options),
    indexCreate: (options: object) => storage().indexCreate(options),
    indexDrop: (options: object) => storage().indexDrop(options),
    refresh: (options: object) => storage().refresh(options),
    databaseCreate: (options: object) => storage().databaseCreate(options),
    transaction: (options: object) =>
      storage().transaction(
        (outer) => outer.transaction((inner) => inner.query("select count(*) from events")),
        options,
      ),
  };

  it.each(Object.entries({ ...calls, ...upkeep }))(
    "%s ends when its signal is aborted, before or while it runs",
    async (_, call) => {
      await expect(call({ signal: AbortSignal.abort() })).rejects.toBeInstanceOf(QueryCanceledError);
      await whileLocked(async () => {
        const controller = new AbortController();
        const running = call({ signal: controller.signal });
        setTimeout(() => controller.abort(), 100);
        await expect(running).rejects.toBeInstanceOf(QueryCanceledError);
      });
      expect(await checkConsistency(storage())).toBe(20);
      await call({ signal: new AbortController().signal });
    },
  );

  it.each(Object.entries({ ...calls, ...upkeep }))("%s ends when its time is over", async (_, call) => {
    await whileLocked(() => expect(call({ timeoutMs: 100 })).rejects.toBeInstanceOf(QueryTimeoutError));
    expect(await checkConsistency(storage())).toBe(20);
    await call({ timeoutMs: 60_000 });
  });

  it("of a store holds for every call that sets none", async () => {
    const impatient = await open({ timeoutMs: 600 });
    await expect(impatient.query("select pg_sleep(30)")).rejects.toBeInstanceOf(QueryTimeoutError);
    expect((await impatient.query("select pg_sleep(0.7) is null as x", [], { timeoutMs: 0 })).rowCount).toBe(
      1,
    );
  });

  it("finds a named query, cancels it, and lets one with a similar name go on", async () => {
    const other = await open();
    const name = 'it\'s 100 % (of "all"';
    const similar = `${name} `;
    await whileLocked(async () => {
      const state = { similarDone: false };
      const victim = storage().searchEvents({ filter: "severity missing", name });
      const survivor = storage()
        .countEvents({ filter: "severity missing", name: similar })
        .finally(() => {
          state.similarDone = true;
        });
      survivor.catch(() => undefined);
      const refused = expect(victim).rejects.toBeInstanceOf(QueryCanceledError);
      await until(
        async () => (await other.queryStatus(name)) !== null && (await other.queryStatus(similar)) !== null,
      );
      expect((await other.queriesStatus()).map((activity) => activity.name)).toEqual(
        expect.arrayContaining([name, similar]),
      );
      expect(await other.queryCancel("it's 100 % (")).toBe(false);
      expect(await other.queryCancel(name)).toBe(true);
      await refused;
      expect(await other.queryStatus(name)).toBeNull();
      expect(state.similarDone).toBe(false);
      expect((await other.queryStatus(similar))?.state).toBe("active");
      return { survivor };
    }).then(async ({ survivor }) => expect(await survivor).toBe(20));
    expect(await other.queryCancel(similar)).toBe(false);
  });

  it("leave no connection behind", async () => {
    const small = await open({ pool: { max: 2 } });
    for (let round = 0; round < 30; round++) {
      const controller = new AbortController();
      const running = small.query("select pg_sleep(1)", [], { signal: controller.signal });
      setTimeout(() => controller.abort(), round);
      await expect(running).rejects.toBeInstanceOf(QueryCanceledError);
    }
    expect(await small.countEvents()).toBe(20);
  });
});
