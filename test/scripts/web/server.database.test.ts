/** The explorer over a store: the same answers, nothing written, queries that end with their request, events as they come in. */
import { request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compileFilter } from "../../../compiler/compile.js";
import { openStorage } from "../../../runtime/store/index.js";
import type { EventStorage } from "../../../runtime/store/index.js";
import { generateEvents } from "../../../scripts/tools/demo/generate-events.js";
import { describeEngines, withDatabase, type TestDatabase } from "../../support/database.js";
import { filters } from "../../testing/filters.js";
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
    await expect(reader.insertEvent({ ...events[0]!, ID: "other" })).rejects.toMatchObject({
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

  it("sends events as they come in", async () => {
    const text = await liveText(
      explorer,
      async () => {
        await writer.insertEvent({ ID: "live", DetectTime: new Date().toISOString(), Category: ["Test"] });
        return '"ID":"live"';
      },
      `/api/tail?filter=${encodeURIComponent("severity = low or id = live")}`,
    );
    expect(text).toContain("event: events\n");
    for (const { ID } of events) expect(text).not.toContain(ID);
    expect(await writer.deleteEvent("live")).toBe(true);
  });

  it("shows nothing beyond the restriction, whatever is asked", async () => {
    const part = await startExplorer(
      { kind: "store", storage: reader },
      { restrict: "severity = low and source exists" },
    );
    const visible = events.filter(compileFilter("severity = low and source exists").matcher());
    const hidden = events.find((event) => !visible.includes(event))!;
    const get = async <T>(path: string): Promise<T> => (await part.get(path)).json() as Promise<T>;
    const sum = (rows: readonly { readonly count: number }[]) =>
      rows.reduce((total, { count }) => total + count, 0);
    try {
      const wide = fc.constantFrom("true or (F)", "not (F)", "F", "(F) xor true", "severity != low or (F)");
      await fc.assert(
        fc.asyncProperty(filters(), wide, async (text, frame) => {
          const filter = frame.replace("F", () => (text === "" ? "true" : text));
          const expected = visible.filter(compileFilter(filter).matcher()).map(({ ID }) => ID);
          const asked = `filter=${encodeURIComponent(filter)}`;
          const [{ count }, { events: found }, top, timeline, summary, stream] = await Promise.all([
            get<{ count: number }>(`/api/count?${asked}`),
            get<{ events: { ID: string }[] }>(`/api/search?limit=500&${asked}`),
            get<{ value: string; count: number }[]>(`/api/top/severity?${asked}`),
            get<{ buckets: { count: number }[]; total: number }>(`/api/timeline?step=1d&${asked}`),
            get<{ total: number }>(`/api/summary?by=category&${asked}`),
            part.get(`/api/stream?${asked}`).then((response) => response.text()),
          ]);
          expect(found.map(({ ID }) => ID).toSorted()).toEqual(expected.toSorted());
          expect([count, sum(top), timeline.total, sum(timeline.buckets), summary.total]).toEqual(
            Array(5).fill(expected.length),
          );
          expect(stream.split("\n").filter((line) => line !== "")).toHaveLength(expected.length);
        }),
        { numRuns: 12 },
      );
      for (const filter of ["severity = low) or (true", "true # ", "severity = high"]) {
        const response = await part.get(`/api/count?filter=${encodeURIComponent(filter)}`);
        expect([400, visible.length, 0]).toContain(
          response.status === 200 ? ((await response.json()) as { count: number }).count : response.status,
        );
      }
      expect((await part.get(`/api/events/${hidden.ID}`)).status).toBe(404);
      expect(await get(`/api/events/${visible[0]!.ID}`)).toMatchObject({ ID: visible[0]!.ID });
      const ends = visible.map(({ DetectTime }) => new Date(DetectTime).toISOString()).toSorted();
      expect(await get("/api/status")).toEqual({
        description: "a part of the events",
        events: visible.length,
        oldest: ends[0],
        newest: ends.at(-1),
        details: {},
      });
      const text = await liveText(part, async () => {
        for (const EventSeverity of ["high", "low"])
          await writer.insertEvent({
            ID: `live-${EventSeverity}`,
            DetectTime: new Date().toISOString(),
            Category: ["Test"],
            Source: [{ IP4: ["192.0.2.1"] }],
            _CESNET: { EventSeverity },
          });
        return "live-low";
      });
      expect(text).not.toContain("live-high");
    } finally {
      await part.stop();
    }
  });
});

/** What a server sends of live events until the text comes that `act` returns. */
async function liveText(
  explorer: TestExplorer,
  act: () => Promise<string>,
  path = "/api/tail",
): Promise<string> {
  const response = await explorer.get(path);
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const chunks = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const read = async (wanted: string): Promise<void> => {
    while (!text.includes(wanted)) text += (await chunks.read()).value ?? "";
  };
  await read(": looking");
  await read(await act());
  await chunks.cancel();
  return text;
}
