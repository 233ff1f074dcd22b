/**
 * What calls cost: statements, and pages of tables and indexes that these read, over a store of 34 days that is the same each time. No time is
 * taken. A call that costs a fifth more, or less, than `test/golden/store/costs.txt` says fails here; where that is meant,
 * `npx vitest run test/runtime/store/costs --update` writes what it costs now.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { openStorage, type EventStorage } from "../../../runtime/store/index.js";
import { generateEvents } from "../../../scripts/tools/demo/generate-events.js";
import { describeEngine, withDatabase } from "../../support/database.js";
import { collect } from "./support.js";

const FILE = fileURLToPath(new URL("../../golden/store/costs.txt", import.meta.url));
const [FROM, TO] = [new Date("2025-11-28T00:00:00Z"), new Date("2026-01-01T00:00:00Z")];
const events = [...generateEvents({ count: 2_000, seed: 24, from: FROM, to: TO })];
const some = events[1_000]!;
const host = events.flatMap(({ Source = [] }) => Source.flatMap(({ IP4 = [] }) => IP4))[0];

/** What differs by less than this is the same; pages of a few more reads, too. */
const [MARGIN, FEW_PAGES] = [0.2, 4];

/** The calls, in the order of the file. Those that write are last. */
function calls(storage: EventStorage): Readonly<Record<string, () => Promise<unknown>>> {
  const rare = `source.ip in ${host}`;
  const port = "target.port = 22";
  const broad = "severity >= medium";
  return {
    "page of all events": () => storage.searchEvents({ limit: 50 }),
    "page of a broad filter": () => storage.searchEvents({ filter: broad, limit: 50 }),
    "page of a rare host": () => storage.searchEvents({ filter: rare }),
    "page of a text": () => storage.searchEvents({ filter: 'description contains "password"', limit: 20 }),
    "page of a text without index": () =>
      storage.searchEvents({ filter: 'note contains "7 conn"', limit: 20 }),
    "page by the time of storing": () => storage.searchEvents({ filter: port, sort: "storage_time.desc" }),
    "page of one day": () =>
      storage.searchEvents({ filter: `${port} and detect_time in 2025-12-10..2025-12-11` }),
    "fetch of an event": () => storage.fetchEvent(some.ID),
    "count of all events": () => storage.countEvents(),
    "count by roll-ups": () => storage.countEvents({ filter: "category = Recon.Scanning" }),
    "count by combinations": () => storage.countEvents({ filter: broad }),
    "count of a network": () => storage.countEvents({ filter: "source.ip in 192.0.0.0/8" }),
    "count of a port": () => storage.countEvents({ filter: port }),
    "top of categories": () => storage.aggregateEvents({ by: "category" }),
    "top of addresses": () => storage.aggregateEvents({ by: "source.ip" }),
    "top of ports of a broad filter": () => storage.aggregateEvents({ by: "target.port", filter: broad }),
    "top of ports of a rare host": () => storage.aggregateEvents({ by: "target.port", filter: rare }),
    "summary of a broad filter": () =>
      storage.summarizeEvents({ by: ["category", "target.port"], filter: broad }),
    "timeline of all events": () => storage.timelineEvents({ step: "1d" }),
    "timeline by category": () => storage.timelineEvents({ step: "1d", by: "category" }),
    "timeline of a rare host": () => storage.timelineEvents({ step: "1d", filter: rare }),
    "stream of a day": () =>
      collect(storage.streamEvents({ filter: "detect_time in 2025-12-10..2025-12-11" })),
    "deletion of nothing": () => storage.deleteEvents({ filter: "target.port = 1 and conn_count = 0" }),
    "an event stored again": () => storage.insertEvent(some, { onConflict: "ignore" }),
    "refresh where nothing changed": () => storage.refresh(),
  };
}

interface Cost {
  readonly statements: number;
  readonly pages: number;
}

/** Rows lie in one order each time, and the planner has seen them. */
async function fill(storage: EventStorage): Promise<void> {
  await storage.databaseCreate({ partitions: "day" });
  await storage.insertEvents(events, { concurrency: 1 });
  await storage.refresh();
  await storage.query("vacuum (analyze)");
}

