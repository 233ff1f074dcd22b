/** Every name that the documentation of `mentat.services.eventstorage` has: what it is called here, and that it does what it says. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as api from "../../../runtime/store/index.js";
import type { EventOperations, EventStorage } from "../../../runtime/store/index.js";
import { sharedReference } from "../../support/shared-data.js";
import { describeStores, emptyStore, eventAt, idsOf, secondsAfterNoon } from "./support.js";

const T = secondsAfter(0);
function secondsAfter(seconds: number): Date {
  return new Date(Date.parse("2024-05-01T12:00:00Z") + seconds * 1000);
}

/** What a name is tried on: a store with two events of 2024-05-01, `a` (low, from 192.0.2.1) and `b`, and the URL of its database. */
interface Subject {
  readonly storage: EventStorage;
  readonly url: string;
}

type Try = (subject: Subject) => Promise<void>;

const refused = async (call: () => unknown, kind: new (...given: never[]) => Error): Promise<void> =>
  expect((async () => call())()).rejects.toBeInstanceOf(kind);

/** Methods of the cursor and of the service. */
const METHODS = {
  insert_event: async ({ storage }) => {
    expect(await storage.insertEvent(eventAt("c", secondsAfterNoon(3)))).toBe("c");
    await refused(() => storage.insertEvent(eventAt("c", secondsAfterNoon(3))), api.StorageIntegrityError);
    await refused(() => storage.insertEvent({} as never), api.DataError);
    await refused(() => storage.insertEvent(undefined as never), api.DataError);
  },
  fetch_event: async ({ storage }) => {
    expect((await storage.fetchEvent("a"))?.ID).toBe("a");
    expect(await storage.fetchEvent("")).toBeNull();
    await refused(() => storage.fetchEvent(undefined as never), api.DataError);
  },
  delete_event: async ({ storage }) => {
    expect([await storage.deleteEvent("b"), await storage.deleteEvent("b")]).toEqual([true, false]);
  },
  count_events: async ({ storage }) => {
    expect(await storage.countEvents()).toBe(2);
    expect(await storage.countEvents({ parameters: { severities: ["low"] } })).toBe(1);
    expect(await storage.countEvents({ parameters: {} })).toBe(2);
  },
  delete_events: async ({ storage }) => {
    await refused(() => storage.deleteEvents(), api.DataError);
    await refused(() => storage.deleteEvents({ parameters: {} }), api.DataError);
    expect(await storage.deleteEvents({ parameters: { severities: ["low"] } })).toBe(1);
    expect(await storage.deleteEvents({ filter: "false" })).toBe(0);
  },
  search_events: async ({ storage }) => {
    const { events, hasMore } = await storage.searchEvents({
      parameters: { limit: 1, sortby: "detecttime.asc" },
    });
    expect([idsOf(events), hasMore]).toEqual([["a"], true]);
    expect(await storage.searchEvents({ filter: "false" })).toEqual({
      events: [],
      next: null,
      hasMore: false,
    });
  },
  search_column_with: async ({ storage }) => {
    expect(await storage.searchColumnWith("detecttime")).toEqual(T);
    expect(await storage.searchColumnWith("detect_time", "max")).toEqual(secondsAfter(1));
    expect(await storage.searchColumnWith("detect_time", "max", { filter: "false" })).toBeNull();
    await refused(() => storage.searchColumnWith("detect_time", "avg" as never), api.DataError);
    await refused(() => storage.searchColumnWith("pg_sleep" as never), api.DataError);
  },
  search_relapsed_events: async ({ storage }) => {
    await storage.thresholdSet("key", T, T, secondsAfter(10));
    await storage.thresholdSave("a", "key", "group", "low", T);
    expect(await storage.searchRelapsedEvents("group", "low", secondsAfter(9))).toEqual([]);
    const [relapsed] = await storage.searchRelapsedEvents("group", "low", secondsAfter(10));
    expect(relapsed).toMatchObject({ event: { ID: "a" }, keys: ["key"], target: false, shadow: false });
    expect(await storage.searchRelapsedEvents("", "", T)).toEqual([]);
  },
  watchdog_events: async ({ storage }) => {
    expect([await storage.watchdogEvents(3600), await storage.watchdogEvents(0)]).toEqual([true, false]);
    await refused(() => storage.watchdogEvents("3600" as never), api.DataError);
  },
  table_cleanup: async ({ storage }) => {
    expect(await storage.tableCleanup("events", "detect_time", T)).toBe(0);
    expect(await storage.tableCleanup("events", "detect_time", secondsAfter(1))).toBe(1);
    await refused(() => storage.tableCleanup("pg_class", "relname", T), api.DataError);
    await refused(() => storage.tableCleanup("events", "detect_time", "2012-01-01" as never), api.DataError);
  },
  threshold_set: async ({ storage }) => {
    await storage.thresholdSet("key", T, T, T);
    await storage.thresholdSet("key", T, T, secondsAfter(1));
    expect(await storage.thresholdsCount()).toBe(1);
    await refused(() => storage.thresholdSet("key", secondsAfter(1), T, T), api.DataError);
  },
  threshold_check: async ({ storage }) => {
    const times = { thresholdTime: T, relapseTime: T, ttlTime: T };
    await storage.thresholdSet("key", T, T, T);
    expect(await storage.thresholdCheck("key", T)).toEqual({ key: "key", ...times });
    expect(await storage.thresholdCheck("key", secondsAfter(0.001))).toBeNull();
    expect(await storage.thresholdCheck("", T)).toBeNull();
  },
  threshold_save: async ({ storage }) => {
    await storage.thresholdSave("a", "key", "group", "low", T);
    await refused(() => storage.thresholdSave("a", "key", "group", "low", T), api.StorageIntegrityError);
    expect(await storage.thresholdedEventsCount()).toBe(1);
  },
  thresholds_count: async ({ storage }) => expect(await storage.thresholdsCount()).toBe(0),
  thresholds_clean: async ({ storage }) => {
    await storage.thresholdSet("key", T, T, T);
    expect([await storage.thresholdsClean(T), await storage.thresholdsClean(secondsAfter(1))]).toEqual([
      0, 1,
    ]);
  },
  thresholded_events_count: async ({ storage }) => expect(await storage.thresholdedEventsCount()).toBe(0),
  thresholded_events_clean: async ({ storage }) => {
    await storage.thresholdSet("key", T, T, T);
    await storage.thresholdSave("a", "key", "group", "low", T);
    await storage.thresholdSave("a", "gone", "group", "low", T);
    expect([await storage.thresholdedEventsClean(), await storage.thresholdedEventsClean()]).toEqual([1, 0]);
  },
  cursor_new: async ({ storage }) => {
    expect(await storage.transaction((cursor) => cursor.countEvents())).toBe(2);
  },
  commit: async ({ storage }) => {
    await storage.transaction((cursor) => cursor.insertEvent(eventAt("c", secondsAfterNoon(3))));
    expect(await storage.countEvents()).toBe(3);
  },
  rollback: async ({ storage }) => {
    const undo = new Error("undo");
    const work = storage.transaction(async (cursor) => {
      expect(await cursor.deleteEvents({ all: true })).toBe(2);
      throw undo;
    });
    await expect(work).rejects.toBe(undo);
    expect(await storage.countEvents()).toBe(2);
  },
  "EventStorageCursor.close": async ({ storage }) => {
    // A transaction is closed by its end: what is kept of it is of no use afterwards.
    const kept: EventOperations[] = [];
    await storage.transaction(async (cursor) => void kept.push(cursor));
    await refused(() => kept[0]!.countEvents(), api.EventStorageError);
    expect(await storage.countEvents()).toBe(2);
  },
  "EventStorageService.close": async ({ url }) => {
    const other = await api.openStorage({ connectionString: url });
    await other.close();
    await other.close();
    await refused(() => other.countEvents(), api.EventStorageError);
  },
  database_create: async ({ storage }) => expect((await storage.databaseCreate()).changes).toEqual([]),
  database_drop: async ({ url }) => {
    const other = await api.openStorage({ connectionString: url, schema: "names to drop" });
    expect((await other.databaseDrop()).changes).toContain("dropped events");
    expect((await other.databaseDrop()).changes).toEqual([]);
    await other.close();
  },
  index_drop: async ({ storage }) => {
    expect((await storage.indexDrop()).changes.length).toBeGreaterThan(0);
    expect((await storage.indexDrop()).changes).toEqual([]);
  },
  index_create: async ({ storage }) => {
    expect((await storage.indexCreate()).changes.length).toBeGreaterThan(0);
    expect((await storage.indexCreate()).changes).toEqual([]);
  },
  database_status: async ({ storage }) => {
    const { tables, settings } = await storage.databaseStatus({ brief: true });
    expect(tables.find(({ table }) => table === "events")).toMatchObject({ rows: 2, oldest: T });
    expect(settings).toEqual({});
    expect(Object.keys((await storage.databaseStatus()).settings).length).toBeGreaterThan(3);
  },
  table_status: async ({ storage }) => {
    expect(await storage.tableStatus("events")).toMatchObject({ table: "events", rows: 2 });
    await refused(() => storage.tableStatus("evnts"), api.DataError);
  },
  distinct_values: async ({ storage }) => {
    expect(await storage.distinctValues("cesnet_eventseverity")).toEqual(["low"]);
    expect(await storage.distinctValues("eventclass")).toEqual([]);
  },
  queries_status: async ({ storage }) => expect(Array.isArray(await storage.queriesStatus())).toBe(true),
  query_status: async ({ storage }) => {
    const sleeping = storage.query("select pg_sleep(30)", [], { name: "a name" });
    const ended = refused(() => sleeping, api.QueryCanceledError);
    await expect.poll(() => storage.queryStatus("a name")).not.toBeNull();
    expect(await storage.queryStatus("a name' or true")).toBeNull();
    expect(await storage.queryCancel("a name")).toBe(true);
    await ended;
  },
  query_cancel: async ({ storage }) => {
    expect(await storage.queryCancel("nobody")).toBe(false);
    await refused(() => storage.queryCancel(null as never), api.DataError);
  },
  mogrify: async ({ storage }) => {
    expect(storage.mogrify("select $1, $2", ["it's", null])).toBe("select 'it''s', NULL");
    await refused(() => storage.mogrify("select $1", []), api.DataError);
  },
  handle_db_exceptions: async ({ storage }) => {
    await expect(storage.query("select 1/0")).rejects.toMatchObject({ name: "DataError", sqlState: "22012" });
    await refused(() => storage.query("select"), api.EventStorageError).catch(() => undefined);
    await refused(() => storage.query("selekt"), api.EventStorageError);
  },
} satisfies Readonly<Record<string, Try>>;

