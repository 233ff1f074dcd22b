import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compileFilter } from "../../compiler/compile.js";
import { openStorage } from "../../runtime/store/index.js";
import { generateEvents } from "../../scripts/tools/demo/generate-events.js";
import { withDatabase, describeEngines, type TestDatabase } from "../support/database.js";
import { cli, type CliRun, type CliWorld } from "./support/cli.js";

const MAIN = fileURLToPath(new URL("../../scripts/cli/main.ts", import.meta.url));

describeEngines("the command on a database", (engine) => {
  let database: TestDatabase;
  let folder: string;
  let file: string;
  const events = [
    ...generateEvents({ count: 300, seed: 7, from: new Date("2024-05-01"), to: new Date("2024-05-08") }),
  ];

  beforeAll(async () => {
    database = await withDatabase(engine);
    folder = await mkdtemp(join(tmpdir(), "eventstore-cli-"));
    file = join(folder, "events.ndjson");
    await writeFile(file, events.map((event) => JSON.stringify(event) + "\n").join(""));
  });
  afterAll(async () => {
    await database.dispose();
    await rm(folder, { recursive: true });
  });

  const run = (args: readonly string[], world: CliWorld = {}): Promise<CliRun> =>
    cli([...args, "--database", database.connectionString], { openStorage, ...world });

  /** The command as a process of its own. */
  function start(...args: string[]): ChildProcess {
    return spawn(
      process.execPath,
      ["--import", "tsx", MAIN, ...args, "--database", database.connectionString],
      {
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
  }

  it("makes the tables once", async () => {
    const dry = await run(["init", "--dry-run", "--distributed", "citus", "--shards", "6"]);
    expect(dry.stdout).toContain(
      "create_distributed_table('events', 'id', colocate_with => 'none', shard_count => 6);",
    );
    const first = await run(["init"]);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toMatch(/schema version \d+/);
    expect((await run(["init"])).stdout).toContain("is up to date");
  });

  it("stores a file, and nothing twice", async () => {
    expect(await run(["ingest", file])).toMatchObject({
      code: 0,
      stdout: "300 events: 300 stored, 0 already there, 0 rejected\n",
      stderr: "",
    });
    expect(await run(["ingest", file])).toMatchObject({
      code: 0,
      stdout: "300 events: 0 stored, 300 already there, 0 rejected\n",
    });
  });

  it("says with line and reason what cannot be stored", async () => {
    const broken = join(folder, "broken.ndjson");
    await writeFile(
      broken,
      '{"ID": "x", "Category": ["Test"]}\n{"DetectTime": "2024-05-01T00:00:00Z"}\nno json\n',
    );
    const { code, stdout, stderr } = await run(["ingest", broken]);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: "3 events: 0 stored, 0 already there, 3 rejected\n",
    });
    for (const line of [1, 2, 3]) expect(stderr).toContain(`${broken}:${line}: `);
  });

  it.each([
    "",
    "category under Recon and severity >= medium",
    'target.port in [22, 23] or description contains "login"',
    "source.ip in 0.0.0.0/1 and not protocol = udp",
    "detect_time in 2024-05-03 and source has (ip exists and port exists)",
    "count(target.ip) > 1",
  ])("counts and finds what matches in memory: %s", async (filter) => {
    const expected = events.filter(compileFilter(filter).matcher());
    expect((await run(["count", filter])).stdout).toBe(`${expected.length}\n`);
    const found = await run(["search", filter, "--limit", "all", "-f", "ndjson"]);
    const ids = found.stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => (JSON.parse(line) as { ID: string }).ID);
    expect(ids.toSorted()).toEqual(expected.map(({ ID }) => ID).toSorted());
  });

  it("goes on where a page ended", async () => {
    const first = await run(["search", "--limit", "7", "-f", "csv", "-c", "id"]);
    const [, key = ""] = /--after (?!last\b)(\S+)/.exec(first.stderr) ?? [];
    const second = await run(["search", "--limit", "7", "-f", "csv", "-c", "id", "--after", key]);
    const both = await run(["search", "--limit", "14", "-f", "csv", "-c", "id"]);
    expect(first.stdout + second.stdout.replace("id\n", "")).toBe(both.stdout);
  });

  it("shows an event as it came", async () => {
    const [event] = events;
    const id = String(event?.ID);
    expect((await run(["show", id, "-f", "raw"])).stdout).toBe(JSON.stringify(event) + "\n");
    expect(JSON.parse((await run(["show", id.slice(0, 13)])).stdout)).toEqual(event);
    expect(await run(["show", "nothing"])).toMatchObject({ code: 1, stdout: "" });
  });

  it("counts values and draws time", async () => {
    const rows = JSON.parse((await run(["top", "severity", "-f", "json"])).stdout) as {
      value: string;
      count: number;
    }[];
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(300);
    const chart = await run(["timeline", "--from", "2024-05-01", "--to", "2024-05-08", "--step", "1d"]);
    expect(chart).toMatchObject({ code: 0 });
    expect(chart.stdout).toContain("300 events, 1d a column, UTC");
    const by = await run(["timeline", "--by", "severity", "-f", "csv", "--step", "1d"]);
    expect(by.stdout).toMatch(/^from,to,count,\w+/);
  });

  it("describes the store", async () => {
    const status = await run(["status"]);
    expect(status).toMatchObject({ code: 0 });
    expect(status.stdout).toContain("events");
    expect(status.stdout).toMatch(/last refresh +\S/);
    expect(status.stdout + status.stderr).not.toMatch(/:[^/@\s]+@/);
    expect(await run(["queries"])).toMatchObject({ code: 0 });
    expect(await run(["cancel", "nobody"])).toMatchObject({ code: 1 });
  });

  it("explains, checks and formats", async () => {
    expect((await run(["explain", "source.ip in 10.0.0.0/8"])).stdout).toContain("{10.0.0.0/8}");
    expect(await run(["check", "source.ip in 10.0.0.1/8"])).toMatchObject({ code: 2 });
    expect((await run(["fmt", "severity>=high"])).stdout).toBe("severity >= high\n");
  });

  it("deletes what matches, and old events", async () => {
    const doomed = events.filter((event) => compileFilter("severity = info").matches(event)).length;
    expect(await run(["delete", "severity = info", "--yes"])).toMatchObject({
      stdout: `${doomed} events deleted\n`,
    });
    expect((await run(["count"])).stdout).toBe(`${300 - doomed}\n`);
    expect((await run(["clean", "--older-than", "1d", "--yes"])).stdout).toMatch(/^\d+ events from before/);
    expect(await run(["ingest", file])).toMatchObject({ code: 0 });
  });

  it("ends quietly in a pipe to head, and cleanly on Ctrl-C and SIGTERM", async () => {
    const search = start("search", "--limit", "all", "-f", "ndjson");
    search.stdout?.once("data", () => search.stdout?.destroy());
    expect(await once(search, "exit")).toEqual([0, null]);
    const inbox = await mkdtemp(join(folder, "inbox-"));
    for (const [signal, code] of [
      ["SIGTERM", 0],
      ["SIGINT", 130],
    ] as const) {
      const watcher = start("ingest", inbox, "--watch");
      await untilSays(watcher, "Watching");
      watcher.kill(signal);
      expect(await once(watcher, "exit")).toEqual([code, null]);
    }
  });

  it("watches a folder with several workers, one of which is killed", async () => {
    const inbox = await mkdtemp(join(folder, "inbox-"));
    const more = [
      ...generateEvents({ count: 2000, seed: 8, from: new Date("2024-06-01"), to: new Date("2024-06-08") }),
    ];
    const chunk = 20;
    for (let first = 0; first < more.length; first += chunk) {
      const name = `part-${String(first).padStart(5, "0")}.ndjson`;
      await writeFile(
        join(inbox, `.${name}`),
        more
          .slice(first, first + chunk)
          .map((event) => JSON.stringify(event) + "\n")
          .join(""),
      );
      await rename(join(inbox, `.${name}`), join(inbox, name));
    }
    const workers = [1, 2, 3].map(() => start("ingest", inbox, "--watch", "--interval", "20ms"));
    const [victim, ...others] = workers;
    await Promise.all(workers.map((worker) => untilSays(worker, "Watching")));
    victim?.kill("SIGKILL");
    const names = async (...path: string[]): Promise<string[]> =>
      readdir(join(inbox, ...path)).catch(() => []);
    while ((await names("done")).length < more.length / chunk) await delay(50);
    for (const worker of others) worker.kill("SIGTERM");
    const codes = await Promise.all(others.map((worker) => once(worker, "exit")));
    expect(codes).toEqual([
      [0, null],
      [0, null],
    ]);
    expect((await names()).sort()).toEqual(["done", "errors", "work"]);
    expect(await names("errors")).toEqual([]);
    expect((await run(["count", "detect_time in 2024-06"])).stdout).toBe("2000\n");
  });
});

/** Waits until the process has said something on standard error. */
function untilSays(child: ChildProcess, text: string): Promise<void> {
  let said = "";
  return new Promise((resolve, reject) => {
    child.stderr?.on("data", (part: Buffer) => {
      said += part.toString();
      if (said.includes(text)) resolve();
    });
    child.once("exit", () => reject(new Error(`the process ended after ${JSON.stringify(said)}`)));
  });
}
