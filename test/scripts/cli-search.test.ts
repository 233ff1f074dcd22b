/** The command `search`. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { QueryCanceledError } from "../../runtime/postgres/errors.js";
import type { EventStorage } from "../../runtime/store/types.js";
import { cli, NOW } from "./support/cli.js";
import { event, page } from "./support/pages.js";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "eventstore-cli-"))));
afterAll(() => rm(folder, { recursive: true }));

describe("search", () => {
  it("shows a table without anything that steers the terminal", async () => {
    const run = await cli(["search", "severity", ">=", "high"], { storage: page(event), columns: 120 });
    expect(run.code).toBe(0);
    expect(run.stdout.split("\n").map((line) => line.replace(/\u001b\[\d+m/g, "").trimEnd())).toEqual([
      "detect_time (UTC)    category       severity  source                   target        description               id",
      "2024-05-01 22:30:05  Attempt.Login  high      192.0.2.7, [2001:db8::…  :22,25,80 +1  SSH ␛[31mlogin␛[0m atte…  59c85a23…",
      "",
    ]);
  });

  const plain = (text: string): string[] =>
    text
      .replace(/\u001b\[\d+m/g, "")
      .trimEnd()
      .split("\n");

  it("keeps time, 8 characters of the id and the description at 80 columns", async () => {
    const run = await cli(["search"], { storage: page(event), columns: 80 });
    const [titles = "", row = ""] = plain(run.stdout);
    expect(titles).toMatch(/^UTC +category .*description +id$/);
    expect(row).toMatch(/^05-01 22:30:05 {2}.*SSH ␛\[3.*59c85a23/);
    expect(row.length).toBeLessThanOrEqual(80);
  });

  it.each([40, 47, 59])("shows cards at %i columns, of which no line wraps", async (columns) => {
    const run = await cli(["search"], { storage: page(event, { ...event, ID: "b" }), columns });
    const lines = plain(run.stdout);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines[0]).toBe(event.ID);
    expect(lines.map((line) => line.trim()).join("")).toContain("4711");
    expect(lines).toContain("b");
  });

  it("shows all values with --expanded", async () => {
    const run = await cli(["search", "-x", "-c", "id,source,target.port"], { storage: page(event) });
    expect(run.stdout.split("\n").slice(0, 3)).toEqual([
      event.ID,
      "source       192.0.2.7, [2001:db8::1]:4711",
      "target.port  22, 25, 80, 443",
    ]);
  });

  it("continues the last search with --after last", async () => {
    const env = { XDG_STATE_HOME: join(folder, "state") };
    const asked: (string | undefined)[] = [];
    const searchEvents = ((given: { readonly after?: string }) => {
      asked.push(given.after);
      return Promise.resolve({ events: [JSON.stringify(event)], next: "KEY", hasMore: true });
    }) as unknown as EventStorage["searchEvents"];
    const run = (...args: string[]) =>
      cli(["search", "-n", "1", ...args], { storage: { searchEvents }, env });
    expect(await run("--after", "last")).toMatchObject({ code: 2 });
    await run("severity = high");
    expect(await run("--after", "last")).toMatchObject({ code: 0 });
    expect((await run("severity = low", "--after", "last")).stderr).toContain("another filter");
    expect(asked).toEqual([undefined, "KEY"]);
  });

  it("follows what is stored after its start, each event once, until Ctrl-C", async () => {
    const interrupt = new AbortController();
    let looks = 0;
    const searchEvents = (() => {
      looks++;
      const ids = ["old", ...(looks > 1 ? ["new"] : [])];
      if (looks === 3) interrupt.abort();
      const events = ids.map((ID) => JSON.stringify({ ...event, ID }));
      return Promise.resolve({ events, next: null, hasMore: false });
    }) as unknown as EventStorage["searchEvents"];
    const world = { storage: { searchEvents }, interrupt: interrupt.signal };
    const run = await cli(["search", "--follow", "-f", "ndjson"], world);
    expect(run.code).toBe(130);
    expect(
      run.stdout
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as typeof event).ID),
    ).toEqual(["new"]);
    expect(await cli(["search", "--follow", "-f", "json"])).toMatchObject({ code: 2, opened: [] });
  });

  it("prints NDJSON, JSON and CSV", async () => {
    const world = { storage: page(event, { ...event, ID: "b", Description: undefined }) };
    const ndjson = await cli(["search", "-f", "ndjson"], world);
    expect(
      ndjson.stdout
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as typeof event).ID),
    ).toEqual([event.ID, "b"]);
    expect(JSON.parse((await cli(["search", "-f", "json"], world)).stdout)).toHaveLength(2);
    const csv = await cli(["search", "-f", "csv", "-c", "id,detect_time,source.ip,target.port"], world);
    expect(csv.stdout).toBe(
      "id,detect_time,source.ip,target.port\n" +
        `${event.ID},2024-05-01T22:30:05Z,192.0.2.7;2001:db8::1,22;25;80;443\n` +
        "b,2024-05-01T22:30:05Z,192.0.2.7;2001:db8::1,22;25;80;443\n",
    );
  });

  it.each([
    ["search", "-f", "csv"],
    ["search", "-f", "ndjson"],
    ["search", "-x"],
    ["top", "category", "-f", "csv", "--raw"],
    ["top", "category"],
    ["timeline", "--by", "category", "-f", "csv"],
    ["show", "x", "-f", "raw"],
    ["show", "x"],
    ["search", "\u001b[8m\r\u001b[2K = 1"],
    ["fmt", "description = '\u009b2J\u001b[8m\r\u001b[2K\u202e'"],
    ["highlight", "\u001b]0;x\u0007\u001b[8m\r\u001b[2K\u2028"],
  ])("%j writes nothing of an event or a filter that steers a terminal", async (...args) => {
    const evil = "\u001b[8m\r\u001b[2Kx\u001b]0;y\u0007\u009b2J\u202e\u2028";
    const hostile = { ...event, ID: evil, Description: evil, Category: [evil] };
    const rows = [{ value: evil, count: 1 }];
    const timeline = {
      buckets: [{ from: NOW, to: NOW, count: 1, values: rows }],
      values: rows,
      total: 1,
      step: "1h",
    };
    const storage = {
      ...page(hostile),
      fetchEvent: () => Promise.resolve(JSON.stringify(hostile)),
      aggregateEvents: () => Promise.resolve(rows),
      timelineEvents: () => Promise.resolve(timeline),
    } as unknown as Partial<EventStorage>;
    const { stdout, stderr } = await cli(args, { storage, columns: 80 });
    const ours = /\u001b\[(?:[0-7]|1;3[1-6]|3[1-6])m|[\n\t]/gu;
    expect(`${stdout}${stderr}`.replace(ours, "")).not.toMatch(/[\p{Cc}\u202e\u2028]/u);
    expect(`${stdout}${stderr}`).not.toMatch(/\ufdd0/u);
  });

  it("prints valid empty results and says so", async () => {
    const outputs = await Promise.all(
      ["table", "ndjson", "json", "csv"].map((format) => cli(["search", "-f", format], { storage: page() })),
    );
    expect(outputs.map(({ stdout }) => stdout.slice(0, 3))).toEqual(["", "", "[]\n", "id,"]);
    for (const { stderr, code } of outputs)
      expect({ stderr, code }).toEqual({ stderr: "No event matches.\n", code: 0 });
  });

  it("turns the pages up to the limit and says where to go on", async () => {
    const asked: (readonly [number | undefined, string | undefined])[] = [];
    const storage = {
      searchEvents: ({ limit = 0, after }: { limit?: number; after?: string }) => {
        asked.push([limit, after]);
        const events = Array.from({ length: limit }, () => '{"ID":"x"}');
        return Promise.resolve({ events, next: `key${asked.length}`, hasMore: true });
      },
    } as never;
    const run = await cli(["search", "--limit", "2500", "-f", "ndjson", "--after", "key0"], { storage });
    expect(asked).toEqual([
      [1000, "key0"],
      [1000, "key1"],
      [500, "key2"],
    ]);
    expect(run.stdout.split("\n")).toHaveLength(2501);
    expect(run.stderr).toBe(
      "The first 2,500. There are more: --limit all, or --after last, or --after key3\n",
    );
    // On a terminal no key, which is longer than a line, and no wrapping.
    const narrow = await cli(["search", "--limit", "1"], { storage, columns: 40 });
    const shown = `${narrow.stdout}${narrow.stderr}`.replaceAll(/\u001b\[\d+m/gu, "");
    expect(shown.replaceAll("\n", " ")).toMatch(/There are more: --limit all, or --after last *$/);
    for (const line of shown.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
  });

  it("ends quietly when nobody reads any more", async () => {
    const closed = {
      write: (_: string, done?: (error?: Error) => void) => {
        done?.(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
        return false;
      },
      on: () => undefined,
    };
    expect(await cli(["search", "-f", "ndjson"], { storage: page(event), stdout: closed })).toMatchObject({
      code: 0,
      stderr: "",
    });
  });

  it("gives the query a signal and ends with 130 when it is aborted", async () => {
    const controller = new AbortController();
    const storage = {
      searchEvents: ({ signal }: { signal?: AbortSignal }) =>
        new Promise<never>((_, reject) => {
          signal?.addEventListener("abort", () => reject(new QueryCanceledError("searchEvents: canceled")));
          controller.abort();
        }),
    };
    const run = await cli(["search"], { storage, interrupt: controller.signal });
    expect(run).toMatchObject({ code: 130, stdout: "", stderr: "" });
  });
});

describe.each([40, 60, 80])("at %i columns", (columns) => {
  const storageOf = (): Partial<EventStorage> => {
    const long = "Intrusion.Botnet.With.A.Very.Long.Name";
    const rows = [
      { value: long, count: 1_234_567 },
      { value: null, count: 3 },
    ];
    const timeline = {
      buckets: Array.from({ length: 30 }, (_, at) => ({
        from: new Date(NOW.getTime() + at * 3_600_000),
        to: new Date(NOW.getTime() + (at + 1) * 3_600_000),
        count: at * 1_000,
        values: rows,
      })),
      values: rows,
      total: 1_234_567,
      step: "1h",
    };
    const table = {
      rows: 12_345_678,
      partitions: 365,
      tableBytes: 1e10,
      indexBytes: 1e10,
      oldest: NOW,
      newest: NOW,
    };
    const status = {
      serverVersion: "15.18 (Debian 15.18-0+deb12u1)",
      ip4r: "2.4",
      schemaVersion: 6,
      databaseBytes: 1e11,
      defaultRows: 7,
      lastRefresh: NOW,
      settings: { max_parallel_workers_per_gather: "2" },
      tables: ["events", "event_rollup_hours", "events_thresholded"].map((name) => ({
        table: name,
        ...table,
      })),
      warnings: ["max_locks_per_transaction is 64, and there is room for fewer partitions than there are"],
    };
    const problem = {
      where: "events_20240501",
      what: "the index events_20240501_lists_idx is not there",
      count: 3,
    };
    const query = {
      name: "report-7",
      pid: 12_345,
      user: "detector",
      state: "active",
      durationMs: 9e6,
      query: "select ".repeat(30),
    };
    return {
      ...page(event, { ...event, ID: "b" }),
      description: "PostgreSQL 15.18 at postgresql://detector@database.example.org:5432/events",
      aggregateEvents: () => Promise.resolve(rows),
      timelineEvents: () => Promise.resolve({ ...timeline, values: undefined }),
      databaseStatus: () => Promise.resolve(status),
      countEvents: () => Promise.resolve(12_345_678),
      verify: () => Promise.resolve({ problems: [problem], repaired: [problem] }),
      queriesStatus: () => Promise.resolve([query]),
      searchColumnWith: () => Promise.resolve(NOW),
      mergePartitions: () => Promise.resolve({ before: 365, after: 12 }),
      refresh: () => Promise.resolve(72),
    } as unknown as Partial<EventStorage>;
  };

  it.each([
    ["search"],
    ["search", "-x"],
    ["top", "category"],
    ["timeline"],
    ["status"],
    ["verify"],
    ["health"],
    ["queries"],
    ["partitions", "merge"],
    ["refresh"],
    ["card"],
    ["fields"],
    ["fields", "category"],
    ["fields", "source.ip"],
    ["complete", "source."],
    ["explain", "source.ip in 10.0.0.0/8 and description contains 'login' or target.port in [22, 80]"],
    ["check", "sorce.ip in 10.0.0.0/8 and categry under Recon and description contains 'a long text'"],
    ["search", "--limit"],
    ["count", "severity = 5", "--zone", "Nowhere/At-All"],
  ])("%j wraps nothing", async (...args) => {
    const { stdout, stderr } = await cli(args, { storage: storageOf(), columns });
    const lines = `${stdout}${stderr}`.replaceAll(/\u001b\[[\d;]+m/gu, "").split("\n");
    // What is one word has nowhere to be broken.
    const wide = lines.filter((line) => line.length > columns && /\S\s+\S/u.test(line.trim()));
    expect(wide).toEqual([]);
  });
});