/** Functions, classes and exceptions of the module. */
const MODULE = {
  build_query: async ({ storage }) => {
    const { text, values, name } = api.buildQuery({ source_addrs: ["192.0.2.0/24"] }, "count", "n");
    expect((await storage.query(text, values, { name })).rows).toEqual([{ count: "1" }]);
    await refused(() => api.buildQuery({}, "delete"), api.DataError);
    await refused(() => api.buildQuery({ severty: ["low"] }), api.FilterError);
  },
  record_to_idea: async ({ storage }) => {
    const { text, values } = api.buildQuery({ severities: ["low"] });
    const [row] = (await storage.query(text, values)).rows;
    expect(api.recordToIdea(row as never)).toEqual(await storage.fetchEvent("a"));
    await refused(() => api.recordToIdea({} as never), api.DataError);
  },
  record_to_idea_ghost: async ({ storage }) => {
    const { text, values } = api.buildQuery({ severities: ["low"] }, "select_ghost");
    const [row] = (await storage.query(text, values)).rows;
    const [ghost] = (await storage.searchEvents({ filter: "severity = low", ghost: true })).events;
    expect(api.recordToIdeaGhost(row!)).toEqual(ghost);
    expect(ghost).toMatchObject({ ID: "a", Source: [{ IP4: ["192.0.2.1"] }] });
    await refused(() => api.recordToIdeaGhost({}), api.DataError);
  },
  "IPBaseAdapter.getquoted": async ({ storage }) => {
    const quoted = (text: string) => storage.mogrify("select $1::iprange", [api.parseIpRange(text)]);
    expect(quoted("192.0.2.0/24")).toBe("select '192.0.2.0/24'::iprange");
    expect(quoted("192.0.2.1-192.0.2.9")).toBe("select '192.0.2.1-192.0.2.9'::iprange");
  },
  "IPBaseAdapter.prepare": async ({ storage }) => {
    const { rows } = await storage.query("select $1::iprange::text as r", [
      api.parseIpRange("2001:db8::/32"),
    ]);
    expect(rows).toEqual([{ r: "2001:db8::/32" }]);
  },
  "IPListAdapter.getquoted": async ({ storage }) => {
    const ranges = ["192.0.2.0/24", "::1"].map(api.parseIpRange);
    const text = storage.mogrify("select $1::iprange[]", [ranges]);
    expect((await storage.query(`${text}::text as list`)).rows).toEqual([{ list: "{192.0.2.0/24,::1}" }]);
    expect((await storage.query(storage.mogrify("select $1::iprange[]", [[]]))).rowCount).toBe(1);
  },
  "IPListAdapter.prepare": async ({ storage }) => {
    const ranges = [api.parseIpRange("192.0.2.1"), null];
    const { rows } = await storage.query("select array_length($1::iprange[], 1) as n", [ranges]);
    expect(rows).toEqual([{ n: 2 }]);
  },
  IPBaseAdapter: async () => {
    for (const text of ["192.0.2.1", "192.0.2.0/24", "192.0.2.1-192.0.2.9", "2001:db8::/32"])
      expect(api.formatIpRange(api.parseIpRange(text))).toBe(text);
    await refused(() => api.parseIpRange("192.0.2.300"), Error);
  },
  IPListAdapter: async ({ storage }) => {
    const ranges = ["192.0.2.0/24", "2001:db8::1"].map(api.parseIpRange);
    const { rows } = await storage.query("select ($1::iprange[])::text as list", [ranges]);
    expect(rows).toEqual([{ list: "{192.0.2.0/24,2001:db8::1}" }]);
    expect((await storage.query("select $1::iprange[] as list", [[]])).rowCount).toBe(1);
  },
  EventStorageServiceManager: async ({ url }) => {
    const own = new api.EventStorageServiceManager({}, { connectionString: url });
    const storage = await own.service();
    expect(await own.service()).toBe(storage);
    expect(await storage.countEvents()).toBe(2);
    await own.close();
    await refused(() => new api.EventStorageServiceManager({ dbname: "x" } as never), api.DataError);
  },
  "EventStorageServiceManager.close": async ({ url }) => {
    const own = new api.EventStorageServiceManager({ connectionString: url });
    await own.close();
    const storage = await own.service();
    await own.close();
    await refused(() => storage.countEvents(), api.EventStorageError);
    expect(await (await own.service()).countEvents()).toBe(2);
    await own.close();
  },
  close: async ({ url }) => {
    await api.close();
    api.init({ connectionString: url });
    const storage = await api.service();
    await api.close();
    await refused(() => storage.countEvents(), api.EventStorageError);
  },
  init: async ({ url }) => {
    const { pathname, hostname, searchParams, username, ...rest } = new URL(url);
    const host = searchParams.get("host") ?? hostname;
    const port = searchParams.get("port") ?? rest.port;
    const user = username || (searchParams.get("user") ?? "postgres");
    const connection = { dbname: pathname.slice(1), host, port, user, password: rest.password };
    api.init(
      { __core__database: { eventstorage: { dbname: "wrong" } } },
      { __core__database: { eventstorage: connection } },
    );
    expect(await (await api.service()).countEvents()).toBe(2);
    await api.close();
  },
  set_manager: async () => {
    const own = new api.EventStorageServiceManager();
    api.setManager(own);
    expect(api.manager()).toBe(own);
    await refused(() => api.setManager({} as never), api.DataError);
  },
  manager: async () => expect(api.manager()).toBeInstanceOf(api.EventStorageServiceManager),
  service: async ({ url }) => {
    api.init({ connectionString: url });
    expect(await api.service()).toBe(await api.service());
    await api.close();
  },
  EventStorageService: async ({ storage }) => expect(storage.description).toMatch(/PostgreSQL/),
  EventStorageCursor: async ({ storage }) => {
    await storage.transaction(async (cursor) => {
      expect((await cursor.fetchEvent("a"))?.ID).toBe("a");
    });
  },
  EventStorageException: async ({ storage }) => {
    await expect(storage.query("select * from nowhere")).rejects.toMatchObject({
      sqlState: "42P01",
      retryable: false,
    });
  },
  DataError: async ({ storage }) =>
    refused(() => storage.query("select '1.2.3.400'::iprange"), api.DataError),
  StorageIntegrityError: async ({ storage }) => {
    await storage.thresholdSave("a", "key", "group", "low", T);
    await refused(() => storage.thresholdSave("a", "key", "group", "low", T), api.StorageIntegrityError);
  },
  StorageConnectionException: async () => {
    const connectionString = "postgresql://nobody@127.0.0.1:9/nowhere";
    await refused(() => api.openStorage({ connectionString }), api.StorageConnectionError);
  },
} satisfies Readonly<Record<string, Try>>;

