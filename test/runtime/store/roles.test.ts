import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStorage, type EventStorage, type RolesReport } from "../../../runtime/store/index.js";
import { checkConsistency, describeStores, eventAt, secondsAfterNoon, type Suite } from "./support.js";

const DAY = new Date("2024-06-01T00:00:00Z");

function suite({ storage, url, engine }: Suite): void {
  const prefix = `it's "${engine}" %I`;
  const stores: Partial<Record<"reader" | "writer" | "owner", EventStorage>> = {};
  let roles: RolesReport;
  const as = (role: "reader" | "writer" | "owner"): EventStorage => {
    const store = stores[role];
    if (store === undefined) throw new Error(`no store of the ${role}`);
    return store;
  };
  const denied = (call: Promise<unknown>) =>
    expect(call).rejects.toMatchObject({ code: "privilege_missing", sqlState: "42501" });

  beforeAll(async () => {
    await storage().insertEvent(eventAt("before", secondsAfterNoon(0)));
    roles = await storage().rolesCreate({ prefix });
    for (const role of ["reader", "writer", "owner"] as const) {
      const connectionUrl = new URL(url());
      // A backslash keeps the next character of an option in its place.
      const name = roles[role].replace(/([\\\s])/g, "\\$1");
      const before = connectionUrl.searchParams.get("options") ?? "";
      connectionUrl.searchParams.set("options", `${before} -c role=${name}`.trim());
      stores[role] = await openStorage({ connectionString: connectionUrl.href });
    }
  });
  afterAll(async () => {
    await Promise.all(Object.values(stores).map((store) => store.close()));
    const client = new pg.Client({ connectionString: url() });
    await client.connect();
    for (const role of [roles.reader, roles.writer, roles.owner]) {
      await client.query(`drop owned by ${pg.escapeIdentifier(role)} cascade`);
      await client.query(`drop role ${pg.escapeIdentifier(role)}`);
    }
    await client.end();
  });

  it("cancel no query of another's", async () => {
    const sleeping = storage().query("select pg_sleep(5)", [], { name: "the owner of all" });
    sleeping.catch(() => undefined);
    while ((await storage().queryStatus("the owner of all")) === null);
    await expect(as("reader").queryCancel("the owner of all")).rejects.toMatchObject({
      code: "privilege_missing",
    });
    expect(await storage().queryCancel("the owner of all")).toBe(true);
    await expect(sleeping).rejects.toMatchObject({ code: "query_canceled" });
  });

  it("are created once, and again without a change", async () => {
    expect(roles).toEqual({
      owner: `${prefix}_owner`,
      writer: `${prefix}_writer`,
      reader: `${prefix}_reader`,
      created: [`${prefix}_owner`, `${prefix}_writer`, `${prefix}_reader`],
    });
    expect((await storage().rolesCreate({ prefix })).created).toEqual([]);
    const { rows } = await as("reader").query("select current_user as name");
    expect(rows).toEqual([{ name: roles.reader }]);
  });

  describe("the reader", () => {
    it("searches, counts, charts and looks at the status", async () => {
      expect((await as("reader").searchEvents({ total: true })).total).toBeGreaterThan(0);
      expect(await as("reader").fetchEvent("before")).toEqual(eventAt("before", secondsAfterNoon(0)));
      expect(await as("reader").countEvents({ filter: "category = Test" })).toBeGreaterThan(0);
      expect(await as("reader").aggregateEvents({ by: "source.ip" })).not.toEqual([]);
      expect((await as("reader").timelineEvents()).total).toBeGreaterThan(0);
      expect(await as("reader").thresholdsCount()).toBe(0);
      expect((await as("reader").databaseStatus()).tables.length).toBeGreaterThan(5);
    });

    it("changes nothing", async () => {
      await denied(as("reader").insertEvent(eventAt("r", secondsAfterNoon(0))));
      await denied(as("reader").insertEvents([eventAt("r", secondsAfterNoon(0))]));
      await denied(as("reader").deleteEvent("before"));
      await denied(as("reader").deleteEvents({ filter: "category = Test" }));
      await denied(as("reader").thresholdSet("key", DAY, DAY, DAY));
      await denied(as("reader").thresholdSave("before", "key", "g", "low", DAY));
      await denied(as("reader").tableCleanup("thresholds", "ttltime", DAY));
      await denied(as("reader").query("create table mine ()"));
      expect(await storage().fetchEvent("before")).not.toBeNull();
    });
  });

  describe("the writer", () => {
    it("stores events, finds them, and keeps thresholds", async () => {
      expect(await as("writer").insertEvent(eventAt("w1", secondsAfterNoon(1)))).toBe("w1");
      expect(
        await as("writer").insertEvents([
          eventAt("w1", secondsAfterNoon(1)),
          eventAt("w2", secondsAfterNoon(2)),
        ]),
      ).toEqual({
        inserted: 1,
        duplicates: 1,
        different: 0,
        rejected: [],
      });
      await as("writer").thresholdSet("key", DAY, DAY, DAY);
      await as("writer").thresholdSet("key", DAY, DAY, DAY);
      await as("writer").thresholdSave("w1", "key", "g", "low", DAY);
      expect(await as("writer").thresholdsClean(new Date(DAY.getTime() + 1))).toBe(1);
      expect(await as("writer").thresholdedEventsClean()).toBe(1);
      expect(await as("reader").countEvents()).toBe(3);
    });

    it("stores days that have no partition, which the owner makes afterwards or beforehand", async () => {
      const partitions = async () => (await storage().tableStatus("events")).partitions;
      const before = await partitions();
      await as("writer").insertEvent(eventAt("new day", secondsAfterNoon(0, "2024-05-09")));
      expect(await partitions()).toBe(before);
      expect((await as("reader").searchEvents({ filter: 'id = "new day"' })).events).toHaveLength(1);
      await as("owner").refresh();
      expect(await partitions()).toBe(before + 1);
      expect((await as("reader").searchEvents({ filter: 'id = "new day"' })).events).toHaveLength(1);
      expect(await as("reader").fetchEvent("new day")).not.toBeNull();
      await as("owner").refresh({ ahead: 1 });
      expect(await partitions()).toBe(before + 3);
      await as("writer").insertEvent(eventAt("today", new Date().toISOString()));
      const { rows } = await storage().query("select count(*)::int as n from events_default");
      expect(rows).toEqual([{ n: 0 }]);
      await checkConsistency(storage());
    });

    it("deletes no event and changes no table", async () => {
      await denied(as("writer").deleteEvent("before"));
      await denied(as("writer").deleteEvents({ all: true }));
      await denied(as("writer").tableCleanup("events", "detect_time", DAY));
      await denied(as("writer").databaseDrop());
      await denied(as("writer").query("update events set description = 'forged'"));
      await denied(as("writer").query("delete from event_json"));
      for (const text of [
        "update event_ids set id = 'forged' where id = 'before'",
        "update event_ids set seq = seq + 1",
        "update event_ids set detect_time = now()",
        "update event_hours set deleted = inserted",
        "update event_words set value = 'forged'",
        "update event_json set event = '\\\\x00'",
        ...["delete from", "truncate"].flatMap((what) =>
          ["events", "event_json", "event_ids", "event_hours", "event_words", "event_rollups"].map(
            (table) => `${what} ${table}`,
          ),
        ),
        "truncate thresholds",
      ])
        await denied(as("writer").query(text));
      expect(await storage().fetchEvent("before")).not.toBeNull();
    });
  });

  it("days that somebody else makes can be read, and belong to the owner", async () => {
    await storage().insertEvent(eventAt("of the admin", secondsAfterNoon(0, "2024-05-08")));
    expect((await as("reader").searchEvents({ filter: 'id = "of the admin"' })).events).toHaveLength(1);
    const { rows } = await storage().query(
      "select pg_get_userbyid(relowner) as owner from pg_class where relname = 'events_20240508'",
    );
    expect(rows).toEqual([{ owner: roles.owner }]);
  });

  it("the owner does everything", async () => {
    await as("owner").insertEvent(eventAt("o", secondsAfterNoon(0, "2024-05-10")));
    expect((await as("reader").searchEvents({ filter: "id = o" })).events).toHaveLength(1);
    expect(await as("owner").deleteEvent("o")).toBe(true);
    expect(await as("owner").databaseCreate()).toMatchObject({ changes: [] });
    expect(await as("owner").tableCleanup("events", "detect_time", DAY)).toBeGreaterThan(0);
    await checkConsistency(storage());
  });

  it.each(["", "pg_mine", "x".repeat(51), "a\nb"])("refuse the prefix %j", async (wrong) => {
    await expect(storage().rolesCreate({ prefix: wrong })).rejects.toThrow(/no prefix of role names/);
  });
}

describeStores("roles", suite);