/** A refresh reads each event of a day that changed once, whatever is counted of it. */
async function expectOneReading(storage: EventStorage): Promise<void> {
  const rowsRead = async (): Promise<number> => {
    await storage.query("select pg_stat_force_next_flush()");
    const { rows } = await storage.query(
      "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as n from pg_stat_user_tables where relname ~ '^events_[0-9d]'",
    );
    return Number(rows[0]?.["n"]);
  };
  const filter = "detect_time in 2025-12-10..2025-12-10";
  await storage.insertEvent({ ...some, ID: "late", DetectTime: "2025-12-10T10:10:10Z" });
  const { events: there } = await storage.searchEvents({ filter, limit: 1_000 });
  const before = await rowsRead();
  expect(await storage.refresh()).toBe(1);
  const read = (await rowsRead()) - before;
  expect(read).toBeGreaterThanOrEqual(there.length);
  // The planner looks up single rows, too.
  expect(read).toBeLessThan(1.5 * there.length);
}

describeEngine("what calls cost", "ip4r", (engine) => {
  it("is what the file says", async () => {
    const database = await withDatabase(engine);
    const { connectionString } = database;
    // One that is opened afterwards knows how many events the planner takes the store for.
    const filled = await openStorage({ connectionString });
    await fill(filled).finally(() => filled.close());
    let statements = 0;
    const storage = await openStorage({
      connectionString,
      pool: { max: 1 },
      onEvent: () => void (statements += 1),
    });
    /** Pages of our tables and indexes that this session has read so far, wherever they were found. */
    const pagesRead = async (): Promise<number> => {
      await storage.query("select pg_stat_force_next_flush()");
      const { rows } = await storage.query(
        "select sum(heap_blks_hit + heap_blks_read + coalesce(idx_blks_hit + idx_blks_read, 0) + coalesce(toast_blks_hit + toast_blks_read + tidx_blks_hit + tidx_blks_read, 0)) as n from pg_statio_user_tables",
      );
      return Number(rows[0]?.["n"]);
    };
    const costOf = async (call: () => Promise<unknown>): Promise<Cost> => {
      // The first ones plan, learn where the filter finds something, and read what is kept for a minute.
      for (let run = 0; run < 2; run++) await call();
      const before = await pagesRead();
      statements = 0;
      await call();
      const sent = statements;
      return { statements: sent, pages: (await pagesRead()) - before };
    };
    try {
      const { rows } = await storage.query("show server_version_num");
      const version = Math.floor(Number(rows[0]?.["server_version_num"]) / 10_000);
      const golden = readGolden(version);
      const lines = [`# PostgreSQL ${golden.version ?? version}; statements, pages`];
      for (const [name, call] of Object.entries(calls(storage)))
        lines.push(lineOf(name, withinMargin(await costOf(call), golden, name)));
      await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(FILE);
      await expectOneReading(storage);
    } finally {
      await storage.close();
      await database.dispose();
    }
  });
});

const lineOf = (name: string, { statements, pages }: Cost): string =>
  `${name.padEnd(34)}${String(statements).padStart(4)}${String(pages).padStart(8)}`;

/** What the file says. Other releases of PostgreSQL plan in other ways: their pages are not compared. */
function readGolden(version: number) {
  const text = readFileSync(FILE, "utf8");
  const of = /^# PostgreSQL (\d+)/u.exec(text)?.[1];
  const costs = new Map<string, Cost>();
  for (const [, name = "", statements, pages] of text.matchAll(/^([a-z].*?) +(\d+) +(\d+)$/gmu))
    costs.set(name, { statements: Number(statements), pages: Number(pages) });
  const isOther = of !== undefined && Number(of) !== version;
  return { version: of, costs, isOther };
}

/** The cost of the file where this is about the same. */
function withinMargin(cost: Cost, { costs, isOther }: ReturnType<typeof readGolden>, name: string): Cost {
  const golden = costs.get(name);
  if (golden === undefined) return cost;
  const about = (now: number, then: number, few: number): number =>
    Math.abs(now - then) <= Math.max(then * MARGIN, few) ? then : now;
  return {
    statements: about(cost.statements, golden.statements, 0),
    pages: isOther ? golden.pages : about(cost.pages, golden.pages, FEW_PAGES),
  };
}