const NAMES: Readonly<Record<string, Try>> = { ...METHODS, ...MODULE };

/** In the table, but only in newer versions of the module. */
const NEWER = ["search_events_aggr"];
/** In the head of the table. */
const HEAD = "mentat";

describe("the table of names", () => {
  const text = readFileSync(new URL("../../../ARCHITECTURE.md", import.meta.url), "utf8");
  const rows = text
    .slice(text.indexOf("## Names of the Python module"))
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  const namesIn = (cell = ""): readonly string[] =>
    [...cell.matchAll(/`(\w+)/g)].map(([, name = ""]) => name);

  it("has every documented name, and no other", () => {
    const listed = new Set(rows.flatMap((row) => namesIn(row.split(" | ")[0])));
    const tried = new Set(Object.keys(NAMES).map((name) => name.split(".").at(-1)!));
    expect([...listed].filter((name) => name !== HEAD && !NEWER.includes(name)).sort()).toEqual(
      [...tried].sort(),
    );
    expect(Object.keys(NAMES)).toHaveLength(56);
  });

  const documented = sharedReference("mentat-eventstorage-api.txt");
  it.skipIf(documented === null)("has every name of the documentation", () => {
    const lines = readFileSync(documented ?? "", "utf8").matchAll(
      /^(?:class |exception )?([\w.]+)(?:\(.*\))?\[source\]$/gm,
    );
    const names = new Set([...lines].map(([, path = ""]) => path.split(".").at(-1)!));
    expect([...names].sort()).toEqual(
      [...new Set(Object.keys(NAMES).map((name) => name.split(".").at(-1)!))].sort(),
    );
  });
});

describeStores("the names of the Python module", ({ storage, url }) => {
  it.each(Object.entries(NAMES))("%s", async (_, attempt) => {
    await emptyStore(storage());
    await storage().insertEvents([
      eventAt("a", secondsAfterNoon(0), {
        Source: [{ IP4: ["192.0.2.1"] }],
        _CESNET: { EventSeverity: "low" },
      }),
      eventAt("b", secondsAfterNoon(1)),
    ]);
    await attempt({ storage: storage(), url: url() });
  });
});
