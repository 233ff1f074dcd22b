import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { compileFilter } from "../../../compiler/compile.js";
import { createClient, type StoreClient } from "../../../generated/index.js";
import { latestVersion } from "../../../compiler/schema/migrations.js";
import { openExecutor } from "../../../runtime/postgres/executor.js";
import type { Executor, Session } from "../../../runtime/postgres/session.js";
import type { FilterSource } from "../../../runtime/postgres/statement.js";
import { databaseCreate, ensureDays } from "../../../runtime/store/schema/index.js";
import { dayOfDate } from "../../../compiler/schema/day.js";
import { describeEngines, withDatabase, type TestDatabase } from "../../support/database.js";
import { insertOneParams, insertParams } from "./insert-params.js";

const event = (id: string, time: string, more: Readonly<Record<string, unknown>> = {}) => ({
  Format: "IDEA0",
  ID: id,
  DetectTime: time,
  Category: ["Recon.Scanning"],
  ...more,
});

const slot =
  (text: string): FilterSource =>
  (firstParameter) =>
    compileFilter(text).sql({}, { firstParameter });

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

describeEngines("operations", (engine) => {
  let database: TestDatabase;
  let session: Executor;
  let client: StoreClient;
  beforeAll(async () => {
    database = await withDatabase(engine);
    session = openExecutor({ connectionString: database.connectionString });
    client = createClient(session);
    await databaseCreate(session, IDEA_CATALOGUE, { partitions: "day" });
    await ensureDays(session, IDEA_CATALOGUE, [
      dayOfDate(new Date("2024-05-01")),
      dayOfDate(new Date("2024-05-02")),
    ]);
  });
  afterAll(async () => {
    await session.close();
    await database.dispose();
  });
  beforeEach(async () => {
    await session.query(
      "truncate events, event_json, event_ids, event_hours, thresholds, events_thresholded",
    );
  });

  describe("events", () => {
    const first = event("a", "2024-05-01T10:00:00.123456Z", {
      Source: [{ IP4: ["192.0.2.1"], Port: [22] }],
      ConnCount: 7,
    });
    const second = event("b", "2024-05-02T10:00:00Z", {
      Description: 'it\'s "quoted", {braced} \\ and\nbroken',
    });
    const stray = event("c", "1970-01-01T00:00:00Z");

    it("are stored once, fetched, counted and deleted", async () => {
      expect(
        (await client.insertEvents(insertParams([first, second, stray]))).map(({ id }) => id).sort(),
      ).toEqual(["a", "b", "c"]);
      expect(await client.insertEvents(insertParams([first]))).toEqual([]);
      expect(JSON.parse((await client.fetchEvent({ id: "b" }))?.event ?? "")).toEqual(second);
      expect(await client.fetchEvent({ id: "none" })).toBeNull();
      expect(await client.countAll()).toBe(3);
      expect(await client.deleteEvent({ id: "a" })).toBe(1);
      expect(await client.deleteEvent({ id: "a" })).toBe(0);
      expect(await client.countAll()).toBe(2);
      expect((await client.insertEvents(insertParams([first]))).map(({ id }) => id)).toEqual(["a"]);
    });

    it("are stored alike one by one and together", async () => {
      const rowOf = async (id: string) => {
        const { rows } = await session.query("select * from events where id = $1", [id]);
        const { storage_time: _, seq: __, ...row } = { ...rows[0] };
        return { ...row, text: (await client.fetchEvent({ id }))?.event };
      };
      for (const given of [first, second, stray]) {
        const id = given.ID;
        expect(await client.insertEvent(insertOneParams(given))).toEqual({ id });
        expect(await client.insertEvent(insertOneParams(given))).toBeNull();
        const alone = await rowOf(id);
        expect(await client.countAll()).toBe(1);
        await client.deleteEvent({ id });
        await client.insertEvents(insertParams([given]));
        expect(await rowOf(id)).toEqual(alone);
        await client.deleteEvent({ id });
      }
    });

    it("may come again when their day is gone, but not while two sessions store them at a time", async () => {
      await client.insertEvents(insertParams([first]));
      const forget = async () => {
        await session.query("delete from events");
        await session.query("delete from event_json");
      };
      await forget();
      expect((await client.insertEvents(insertParams([first]))).map(({ id }) => id)).toEqual(["a"]);
      await forget();
      // The statement for one event leaves it to the one for many to look whether the event is there.
      expect(await client.insertEvent(insertOneParams(first))).toBeNull();
      expect((await client.insertEvents(insertParams([first]))).map(({ id }) => id)).toEqual(["a"]);
      expect(await client.insertEvents(insertParams([first]))).toEqual([]);

      let other: Promise<unknown> = Promise.resolve();
      await session.transaction(async (transaction: Session) => {
        await createClient(transaction).insertEvents(insertParams([second]));
        other = client.insertEvents(insertParams([second]));
        // The other one has to be waiting for this transaction when it commits.
        for (;;) {
          const { rows } = await session.query(
            "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
          );
          if (rows.length > 0) break;
        }
      });
      expect(await other).toEqual([]);
      expect(await client.countEvents(slot("id = b"))).toBe(1);
    });

    it("are found by filters, page by page, and deleted by them", async () => {
      const many = Array.from({ length: 5 }, (_, index) =>
        event(`m${index}`, "2024-05-01T10:00:00Z", { ConnCount: index }),
      );
      await client.insertEvents(insertParams([...many, second]));
      const filter = slot("conn_count >= 1");
      expect(await client.countEvents(filter)).toBe(4);
      expect((await collect(client.streamEventIds(filter))).map(({ id }) => id)).toEqual([
        "m4",
        "m3",
        "m2",
        "m1",
      ]);
      const streamed = await collect(client.streamEvents({ filter: slot(""), sort: "detect_time.desc" }));
      expect(streamed.map(({ event: text }) => (JSON.parse(text ?? "") as { ID: string }).ID)[0]).toBe("b");
      expect(await client.deleteSomeEvents(filter, { limit: 1 })).toBe(1);
      expect(await client.deleteEvents(filter)).toBe(3);
      expect(await client.countAll()).toBe(2);
      expect((await session.query("select count(*) from event_json")).rows).toEqual([{ count: "2" }]);
    });

    it("leave identifiers behind when their day is dropped, which are swept", async () => {
      await client.insertEvents(insertParams([first, second]));
      await session.query("delete from event_json where detect_time < '2024-05-02'");
      expect(await client.sweepIds({ before: "2030-01-01", limit: 10 })).toBe(1);
      expect(await client.sweepIds({ before: "2030-01-01", limit: 10 })).toBe(0);
    });

    it("say how fresh, how many and how large they are", async () => {
      expect(await client.watchdogEvents({ interval: 60 })).toEqual({ alive: false });
      const newest = { filter: slot(""), aggregate: "max", field: "detect_time" };
      expect(await client.searchColumnWith(newest)).toEqual({ value: null });
      await client.insertEvents(insertParams([first, second]));
      await session.query("update events set storage_time = now() - interval '30 seconds'");
      expect(await client.watchdogEvents({ interval: 60 })).toEqual({ alive: true });
      expect(await client.watchdogEvents({ interval: 20 })).toEqual({ alive: false });
      expect(
        await client.searchColumnWith({ filter: slot(""), aggregate: "min", field: "conn_count" }),
      ).toEqual({
        value: "7",
      });
      expect(await client.tableAge({ age: "events.detect_time" })).toEqual({
        oldest: new Date("2024-05-01T10:00:00.123Z"),
        newest: new Date("2024-05-02T10:00:00Z"),
      });
      expect(await client.tableSizes({ table: "events" })).toMatchObject({ partitions: 3 });
      expect(await client.tableSizes({ table: "no such table" })).toBeNull();
      expect(await client.databaseInfo()).toMatchObject({
        schemaVersion: latestVersion(),
        ip4r: engine === "embedded" ? null : (expect.any(String) as string),
      });
      expect(await client.readSettings({ names: ["max_connections", "no_such_setting"] })).toHaveLength(1);
      const partitions = await client.listPartitions();
      expect(partitions.map(({ name }) => name).sort()).toEqual([
        "events_20240501",
        "events_20240502",
        "events_default",
      ]);
    });
  });

  describe("thresholding", () => {
    const T = new Date("2024-05-01T12:00:00Z");
    const at = (base: Date, seconds: number) => new Date(base.getTime() + seconds * 1000);
    const R = at(T, -300);
    const H = at(R, -300);
    const set = (key: string, relapseTime = R) =>
      client.thresholdSet({ keys: [key], thresholdTime: H, relapseTime, ttlTime: T, label: null });
    const save = (eventId: string, key: string, group: string, createTime: Date) =>
      client.thresholdSave({
        ...{ eventId, keys: [key], group, severity: "low", createTime },
        ...{ target: false, shadow: false },
      });
    const relapsed = async (time: Date, group = "test@domain.org") => {
      const any = { all: false, target: null, shadow: null };
      const found = await client.searchRelapsedEvents({ group, severity: "low", time, ...any });
      return found.map(({ event: text, keys }) => [(JSON.parse(text) as { ID: string }).ID, ...keys]);
    };

    it("follows the scenario of the specification", async () => {
      for (const key of ["ident1", "ident2", "ident3"]) await set(key);
      await save("msg1", "ident3", "test@domain.org", at(R, 5));
      await save("msg2", "ident3", "test@domain.org", at(R, 6));
      await save("msg3", "ident2", "test@domain.com", at(R, 2));
      expect([await client.thresholdsCount(), await client.thresholdedEventsCount()]).toEqual([3, 3]);
      const check = (time: Date) => client.thresholdCheck({ keys: ["ident1"], time });
      expect(await check(T)).toEqual([
        { key: "ident1", thresholdTime: H, relapseTime: R, ttlTime: T, label: null },
      ]);
      expect(await check(at(T, -300))).toHaveLength(1);
      expect(await check(at(T, 300))).toEqual([]);
      expect([
        await client.thresholdsClean({ time: T }),
        await client.thresholdedEventsClean({ sinceThreshold: false }),
      ]).toEqual([0, 0]);
      expect(await client.thresholdsClean({ time: at(T, 300) })).toBe(3);
      expect(await client.thresholdedEventsCount()).toBe(3);
      expect(await client.thresholdedEventsClean({ sinceThreshold: false })).toBe(3);
      expect([await client.thresholdsCount(), await client.thresholdedEventsCount()]).toEqual([0, 0]);
    });

    it("finds relapses, each boundary from both sides", async () => {
      await client.insertEvents(
        insertParams(["early", "edge", "late"].map((id) => event(id, "2024-05-01T10:00:00Z"))),
      );
      await set("key");
      await save("early", "key", "test@domain.org", at(R, -0.001));
      expect(await relapsed(T)).toEqual([]);
      await save("edge", "key", "test@domain.org", R);
      await save("late", "key", "test@domain.org", at(R, 100));
      await set("other");
      await save("late", "other", "test@domain.org", at(R, 100));
      expect(await relapsed(at(T, -30))).toEqual([]);
      expect(await relapsed(at(T, -0.001))).toEqual([]);
      expect(await relapsed(T)).toEqual([
        ["edge", "key"],
        ["late", "key", "other"],
      ]);
      expect(await relapsed(T, "another group")).toEqual([]);
      await set("key", T);
      await save("early", "other", "test@domain.org", at(R, -100));
      expect(await relapsed(at(T, 30))).toEqual([["late", "other"]]);
    });

    it("keeps withheld events by the part of their key, and refuses the same twice", async () => {
      await set("key");
      await save("a", "key", "g", at(H, -1));
      await save("b", "key", "g", H);
      await save("c", "key", "g", at(R, -1));
      await save("d", "key", "g", R);
      await expect(save("d", "key", "g", R)).rejects.toMatchObject({
        code: "integrity_violation",
        constraint: "events_thresholded_pkey",
      });
      expect(await client.thresholdedEventsClean({ sinceThreshold: true })).toBe(1);
      expect(await client.thresholdedEventsClean({ sinceThreshold: false })).toBe(2);
      expect(await client.thresholdedEventsCount()).toBe(1);
      expect(await client.cleanEventsThresholdedCreatetime({ before: R })).toBe(0);
      expect(await client.cleanEventsThresholdedCreatetime({ before: at(R, 0.001) })).toBe(1);
    });

    it("takes any text as a key", async () => {
      for (const key of ["'; drop table thresholds; --", "$1", "\\", "%s", "ключ", ""]) {
        await set(key);
        expect((await client.thresholdCheck({ keys: [key], time: T }))[0]?.key).toBe(key);
      }
    });
  });
});
