/** A table that something else made: flows without partitions, tokens and JSON, with the columns that such tables have. */
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Catalogue, StoredField } from "../../../compiler/catalogue/model.js";
import { openStorage } from "../../../runtime/store/open.js";
import type { RefusedOperation } from "../../../runtime/store/operation-row.js";
import type { OPERATIONS } from "../../../runtime/store/operations.js";
import type { EventStorage, UPKEEP } from "../../../runtime/store/storage.js";
import type { CatalogueNames } from "../../../runtime/client.js";
import { describeEngines, withDatabase, type TestDatabase } from "../../support/database.js";

/** What only our own layout makes possible. */
type ForeignlyRefused =
  RefusedOperation<typeof OPERATIONS, "foreign"> | RefusedOperation<typeof UPKEEP, "foreign">;

const field = (name: string, extra: Partial<StoredField>): StoredField => ({
  kind: "stored",
  name,
  type: "text",
  list: false,
  column: name,
  paths: [],
  description: name,
  example: `${name} exists`,
  ...extra,
});

const FIELDS: Catalogue["fields"] = [
  field("id", { type: "integer", required: true, index: "btree" }),
  field("at", {
    type: "time",
    columnType: "timestamp",
    column: "first_seen",
    required: true,
    index: "btree",
  }),
  field("src", { type: "ip", columnType: "inet", index: "gist" }),
  field("net", { type: "ip", columnType: "cidr" }),
  field("port", { type: "integer", columnType: "integer" }),
  field("tags", { list: true, index: "gin" }),
  field("took", { type: "duration" }),
];

const FLOWS: Catalogue = {
  name: "flows",
  table: { name: "flows", plain: { time: "at", key: "id" } },
  fields: FIELDS,
  groups: [],
  unionGroups: [],
  enumerations: [],
};
const KEYLESS: Catalogue = { ...FLOWS, table: { name: "flows", plain: { time: "at" } } };

const DDL = `
create table flows (id bigint primary key, first_seen timestamp not null, src inet, net cidr, port integer, tags text[], took interval, extra jsonb);
create index on flows (first_seen);
create index on flows using gist (src inet_ops);
insert into flows select n, timestamp '2024-05-01' + n / 3 * interval '1 minute', ('10.0.' || n % 4 || '.' || n % 250)::inet,
  ('10.0.' || n % 4 || '.0/24')::cidr, n % 5, array['t' || n % 3], interval '1 second' * n from generate_series(1, 300) as n`;

