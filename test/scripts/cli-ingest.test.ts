import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StorageConnectionError } from "../../runtime/postgres/errors.js";
import type { BulkOptions, BulkResult } from "../../runtime/store/types.js";
import { cli } from "./support/cli.js";
import { event } from "./support/pages.js";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "eventstore-cli-ingest-"))));
afterAll(() => rm(folder, { recursive: true }));

describe("ingest", () => {
  /** Takes everything; an event without DetectTime is rejected, ids that came before are duplicates, or other events with a note. */
  function memoryStorage() {
    const ids = new Set<string>();
    const insertEvents = async (
      events: Iterable<unknown> | AsyncIterable<unknown>,
      { onProgress }: BulkOptions = {},
    ): Promise<BulkResult> => {
      const result = {
        inserted: 0,
        duplicates: 0,
        different: 0,
        rejected: [] as { index: number; path: string; reason: string }[],
      };
      let index = 0;
      for await (const item of events) {
        const { ID, DetectTime, Note } = (
          item as {
            readonly event: { readonly ID: string; readonly DetectTime?: string; readonly Note?: string };
          }
        ).event;
        if (DetectTime === undefined) result.rejected.push({ index, path: "DetectTime", reason: "missing" });
        else if (ids.has(ID)) result[Note === undefined ? "duplicates" : "different"]++;
        else result.inserted = ids.add(ID).size;
        index++;
      }
      onProgress?.({ inserted: [...ids], duplicates: [], different: [], rejected: [] });
      return result;
    };
    return { insertEvents, databaseCreate: () => Promise.resolve({ version: 1, changes: [] }) };
  }
  const line = (ID: string, more: object = {}): string => JSON.stringify({ ...event, ID, ...more });

  it("counts what was stored, what was there and what was not, with places and reasons", async () => {
    const path = join(folder, "mixed.ndjson");
    const text = [
      line("a"),
      "{broken",
      line("b", { DetectTime: undefined }),
      "",
      line("a"),
      line("c"),
      line("c", { Note: "other" }),
    ].join("\n");
    await writeFile(path, text);
    const report = join(folder, "rejected.txt");
    await writeFile(report, "of an earlier run\n".repeat(100));
    const openStorage = () => Promise.reject(new Error("no such luck"));
    expect(await cli(["ingest", path, "--rejected", report], { openStorage })).toMatchObject({ code: 1 });
    expect(await readFile(report, "utf8")).toContain("of an earlier run");
    const run = await cli(["ingest", path, "--rejected", report], { storage: memoryStorage() });
    expect(await readFile(report, "utf8")).not.toContain("of an earlier run");
    expect(run.code).toBe(1);
    expect(run.stdout).toBe(
      "6 events: 2 stored, 1 already there, 1 with the id of another event that is there, 2 rejected\n",
    );
    expect(run.stderr).toContain(`rejected: ${path}:2: not JSON`);
    expect(run.stderr).toContain(`rejected: ${path}:3: DetectTime: missing`);
    expect(run.stderr).toContain("; what was not is listed in");
  });

  it("takes standard input and folders, and is fine when all is stored", async () => {
    const run = await cli(["ingest", "-"], {
      storage: memoryStorage(),
      stdin: `[${line("a")},\n${line("b")}]`,
    });
    expect(run).toMatchObject({
      code: 0,
      stdout: "2 events: 2 stored, 0 already there, 0 rejected\n",
      stderr: "",
    });
    const inbox = await mkdtemp(join(folder, "inbox-"));
    await writeFile(join(inbox, "one.json"), line("a"));
    await writeFile(join(inbox, "two.idea"), line("b"));
    await writeFile(join(inbox, "note.txt"), "not for us");
    expect(await cli(["ingest", inbox], { storage: memoryStorage() })).toMatchObject({
      code: 0,
      stdout: "2 events: 2 stored, 0 already there, 0 rejected\n",
    });
  });

  it("lists the first 20 rejections", async () => {
    const stdin = Array.from({ length: 25 }, () => "{broken").join("\n");
    const run = await cli(["ingest", "-"], { storage: memoryStorage(), stdin });
    expect(run.stderr.match(/rejected: standard input/g)).toHaveLength(20);
    expect(run.stderr).toContain("and 5 more");
    expect(run.stdout).toBe("25 events: 0 stored, 0 already there, 25 rejected\n");
  });

  it("says what is missing or empty, and stores the rest", async () => {
    const empty = join(folder, "empty.ndjson");
    const good = join(folder, "good.ndjson");
    await writeFile(empty, "");
    await writeFile(good, line("a"));
    const missing = join(folder, "missing.ndjson");
    expect(await cli(["ingest", missing])).toMatchObject({
      code: 1,
      stderr: `error: ${missing}: there is no such file or folder\n`,
      opened: [],
    });
    const run = await cli(["ingest", missing, empty, good], { storage: memoryStorage() });
    expect(run).toMatchObject({ code: 1, stdout: "1 event: 1 stored, 0 already there, 0 rejected\n" });
    expect(run.stderr).toContain(`${missing}: there is no such file or folder`);
    expect(run.stderr).toContain(`${empty}: there is nothing in it`);
  });

  it("writes messages as lines of a log", async () => {
    const file = join(folder, "none.ndjson");
    await writeFile(file, "no event\n");
    const run = await cli(["ingest", file, "--log", "json"], {
      storage: {
        databaseCreate: () => Promise.resolve({ version: 4, changes: [] }),
        insertEvents: async (events) => {
          for await (const _ of events) throw new Error("there is none");
          return { inserted: 0, duplicates: 0, different: 0, rejected: [] };
        },
      },
    });
    expect(run.code).toBe(1);
    const lines = run.stderr
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(lines[0]).toMatchObject({ time: "2024-05-08T12:00:00.000Z", level: "error" });
    expect(lines[0]?.["message"]).toContain("none.ndjson:1");
    expect(lines.at(-1)).toMatchObject({ level: "info" });
    const away = () => Promise.reject(new Error("no such luck"));
    const ended = await cli(["ingest", file, "--log", "json"], { openStorage: away });
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.stderr.split("\n", 1)[0] ?? "")).toMatchObject({ level: "error" });
  });

  it("tells and keeps what was rejected before it was stopped", async () => {
    const file = join(folder, "stopped.ndjson");
    await writeFile(file, [line("s1"), "{broken", line("s2", { DetectTime: undefined })].join("\n"));
    const [stop, report] = [new AbortController(), join(folder, "stopped.txt")];
    const storage = memoryStorage();
    const run = await cli(["ingest", file, "--rejected", report], {
      storage: {
        ...storage,
        insertEvents: (events, options) => storage.insertEvents(events, options).finally(() => stop.abort()),
      },
      terminate: stop.signal,
    });
    expect(run).toMatchObject({ code: 143, stdout: "3 events: 1 stored, 0 already there, 2 rejected\n" });
    expect(run.stderr).toMatch(/stopped\.ndjson:2: [^]*Stopped\. 1 event stored, all that had been read/);
    expect((await readFile(report, "utf8")).trimEnd().split("\n")).toHaveLength(2);
  });

  it.each([
    ["terminate", 143],
    ["interrupt", 130],
  ] as const)(
    "of a pipe ends at once when told to %s, though the writer keeps it open",
    async (signal, code) => {
      const [stop, report] = [new AbortController(), join(folder, `${signal}.txt`)];
      async function* pipe() {
        yield Buffer.from(`${line(signal)}\n{broken\n${line("next")}\n`);
        setTimeout(() => stop.abort(), 5);
        await new Promise(() => undefined);
      }
      const run = await cli(["ingest", "-", "--rejected", report], {
        storage: memoryStorage(),
        stdin: pipe(),
        [signal]: stop.signal,
      });
      expect(run).toMatchObject({ code, stdout: "3 events: 2 stored, 0 already there, 1 rejected\n" });
      expect(run.stderr).toMatch(/standard input:2: [^]*Stopped\. 2 events stored, all that had been read/);
      expect(await readFile(report, "utf8")).toContain("{broken");
    },
  );

  it("--watch waits for a database that is away, adds to --rejected, and reports in JSON", async () => {
    const spool = join(folder, "spool");
    await mkdir(spool);
    const [stop, report] = [new AbortController(), join(folder, "watched.txt")];
    const away = new StorageConnectionError("the server is starting", { operation: "openStorage" });
    const waiting = await cli(["ingest", spool, "--watch"], {
      openStorage: () => {
        setTimeout(() => stop.abort(), 5);
        return Promise.reject(away);
      },
      interrupt: stop.signal,
    });
    expect(waiting.code).toBe(130);
    expect(waiting.stderr).toContain("the server is starting; trying again in 5.0 s.");
    await writeFile(report, "before\n");
    await writeFile(join(spool, "one.json"), `${line("w1")}\n{broken`);
    const [end, storage] = [new AbortController(), memoryStorage()];
    const run = await cli(["ingest", spool, "--watch", "--rejected", report, "-f", "json"], {
      storage: {
        ...storage,
        insertEvents: (events, options) => storage.insertEvents(events, options).finally(() => end.abort()),
      },
      terminate: end.signal,
    });
    expect(run).toMatchObject({ code: 0 });
    expect(JSON.parse(run.stdout)).toMatchObject({ files: ["one.json"], stored: 1, rejected: 1 });
    expect((await readFile(report, "utf8")).trimEnd().split("\n")).toHaveLength(2);
    expect(await cli(["ingest", report, "--watch"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--watch takes a folder"),
    });
  });
});
