/** Every operation of a store touches the tables of its own catalogue, and no other: three stores side by side in one database. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { allTables, storeTables } from "../../../compiler/catalogue/tables.js";
import { identifier } from "../../../compiler/sql/fragment.js";
import type { CatalogueNames } from "../../../runtime/client.js";
import { openStorage, type EventOperations, type EventStorage } from "../../../runtime/store/index.js";
import { operationSpecs } from "../../../runtime/store/statements.js";
import { statements } from "../../../generated/index.js";
import { patternOf, recordedPool, type RecordedPool } from "../../support/sent-texts.js";
import { ALERTS_CATALOGUE, FLOWS_CATALOGUE } from "../../support/catalogues.js";
import { describeEngines, withDatabase, type TestDatabase } from "../../support/database.js";
import { collect } from "./support.js";

type Operations = EventOperations<CatalogueNames>;

/** What differs between the catalogues: their names of the same things. */
interface Subject {
  readonly catalogue: Catalogue;
  readonly id: string;
  readonly time: string;
  /** A filter that meets event b and no other. */
  readonly filter: string;
  /** Fields to count by. */
  readonly fields: readonly [string, string];
}

const SUBJECTS: readonly Subject[] = [
  {
    catalogue: IDEA_CATALOGUE,
    id: "id",
    time: "detect_time",
    filter: "source.ip in 192.0.2.2",
    fields: ["category", "source.ip"],
  },
  {
    catalogue: ALERTS_CATALOGUE,
    id: "id",
    time: "detect_time",
    filter: "score > 50",
    fields: ["sensor", "score"],
  },
  {
    catalogue: FLOWS_CATALOGUE,
    id: "flow_id",
    time: "start",
    filter: "bytes > 50",
    fields: ["label", "bytes"],
  },
];

/** An event of all three catalogues. */
const event = (ID: string, value: number, day = 1) => ({
  Format: "IDEA0",
  ID,
  DetectTime: `2024-05-0${day}T10:00:00Z`,
  Category: ["Recon.Scanning"],
  Source: [{ IP4: [`192.0.2.${value > 50 ? 2 : 1}`] }],
  Sensor: "gate-1",
  Score: value,
  Bytes: value,
  Label: "scan",
  Gateway: "198.51.100.7",
  Note: "first line",
});
const EVENTS = [event("a", 10), event("b", 90), event("c", 20, 2)];

const T = new Date("2024-05-03T00:00:00Z");
const later = (seconds: number) => new Date(T.getTime() + seconds * 1000);