describeEngines("a plain table", (engine) => {
  let database: TestDatabase;
  let storage: EventStorage<CatalogueNames>;
  let keyless: EventStorage<CatalogueNames>;

  beforeAll(async () => {
    database = await withDatabase(engine);
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    await client.query(DDL);
    await client.end();
    const { connectionString } = database;
    storage = await openStorage({ connectionString, catalogue: FLOWS });
    keyless = await openStorage({ connectionString, catalogue: KEYLESS });
  });
  afterAll(async () => {
    await storage.close();
    await keyless.close();
    await database.dispose();
  });

  it("an event is an object with one key a field, by its name", async () => {
    const { events } = await storage.searchEvents({ filter: "id = 7", limit: 1 });
    expect(events).toEqual([
      {
        id: 7,
        at: "2024-05-01T00:02:00+00:00",
        src: "10.0.3.7",
        net: "10.0.3.0/24",
        port: 2,
        tags: ["t1"],
        took: 7,
      },
    ]);
    const [event] = events;
    expect(
      storage.compile("at = 2024-05-01T00:02:00Z and took = 7s and src in 10.0.3.0/24").matches(event),
    ).toBe(true);
    expect(await storage.fetchEvent("7")).toEqual(event);
  });

  it.each(["at.desc", "at.asc"])("pages hold every event that matches once, in order (%s)", async (sort) => {
    for (const store of [storage, keyless]) {
      const ids: number[] = [];
      let after: string | undefined;
      do {
        const page = await store.searchEvents({ filter: "src in 10.0.1.0/24", sort, limit: 7, after });
        ids.push(...page.events.map((event) => Number(event["id"])));
        after = page.next ?? undefined;
      } while (after !== undefined);
      const expected = Array.from({ length: 300 }, (_, n) => n + 1).filter((n) => n % 4 === 1);
      expect(ids).toEqual(sort === "at.asc" ? expected : expected.reverse());
    }
  });

  it("pages by number, with the total", async () => {
    const { events, total, hasMore } = await storage.searchEvents({ page: 30, limit: 10, total: true });
    expect(events.map((event) => event["id"])).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect({ total, hasMore }).toEqual({ total: 300, hasMore: false });
  });

  it("counts, tops, timelines and streams", async () => {
    expect(await storage.countEvents()).toBe(300);
    expect(await storage.countEvents({ filter: "tags = t0" })).toBe(100);
    expect(await storage.aggregateEvents({ by: "net", limit: 2 })).toEqual([
      { value: "10.0.0.0/24", count: 75 },
      { value: "10.0.1.0/24", count: 75 },
    ]);
    expect(await storage.aggregateEvents({ by: "at", limit: 1 })).toEqual([
      { value: "2024-05-01T00:01:00Z", count: 3 },
    ]);
    for (const options of [{}, { filter: "id >= 0" }, { by: "port" }]) {
      const { total, buckets } = await storage.timelineEvents({ step: "1h", ...options });
      expect({ total, buckets: buckets.map(({ from, count }) => [from.toISOString(), count]) }).toEqual({
        total: 300,
        buckets: [
          ["2024-05-01T00:00:00.000Z", 179],
          ["2024-05-01T01:00:00.000Z", 121],
        ],
      });
    }
    for (const step of ["7m", "1h", "1d", "1mo", undefined])
      for (const ends of [
        {},
        { from: "2024-05-01T00:30:30Z" },
        { to: "2024-05-01T01:15:00.5Z", timeZone: "+05:45" },
      ]) {
        const options = { step, filter: "port > 1", ...ends };
        const { buckets: split } = await storage.timelineEvents({ ...options, by: "port" });
        const { buckets: plain } = await storage.timelineEvents(options);
        expect(plain).toEqual(split.map(({ from, to, count }) => ({ from, to, count })));
      }
    const { total } = await storage.pivotEvents({ row: "port", column: "tags" });
    expect(total).toBe(300);
    expect((await storage.summarizeEvents({ by: ["port", "tags"] })).total).toBe(300);
    expect(await storage.distinctValues("tags")).toEqual(["t0", "t1", "t2"]);
    expect(await storage.searchColumnWith("at", "max")).toEqual(new Date("2024-05-01T01:40:00Z"));
    expect(await storage.watchdogEvents(60)).toBe(false);
    let streamed = 0;
    for await (const event of storage.streamEvents({ filter: "port = 1" })) streamed += Number(event["port"]);
    expect(streamed).toBe(60);
    expect(await storage.transaction((t) => t.countEvents({ filter: "port = 1" }))).toBe(60);
  });

  it("what needs a layout of our own is refused by name, and so is fetching without a key", async () => {
    const time = new Date();
    const threshold = { key: "k", thresholdTime: time, relapseTime: time, ttl: time };
    const calls: Readonly<Record<ForeignlyRefused, () => Promise<unknown>>> = {
      insertEvent: () => storage.insertEvent({ id: 1 }),
      insertEvents: () => storage.insertEvents([{ id: 1 }]),
      deleteEvent: () => storage.deleteEvent("7"),
      deleteEvents: () => storage.deleteEvents({ all: true }),
      tableCleanup: () => storage.tableCleanup("events", "at", time),
      refresh: () => storage.refresh(),
      thresholdSet: () => storage.thresholdSet(threshold),
      thresholdCheck: () => storage.thresholdCheck("k", time),
      thresholdSave: () => storage.thresholdSave("7", "k", "group", "high", time),
      thresholdsCount: () => storage.thresholdsCount(),
      thresholdsClean: () => storage.thresholdsClean(time),
      thresholdedEventsCount: () => storage.thresholdedEventsCount(),
      thresholdedEventsClean: () => storage.thresholdedEventsClean(),
      searchRelapsedEvents: () => storage.searchRelapsedEvents("group", "high", time),
      expireThresholds: () => storage.expireThresholds(time),
      databaseCreate: () => storage.databaseCreate(),
      databaseDrop: () => storage.databaseDrop(),
      indexCreate: () => storage.indexCreate(),
      indexDrop: () => storage.indexDrop(),
      mergePartitions: () => storage.mergePartitions(),
      splitPartitions: () => storage.splitPartitions(),
      archivePartitions: () => storage.archivePartitions({ before: time, write: async () => undefined }),
      rolesCreate: () => storage.rolesCreate(),
      verify: () => storage.verify(),
      tableStatus: () => storage.tableStatus("events"),
      databaseStatus: () => storage.databaseStatus(),
    };
    for (const call of [...Object.values(calls), () => keyless.fetchEvent("7")])
      await expect(call()).rejects.toMatchObject({
        code: "schema_foreign",
        message: expect.stringMatching(/^\w+: the table flows was not made by this store: .*search, count/),
      });
    expect(await storage.countEvents()).toBe(300);
  });

  it("is read only, unless its owner says otherwise", async () => {
    const change = "update flows set port = 5 where id = 7 and port = 2 returning id";
    await expect(storage.query(change)).rejects.toMatchObject({ code: "read_only" });
    const { connectionString } = database;
    const own = await openStorage({ connectionString, catalogue: FLOWS, readOnly: false });
    try {
      expect((await own.query(change)).rows).toHaveLength(1);
      await own.query("update flows set port = 2 where id = 7");
    } finally {
      await own.close();
    }
  });

  it("orders and keys that there are not are refused", async () => {
    await expect(storage.searchEvents({ sort: "src.desc" })).rejects.toThrow(
      'there is no order "src.desc"; use at.desc or at.asc',
    );
    await expect(storage.searchEvents({ after: "x" })).rejects.toThrow('"after" is not a page key');
  });
});
