/** The explorer over a store: the same answers, nothing written, queries that end with their request, events as they come in. */
import { request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openStorage } from "../../../runtime/store/index.js";
import type { EventStorage } from "../../../runtime/store/index.js";
import { generateEvents } from "../../../scripts/tools/demo/generate-events.js";
import { describeEngines, withDatabase, type TestDatabase } from "../../support/database.js";
import { startExplorer, type TestExplorer } from "./support.js";

describeEngines("the explorer over a store", (engine) => {
  let database: TestDatabase;
  let writer: EventStorage;
  let reader: EventStorage;
  let explorer: TestExplorer;
  const events = [
    ...generateEvents({ count: 400, seed: 8, from: new Date("2024-05-01"), to: new Date("2024-05-08") }),
  ];

  beforeAll(async () => {
    database = await withDatabase(engine);
    writer = await openStorage({ connectionString: database.connectionString });
    await writer.databaseCreate();
    await writer.insertEvents(events);
    reader = await openStorage({ connectionString: database.connectionString, readOnly: true });
    explorer = await startExplorer({ kind: "store", storage: reader });
  });
  afterAll(async () => {
    await explorer.stop();
    await Promise.all([reader.close(), writer.close()]);
    await database.dispose();
  });

  const json = async (path: string): Promise<unknown> => {
    const response = await explorer.get(path);
    expect(response.status).toBe(200);
    return response.json();
  };

  it("answers as the store does", async () => {
    const filter = "category under Recon";
    const asked = `filter=${encodeURIComponent(filter)}`;
    const count = await writer.countEvents({ filter });
    expect(await json(`/api/count?${asked}`)).toEqual({ count });
    expect(await json(`/api/timeline?${asked}&step=1d&by=severity`)).toMatchObject({ total: count });
    expect(await json(`/api/top/severity?${asked}`)).toEqual(
      await writer.aggregateEvents({ by: "severity", filter }),
    );
    const { events: found } = (await json(`/api/search?${asked}&limit=5`)) as { events: { ID: string }[] };
    expect(found.map(({ ID }) => ID)).toEqual(
      (await writer.searchEvents({ filter, limit: 5 })).events.map(({ ID }) => ID),
    );
    expect(await json(`/api/events/${found[0]!.ID}`)).toEqual(await writer.fetchEvent(found[0]!.ID));
    const lines = (await (await explorer.get(`/api/stream?${asked}`)).text()).trim().split("\n");
    expect(lines).toHaveLength(count);
    expect(await json("/api/status")).toMatchObject({ events: 400 });
  });

  it("can write nothing", async () => {
    await expect(reader.query("delete from events")).rejects.toMatchObject({ code: "read_only" });
    await expect(reader.insertEvent({ ...events[0], ID: "other" })).rejects.toMatchObject({
      code: "read_only",
    });
    expect(await writer.countEvents()).toBe(400);
  });

  it("ends a query on the server when its request is dropped, and lives on", async () => {
    const client = new pg.Client({ connectionString: database.connectionString });
    await client.connect();
    const waiting = async (): Promise<number> =>
      (
        await client.query<{ n: number }>(
          "select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and wait_event_type = 'Lock'",
        )
      ).rows[0]!.n;
    const until = async (reached: (n: number) => boolean): Promise<void> => {
      while (!reached(await waiting())) await delay(50);
    };
    // The queries wait for a lock, which makes them as long as the test needs them.
    await client.query("begin; lock table events, event_hours, event_rollups in access exclusive mode");
    for (const path of [
      "/api/search",
      "/api/count?filter=description%20exists",
      "/api/top/severity",
      "/api/stream",
    ]) {
      const url = new URL(path, explorer.origin);
      const running = request(url, { headers: { Authorization: `Bearer ${explorer.token}` } });
      running.on("error", () => undefined);
      running.end();
      await until((n) => n > 0);
      running.destroy();
      await until((n) => n === 0);
    }
    await client.query("rollback");
    await client.end();
    expect(await json("/api/count")).toEqual({ count: 400 });
  });

  it("tells of events as they come in", async () => {
    const response = await explorer.get(
      `/api/tail?filter=${encodeURIComponent("severity = low or id = live")}`,
    );
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const chunks = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    const read = async (wanted: string): Promise<void> => {
      while (!text.includes(wanted)) text += (await chunks.read()).value ?? "";
    };
    await read(": looking");
    await writer.insertEvent({ ID: "live", DetectTime: new Date().toISOString(), Category: ["Test"] });
    await read('"ID":"live"');
    expect(text).toContain("event: events\n");
    for (const { ID } of events) expect(text).not.toContain(ID);
    await chunks.cancel();
    expect(await writer.deleteEvent("live")).toBe(true);
  });

  it("shows nothing beyond the restriction", async () => {
    const part = await startExplorer({ kind: "store", storage: reader }, { restrict: "severity = low" });
    try {
      const count = await writer.countEvents({ filter: "severity = low" });
      const get = async (path: string) => (await part.get(path)).json();
      expect(await get("/api/count")).toEqual({ count });
      expect(
        (await part.get(`/api/count?filter=${encodeURIComponent("severity = low) or (true")}`)).status,
      ).toBe(400);
      const high = await writer.searchEvents({ filter: "severity = high", limit: 1 });
      expect((await part.get(`/api/events/${high.events[0]!.ID}`)).status).toBe(404);
      expect(await get("/api/status")).toMatchObject({ events: count });
      expect(await get("/api/top/severity")).toEqual([{ value: "low", count }]);
    } finally {
      await part.stop();
    }
  });
});