/** A step for each operation, with what it gives. The events a, b and c are there before it, and again after it. */
const STEPS = {
  insertEvent: async (on) => {
    expect(await on.insertEvent(event("d", 5))).toBe("d");
    await expect(on.insertEvent(event("d", 5))).rejects.toMatchObject({ code: "integrity_violation" });
    await on.deleteEvent("d");
  },
  insertEvents: async (on) => {
    expect(await on.insertEvents([event("d", 5, 2), event("e", 5, 3), event("a", 5)])).toMatchObject({
      inserted: 2,
      duplicates: 0,
      different: 1,
    });
    for (const id of ["d", "e"]) await on.deleteEvent(id);
  },
  fetchEvent: async (on) => {
    expect(await on.fetchEvent("b")).toMatchObject({ ID: "b", Score: 90 });
    expect(await on.fetchEvent("none")).toBeNull();
  },
  deleteEvent: async (on) => {
    expect(await on.deleteEvent("b")).toBe(true);
    expect(await on.deleteEvent("b")).toBe(false);
    await on.insertEvent(EVENTS[1]);
  },
  countEvents: async (on, { filter }) => {
    expect(await on.countEvents()).toBe(3);
    expect(await on.countEvents({ filter })).toBe(1);
    expect(await on.countEvents({ filter, approximate: true })).toBeTypeOf("number");
  },
  searchEvents: async (on, { filter, time }) => {
    const ids = async (options: Parameters<Operations["searchEvents"]>[0]) =>
      (await on.searchEvents(options)).events.map((found) => found["ID"]);
    expect(await ids({})).toEqual(["c", "b", "a"]);
    expect(await ids({ sort: `${time}.asc` })).toEqual(["a", "b", "c"]);
    const { next } = await on.searchEvents({ limit: 2 });
    expect(await ids({ after: next ?? "" })).toEqual(["a"]);
    expect(await ids({ filter })).toEqual(["b"]);
    expect(await on.searchEvents({ filter, total: true, ghost: true })).toMatchObject({ total: 1 });
  },
  streamEvents: async (on, { time }) => {
    const ids = (await collect(on.streamEvents({ sort: `${time}.asc` }))).map((found) => found["ID"]);
    expect(ids).toEqual(["a", "b", "c"]);
  },
  streamEventIds: async (on) => {
    expect(await collect(on.streamEventIds())).toEqual(["c", "b", "a"]);
  },
  deleteEvents: async (on, { filter }) => {
    expect(await on.deleteEvents({ filter })).toBe(1);
    expect(await on.deleteEvents({ all: true, batch: 1 })).toBe(2);
    expect(await on.countEvents()).toBe(0);
    await on.insertEvents(EVENTS);
  },
  aggregateEvents: async (on, { fields: [first, second] }) => {
    expect(await on.aggregateEvents({ by: first })).toMatchObject([{ count: 3 }]);
    expect((await on.aggregateEvents({ by: second, filter: "" })).length).toBeGreaterThan(1);
  },
  timelineEvents: async (on, { fields: [first], filter }) => {
    expect((await on.timelineEvents({ step: "1d" })).buckets.map(({ count }) => count)).toEqual([2, 1]);
    expect(await on.timelineEvents({ step: "1h", by: first })).toMatchObject({ total: 3 });
    expect(await on.timelineEvents({ step: "5m", by: first, filter })).toMatchObject({ total: 1 });
  },
  pivotEvents: async (on, { fields: [row, column] }) => {
    expect(await on.pivotEvents({ row, column })).toMatchObject({ total: 3 });
  },
  summarizeEvents: async (on, { fields, filter }) => {
    expect(await on.summarizeEvents({ by: fields })).toMatchObject({ total: 3 });
    expect(await on.summarizeEvents({ by: fields, filter })).toMatchObject({ total: 1 });
  },
  distinctValues: async (on, { fields }) => {
    for (const field of fields) expect((await on.distinctValues(field)).length).toBeGreaterThan(0);
  },
  refresh: async (on, { fields: [first] }) => {
    await on.refresh();
    expect(await on.aggregateEvents({ by: first })).toMatchObject([{ count: 3 }]);
    expect(await on.timelineEvents({ step: "1h", by: first })).toMatchObject({ total: 3 });
    expect((await on.distinctValues(first)).length).toBe(1);
  },
  searchColumnWith: async (on, { time }) => {
    expect(await on.searchColumnWith(time, "max")).toEqual(new Date("2024-05-02T10:00:00Z"));
  },
  watchdogEvents: async (on) => {
    expect(await on.watchdogEvents(3600)).toBe(true);
  },
  tableCleanup: async (on, { catalogue }) => {
    const { events, thresholds, thresholded, roles } = storeTables(catalogue);
    const before = new Date("2024-05-01T12:00:00Z");
    expect(await on.tableCleanup(events.name, roles.time.column, before)).toBe(2);
    expect(await on.tableCleanup(events.name, roles.stored.column, new Date("2000-01-01T00:00:00Z"))).toBe(0);
    expect(await on.tableCleanup(events.name, roles.time.column, T)).toBe(1);
    expect(await on.tableCleanup(thresholds.name, "ttltime", new Date(0))).toBe(0);
    expect(await on.tableCleanup(thresholded.name, "createtime", new Date(0))).toBe(0);
    await on.insertEvents(EVENTS);
  },
  thresholdSet: async (on) => {
    await on.thresholdSet("set", T, T, later(1));
    expect(await on.thresholdCheck("set", T)).toMatchObject({ key: "set" });
  },
  thresholdCheck: async (on) => {
    expect(await on.thresholdCheck("none", T)).toBeNull();
  },
  thresholdSave: async (on) => {
    await on.thresholdSet("key", T, T, later(1));
    await on.thresholdSave("a", "key", "group", "low", T);
    await expect(on.thresholdSave("a", "key", "group", "low", T)).rejects.toMatchObject({
      code: "integrity_violation",
    });
  },
  searchRelapsedEvents: async (on) => {
    const relapsed = await on.searchRelapsedEvents("group", "low", later(2));
    expect(relapsed.map(({ keys }) => keys)).toEqual([["key"]]);
  },
  thresholdsCount: async (on) => {
    expect(await on.thresholdsCount()).toBe(2);
  },
  thresholdedEventsCount: async (on) => {
    expect(await on.thresholdedEventsCount()).toBe(1);
  },
  thresholdsClean: async (on) => {
    expect(await on.thresholdsClean(later(2))).toBe(2);
  },
  thresholdedEventsClean: async (on) => {
    expect(await on.thresholdedEventsClean()).toBe(1);
  },
  expireThresholds: async (on) => {
    await on.thresholdSet({ key: ["x", "y"], thresholdTime: T, relapseTime: T, ttl: later(1) });
    await on.thresholdSave("a", ["x", "y"], "group", "low", T, { target: true });
    const expired = await on.expireThresholds(later(1));
    expect(expired).toMatchObject([
      { keys: ["x", "y"], group: "group", severity: "low", target: true, shadow: false },
    ]);
    expect([await on.thresholdsCount(), await on.thresholdedEventsCount()]).toEqual([0, 0]);
  },
  query: async (on, { catalogue, id }) => {
    const { events } = storeTables(catalogue);
    const { rowCount } = await on.query(`select ${id} from ${identifier(events.name)} where ${id} = $1`, [
      "a",
    ]);
    expect(rowCount).toBe(1);
  },
  transaction: async (on, { filter }) => {
    const failure = new Error("undo");
    const work = on.transaction(async (within) => {
      await within.insertEvent(event("d", 5));
      expect(await within.deleteEvents({ filter })).toBe(1);
      expect((await within.searchEvents()).events).toHaveLength(3);
      throw failure;
    });
    await expect(work).rejects.toBe(failure);
    expect(await on.countEvents()).toBe(3);
  },
} satisfies Record<keyof EventOperations, (on: Operations, subject: Subject) => Promise<void>>;

