import { beforeEach, describe, expect, it } from "vitest";
import { DataError, StorageIntegrityError, type RelapseOptions } from "../../../runtime/store/index.js";
import { describeStores, emptyStore, eventAt, idsOf } from "./support.js";

/** The instants of the scenario of operations.md §3: T now, R = T − 300 s, H = R − 300 s. */
const T = new Date("2024-05-01T12:00:00Z");
const after = (instant: Date, milliseconds: number): Date => new Date(instant.getTime() + milliseconds);
const seconds = (instant: Date, count: number): Date => after(instant, count * 1000);
const R = seconds(T, -300);
const H = seconds(R, -300);

const GROUP = "test@domain.org";

describeStores("thresholding", ({ storage, open }) => {
  beforeEach(async () => {
    await emptyStore(storage());
  });

  const counts = async () => [await storage().thresholdsCount(), await storage().thresholdedEventsCount()];
  const relapsed = async (at: Date, group = GROUP, severity = "low") =>
    (await storage().searchRelapsedEvents(group, severity, at)).map(({ event, keys }) => [event.ID, keys]);

  describe("the scenario of the specification", () => {
    beforeEach(async () => {
      for (const key of ["ident1", "ident2", "ident3"]) await storage().thresholdSet(key, H, R, T);
      await storage().thresholdSave("msg1", "ident3", GROUP, "low", seconds(R, 5));
      await storage().thresholdSave("msg2", "ident3", GROUP, "low", seconds(R, 6));
      await storage().thresholdSave("msg3", "ident2", "test@domain.com", "low", seconds(R, 2));
    });

    it("counts, checks and cleans", async () => {
      expect(await counts()).toEqual([3, 3]);
      const record = { key: "ident1", thresholdTime: H, relapseTime: R, ttlTime: T };
      expect(await storage().thresholdCheck("ident1", T)).toEqual(record);
      expect(await storage().thresholdCheck("ident1", R)).toEqual(record);
      expect(await storage().thresholdCheck("ident1", seconds(T, 300))).toBeNull();
      expect(await storage().thresholdCheck("ident4", T)).toBeNull();

      expect(await storage().thresholdsClean(T)).toBe(0);
      expect(await storage().thresholdedEventsClean()).toBe(0);
      expect(await counts()).toEqual([3, 3]);
      expect(await storage().thresholdsClean(seconds(T, 300))).toBe(3);
      expect(await counts()).toEqual([0, 3]);
      expect(await storage().thresholdedEventsClean()).toBe(3);
      expect(await counts()).toEqual([0, 0]);
    });

    it("finds the relapses of a group, with whole events", async () => {
      for (const id of ["msg1", "msg2", "msg3"])
        await storage().insertEvent(eventAt(id, "2024-05-01T10:00:00Z"));
      expect(await relapsed(seconds(T, 1))).toEqual([
        ["msg1", ["ident3"]],
        ["msg2", ["ident3"]],
      ]);
      expect(await relapsed(seconds(T, 1), "test@domain.com")).toEqual([["msg3", ["ident2"]]]);
      expect(await relapsed(seconds(T, 1), GROUP, "medium")).toEqual([]);
      expect(await relapsed(seconds(T, 1), "")).toEqual([]);
    });

    it("is the same in a transaction, and gone when it is rolled back", async () => {
      const failure = new Error("roll back");
      const work = storage().transaction(async (inner) => {
        expect(await inner.thresholdsClean(seconds(T, 300))).toBe(3);
        expect(await inner.thresholdedEventsClean()).toBe(3);
        throw failure;
      });
      await expect(work).rejects.toBe(failure);
      expect(await counts()).toEqual([3, 3]);
    });
  });

  it("has no relapse where the event was saved before the relapse part", async () => {
    await storage().insertEvent(eventAt("msg", "2024-05-01T10:00:00Z"));
    await storage().thresholdSet("key", H, R, T);
    await storage().thresholdSave("msg", "key", GROUP, "low", seconds(R, -300));
    expect(await relapsed(T)).toEqual([]);
  });

  it("has a relapse where it was saved within, once the key has expired", async () => {
    await storage().insertEvent(eventAt("msg", "2024-05-01T10:00:00Z"));
    await storage().thresholdSet("key", H, R, T);
    await storage().thresholdSave("msg", "key", GROUP, "low", seconds(R, 100));
    expect(await relapsed(seconds(T, -30))).toEqual([]);
    expect(await relapsed(seconds(T, 30))).toEqual([["msg", ["key"]]]);
  });

  describe("boundaries, from both sides", () => {
    beforeEach(async () => {
      await storage().thresholdSet("key", H, R, T);
    });

    it.each([
      [-1, true],
      [0, true],
      [1, false],
    ])("check %i ms after the end: live %s", async (offset, live) => {
      expect((await storage().thresholdCheck("key", after(T, offset))) !== null).toBe(live);
    });

    it.each([
      [-1, 0],
      [0, 0],
      [1, 1],
    ])("clean %i ms after the end removes %i", async (offset, removed) => {
      expect(await storage().thresholdsClean(after(T, offset))).toBe(removed);
    });

    it.each([
      [-1, 0],
      [0, 1],
      [1, 1],
    ])("asked %i ms after the end there are %i relapses", async (offset, expected) => {
      await storage().insertEvent(eventAt("msg", "2024-05-01T10:00:00Z"));
      await storage().thresholdSave("msg", "key", GROUP, "low", seconds(R, 1));
      expect(await relapsed(after(T, offset))).toHaveLength(expected);
    });

    it.each([
      [-1, 0],
      [0, 1],
      [1, 1],
    ])("saved %i ms after the relapse part began there are %i relapses", async (offset, expected) => {
      await storage().insertEvent(eventAt("msg", "2024-05-01T10:00:00Z"));
      await storage().thresholdSave("msg", "key", GROUP, "low", after(R, offset));
      expect(await relapsed(T)).toHaveLength(expected);
    });

    it.each([
      [-1, 1],
      [0, 0],
      [1, 0],
    ])("an event saved %i ms after the relapse part began: %i removed", async (offset, removed) => {
      await storage().thresholdSave("msg", "key", GROUP, "low", after(R, offset));
      expect(await storage().thresholdedEventsClean()).toBe(removed);
    });

    it.each([
      [-1, 1],
      [0, 0],
      [1, 0],
    ])("keeping since the threshold: saved %i ms after it, %i removed", async (offset, removed) => {
      await storage().thresholdSave("msg", "key", GROUP, "low", after(H, offset));
      expect(await storage().thresholdedEventsClean({ keep: "threshold" })).toBe(removed);
    });
  });

  it("cleans row by row, not key by key", async () => {
    await storage().thresholdSet("key", H, R, T);
    await storage().thresholdSave("old", "key", GROUP, "low", seconds(R, -1));
    await storage().thresholdSave("new", "key", GROUP, "low", seconds(R, 1));
    await storage().thresholdSave("lost", "no such key", GROUP, "low", seconds(R, 1));
    expect(await storage().thresholdedEventsClean({ keep: "threshold" })).toBe(1);
    expect(await storage().thresholdedEventsClean({ keep: "relapse" })).toBe(1);
    const { rows } = await storage().query("select eventid from events_thresholded");
    expect(rows).toEqual([{ eventid: "new" }]);
  });

  it("has no relapse where the relapse part is empty", async () => {
    await storage().insertEvent(eventAt("msg", "2024-05-01T10:00:00Z"));
    await storage().thresholdSet("key", H, T, T);
    await storage().thresholdSave("msg", "key", GROUP, "low", T);
    await storage().thresholdSet("all one", T, T, T);
    await storage().thresholdSave("msg", "all one", GROUP, "low", T);
    expect(await relapsed(seconds(T, 30))).toEqual([]);
  });

  it("gives every relapsed key of an event once, and leaves live ones out", async () => {
    for (const id of ["b", "a"]) await storage().insertEvent(eventAt(id, "2024-05-01T10:00:00Z"));
    await storage().thresholdSet("k2", H, R, T);
    await storage().thresholdSet("k1", H, R, T);
    await storage().thresholdSet("live", H, R, seconds(T, 3600));
    for (const key of ["k2", "k1", "live"])
      for (const id of ["a", "b"]) await storage().thresholdSave(id, key, GROUP, "low", seconds(R, 1));
    await storage().thresholdSave("c", "k1", GROUP, "low", seconds(R, 1));
    expect(await relapsed(T)).toEqual([
      ["a", ["k1", "k2"]],
      ["b", ["k1", "k2"]],
    ]);
    expect(idsOf((await storage().searchEvents()).events)).toEqual(["b", "a"]);
  });

  it("sets a key anew", async () => {
    await storage().thresholdSet("key", H, R, T);
    await storage().thresholdSet("key", R, T, seconds(T, 60));
    expect(await storage().thresholdCheck("key", seconds(T, 60))).toEqual({
      key: "key",
      thresholdTime: R,
      relapseTime: T,
      ttlTime: seconds(T, 60),
    });
    expect(await storage().thresholdsCount()).toBe(1);
  });

  it("keeps an event once under a key", async () => {
    await storage().thresholdSave("msg", "key", GROUP, "low", T);
    const twice = storage().thresholdSave("msg", "key", "another group", "high", R);
    await expect(twice).rejects.toBeInstanceOf(StorageIntegrityError);
    await expect(twice).rejects.toMatchObject({
      constraint: "events_thresholded_pkey",
      sqlState: "23505",
      operation: "thresholdSave",
    });
    await storage().thresholdSave("msg", "another key", GROUP, "low", T);
    await storage().thresholdSave("another msg", "key", GROUP, "low", T);
    expect(await storage().thresholdedEventsCount()).toBe(3);
  });

  it("keeps an event by names as by position, and refuses wrong names", async () => {
    const withheld = { eventId: "msg", key: "key", group: GROUP, severity: "low", createTime: T };
    await storage().thresholdSave(withheld, { timeoutMs: 10_000 });
    await expect(storage().thresholdSave("msg", "key", GROUP, "low", T)).rejects.toBeInstanceOf(
      StorageIntegrityError,
    );
    const wrong = async (given: object): Promise<void> =>
      expect(storage().thresholdSave(given as typeof withheld)).rejects.toMatchObject({
        code: "argument_invalid",
        message: expect.stringContaining("severity") as string,
      });
    await wrong({ ...withheld, severety: "low" });
    await wrong({ ...withheld, severity: undefined });
    await wrong({ ...withheld, severity: 3 });
  });

  describe("by names, for several keys, sides and labels", () => {
    const saved = { group: GROUP, severity: "low", createTime: seconds(R, 1) };

    beforeEach(async () => {
      for (const [index, id] of ["a", "b"].entries())
        await storage().insertEvent(eventAt(id, seconds(H, index).toISOString()));
    });

    it("sets several keys with a label, and checks them at once", async () => {
      await storage().thresholdSet({
        key: ["k2", "k1", "k2"],
        thresholdTime: H,
        relapseTime: R,
        ttl: T,
        label: "M1",
      });
      await storage().thresholdSet(["k3"], H, R, R, { label: "M2" });
      const record = { thresholdTime: H, relapseTime: R, ttlTime: T, label: "M1" };
      expect(await storage().thresholdCheck(["k3", "k2", "k1", "k0", "k\u0000"], T)).toEqual([
        { key: "k1", ...record },
        { key: "k2", ...record },
      ]);
      expect((await storage().thresholdCheck("k3", R))?.label).toBe("M2");
      await storage().thresholdSet("k3", H, R, R);
      expect(await storage().thresholdCheck("k3", R)).toEqual({
        ...{ key: "k3", thresholdTime: H, relapseTime: R, ttlTime: R },
      });
      expect(await storage().thresholdCheck([], T)).toEqual([]);
    });

    it("tells relapses of each side and of shadows apart", async () => {
      await storage().thresholdSet(["k1", "k2"], H, R, T);
      await storage().thresholdSave({ ...saved, eventId: "a", key: ["k1", "k2"], target: true });
      await storage().thresholdSave("b", "k1", GROUP, "low", seconds(R, 1), { shadow: true });
      await storage().thresholdSave({ ...saved, eventId: "b", key: "k2" });
      const search = async (which: RelapseOptions = {}) =>
        (await storage().searchRelapsedEvents(GROUP, "low", T, which)).map(({ event, ...rest }) => ({
          id: event.ID,
          ...rest,
        }));
      const ofTargets = { id: "a", keys: ["k1", "k2"], target: true, shadow: false };
      const plain = { id: "b", keys: ["k2"], target: false, shadow: false };
      const inShadow = { id: "b", keys: ["k1"], target: false, shadow: true };
      expect(await search()).toEqual([ofTargets, plain, inShadow]);
      expect(await search({ target: true })).toEqual([ofTargets]);
      expect(await search({ target: false })).toEqual([plain, inShadow]);
      expect(await search({ shadow: true })).toEqual([inShadow]);
      expect(await search({ target: false, shadow: false })).toEqual([plain]);
      expect(await search({ target: true, shadow: true })).toEqual([]);
    });

    it("gives all events of a relapsed key when asked, and none of one that has not relapsed", async () => {
      await storage().thresholdSet(["k1", "k2"], H, R, T);
      await storage().thresholdSave("a", ["k1", "k2"], GROUP, "low", H);
      await storage().thresholdSave({ ...saved, eventId: "b", key: "k1" });
      const ids = async (options: RelapseOptions) =>
        (await storage().searchRelapsedEvents(GROUP, "low", T, options)).map(({ event, keys }) => [
          event.ID,
          keys,
        ]);
      expect(await ids({})).toEqual([["b", ["k1"]]]);
      expect(await ids({ all: true })).toEqual([
        ["a", ["k1"]],
        ["b", ["k1"]],
      ]);
    });

    it("expires keys: the relapses of all groups, each given once, and nothing left of them", async () => {
      await storage().thresholdSet("live", H, R, seconds(T, 1));
      await storage().thresholdSet("expired", H, R, T);
      await storage().thresholdSet("never relapses", H, T, T);
      for (const key of ["live", "expired", "never relapses", "gone"])
        await storage().thresholdSave({ ...saved, eventId: "a", key, createTime: T });
      await storage().thresholdSave("b", "expired", "another", "high", T, { target: true, shadow: true });
      await storage().thresholdSave("deleted", "expired", GROUP, "low", T);
      const other = await open();
      const runs = await Promise.all(
        [storage(), other, storage(), other].map((run) => run.expireThresholds(T)),
      );
      expect(runs.flat().map(({ event, ...rest }) => ({ id: event.ID, ...rest }))).toEqual([
        { id: "a", keys: ["expired"], group: GROUP, severity: "low", target: false, shadow: false },
        { id: "b", keys: ["expired"], group: "another", severity: "high", target: true, shadow: true },
      ]);
      expect(await counts()).toEqual([1, 1]);
      expect(await storage().thresholdsClean(T)).toBe(0);
    });

    it("takes the expiring back with its transaction", async () => {
      await storage().thresholdSet("key", H, R, T);
      await storage().thresholdSave({ ...saved, eventId: "a", key: "key" });
      const failure = new Error("the report can't be sent");
      const run = storage().transaction(async (inner) => {
        expect(await inner.expireThresholds(T)).toHaveLength(1);
        throw failure;
      });
      await expect(run).rejects.toBe(failure);
      expect(await storage().expireThresholds(T, { all: true })).toHaveLength(1);
    });

    it.each([
      ["thresholdSet", [{ key: "k", thresholdTime: H, relapseTime: R, ttl: T, lable: "x" }], /lable.*label/],
      ["thresholdSet", [{ key: "k", thresholdTime: H, relapseTime: R }], /ttl is a valid Date/],
      ["thresholdSet", ["k", H, R, T, { target: true }], /no option "target"/],
      ["thresholdSet", [["k", 5], H, R, T], /key is a text/],
      ["thresholdSave", [{ ...saved, eventId: "a", key: "k", target: "yes" }], /target is true or false/],
      ["thresholdSave", ["a", "k", GROUP, "low", T, { shadw: true }], /shadw.*shadow/],
      ["searchRelapsedEvents", [GROUP, "low", T, { target: 1 }], /target is true or false/],
      ["searchRelapsedEvents", [GROUP, "low", T, { targets: true }], /targets.*target/],
      ["expireThresholds", [], /time is a valid Date/],
      ["expireThresholds", [T, { al: true }], /"al".*"all"/],
    ] as const)("refuses what is no %s: %j", async (operation, given, message) => {
      const call = Reflect.get(storage(), operation) as (...given: readonly unknown[]) => Promise<unknown>;
      await expect(call(...given)).rejects.toMatchObject({ code: "argument_invalid" });
      await expect(call(...given)).rejects.toThrow(message);
    });
  });

  it("sets one key from many clients at once", async () => {
    const other = await open();
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 ? storage() : other).thresholdSet("key", H, R, seconds(T, index)),
      ),
    );
    expect(await storage().thresholdsCount()).toBe(1);
  });

  it.each(["it's % (\"", "'; drop table thresholds; --", "ünï 🚀", "x".repeat(2000), "", "$1"])(
    "takes any key: %j",
    async (key) => {
      await storage().insertEvent(eventAt("msg", "2024-05-01T10:00:00Z"));
      await storage().thresholdSet(key, H, R, T);
      expect((await storage().thresholdCheck(key, T))?.key).toBe(key);
      await storage().thresholdSave("msg", key, key, key, T);
      expect(await relapsed(T, key, key)).toEqual([["msg", [key]]]);
    },
  );

  it("refuses times out of order, and what is no time", async () => {
    await expect(storage().thresholdSet("key", R, H, T)).rejects.toBeInstanceOf(DataError);
    await expect(storage().thresholdSet("key", H, T, R)).rejects.toBeInstanceOf(DataError);
    const invalid = new Date(Number.NaN);
    for (const call of [
      () => storage().thresholdSet("key", H, R, invalid),
      () => storage().thresholdCheck("key", invalid),
      () => storage().thresholdSave("msg", "key", GROUP, "low", invalid),
      () => storage().thresholdsClean(invalid),
      () => storage().searchRelapsedEvents(GROUP, "low", invalid),
    ])
      await expect((async () => call())()).rejects.toBeInstanceOf(DataError);
    expect(await counts()).toEqual([0, 0]);
  });

  // Mending the text would make two keys one.
  it.each(["a\u0000b", "a\ud800b"])(
    "refuses a key that no column can hold, and finds none by it: %j",
    async (key) => {
      await storage().thresholdSet("a\ufffdb", H, R, T);
      const set = storage().thresholdSet(key, H, R, T);
      await expect(set).rejects.toMatchObject({ code: "argument_invalid" });
      await expect(set).rejects.toThrow(/key is a text without U\+0000/);
      expect(await storage().thresholdCheck(key, T)).toBeNull();
      expect(await storage().searchRelapsedEvents(key, "low", T)).toEqual([]);
    },
  );
});