describeEngines("stores of several catalogues in one database", (engine) => {
  let database: TestDatabase;
  let recorded: RecordedPool;
  const stores: EventStorage<CatalogueNames>[] = [];
  beforeAll(async () => {
    database = await withDatabase(engine);
    recorded = recordedPool(database.connectionString);
    for (const { catalogue } of SUBJECTS) {
      const connections =
        catalogue === IDEA_CATALOGUE
          ? { pool: recorded.pool }
          : { connectionString: database.connectionString };
      const storage = await openStorage({ ...connections, catalogue });
      stores.push(storage);
      await storage.databaseCreate();
      await storage.insertEvents(EVENTS);
    }
    // The schema is made by texts of its own.
    recorded.texts.clear();
  });
  afterAll(async () => {
    await Promise.all(stores.map((storage) => storage.close()));
    await recorded.pool.end();
    await database.dispose();
  });

  /** All that the other stores have. */
  async function neighbours(subject: Subject): Promise<readonly string[]> {
    const tables = SUBJECTS.filter((other) => other !== subject).flatMap(({ catalogue }) =>
      allTables(storeTables(catalogue)).map(({ name }) => identifier(name)),
    );
    const contents = tables.map(
      (table) =>
        `select '${table} ' || md5(coalesce(string_agg(row::text, ' ' order by row::text), '')) as content from ${table} as row`,
    );
    const { rows } = await stores[0]!.query(contents.join(" union all "));
    return rows.map(({ content }) => String(content)).sort();
  }

  for (const [position, subject] of SUBJECTS.entries())
    it.each(Object.entries(STEPS))(`${subject.catalogue.name}: %s`, async (_, step) => {
      const before = await neighbours(subject);
      await step(stores[position]!, subject);
      expect(await neighbours(subject)).toEqual(before);
    });

  it("send what is generated, byte for byte, with its slots filled", () => {
    const specs = operationSpecs(IDEA_CATALOGUE);
    const generated: Readonly<Record<string, { readonly text: string }>> = statements;
    for (const { name, text } of specs) expect(generated[name]?.text, name).toBe(text);
    const patterns = specs.map((spec) => [spec.name, patternOf(spec)] as const);
    const sentBy = new Map<string, string[]>();
    const others: string[] = [];
    for (const text of recorded.texts) {
      const names = patterns.flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
      for (const name of names) sentBy.set(name, [...(sentBy.get(name) ?? []), text]);
      if (names.length === 0) others.push(text);
    }
    // What is no operation: the session's own commands, days that come and go, the catalogs, and the queries of these tests.
    const known = [
      /^(?:select set_config|select pg_advisory|begin|commit|rollback|savepoint|release|close |drop |lock |alter |do \$block\$)/u,
      / from pg_/u,
      /^select distinct floor\(extract\(epoch from detect_time\)|^with rolled as \(update event_rollup_hours set version = -1/u,
      / \|\| md5\(|^select id from events where id = \$1$/u,
    ];
    expect(others.filter((text) => !known.some((pattern) => pattern.test(text)))).toEqual([]);
    expect(sentBy.size).toBeGreaterThan(30);
  });

  it("have the indexes that their fields declare, of any method and expression", async () => {
    const storage = stores[SUBJECTS.findIndex(({ catalogue }) => catalogue === FLOWS_CATALOGUE)]!;
    const { rows } = await storage.query(
      "select regexp_replace(indexdef, '^.* USING | WITH .*$', '', 'g') as key from pg_indexes where tablename = 'flows' order by indexname",
    );
    expect(rows.map(({ key }) => key)).toEqual(
      expect.arrayContaining(["gist (gateway inet_ops)", "btree (lower(label))", "gin (note gin_trgm_ops)"]),
    );
    const filter = 'gateway in 198.51.100.0/24 and label = "SCAN"i and note contains "LINE"';
    expect(await storage.countEvents({ filter })).toBe(3);
    expect(await storage.countEvents({ filter: "gateway = 198.51.100.8" })).toBe(0);
    expect(await storage.verify()).toMatchObject({ problems: [] });
  });

  it("say how each of them is, and are dropped one by one", async () => {
    for (const [position, { catalogue }] of SUBJECTS.entries()) {
      const storage = stores[position]!;
      const tables = allTables(storeTables(catalogue)).map(({ name }) => name);
      expect((await storage.databaseStatus()).tables.map(({ table }) => table)).toEqual(tables);
      expect((await storage.indexDrop()).changes.length).toBeGreaterThan(0);
      expect((await storage.indexCreate()).changes.length).toBeGreaterThan(0);
    }
    for (const [position, subject] of SUBJECTS.entries()) {
      await stores[position]!.databaseDrop();
      for (const other of stores.slice(position + 1)) expect(await other.countEvents()).toBe(3);
      const { rows } = await stores[0]!.query(
        "select relname from pg_class where relname = any($1::text[])",
        [allTables(storeTables(subject.catalogue)).map(({ name }) => name)],
      );
      expect(rows).toEqual([]);
    }
  });
});
