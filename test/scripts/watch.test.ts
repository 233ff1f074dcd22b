import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EventStorageError, StorageConnectionError } from "../../runtime/postgres/errors.js";
import type { BulkOptions, BulkResult } from "../../runtime/store/types.js";
import { watchedPlace } from "../../scripts/cli/ingest/claim.js";
import { watchFolder, type WatchEvent, type WatchOptions } from "../../scripts/cli/ingest/watch.js";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "eventstore-watch-"))));
afterEach(() => rm(folder, { recursive: true }));

/** A storage of ids that several workers share; `fail` is asked before each batch is committed. */
function sharedStorage(fail: () => Error | null = () => null) {
  const ids = new Map<string, number>();
  const insertEvents = async (
    events: Iterable<unknown> | AsyncIterable<unknown>,
    _options: BulkOptions = {},
  ): Promise<BulkResult> => {
    const batch: string[] = [];
    for await (const item of events)
      batch.push((item as { readonly event: { readonly ID: string } }).event.ID);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const error = fail();
    if (error !== null) throw error;
    const fresh = batch.filter((id) => !ids.has(id));
    for (const id of batch) ids.set(id, (ids.get(id) ?? 0) + 1);
    return { inserted: fresh.length, duplicates: batch.length - fresh.length, different: 0, rejected: [] };
  };
  return { ids, insertEvents };
}

/** Names in a folder of the spool; none before the worker has made it. */
const files = async (...path: string[]): Promise<string[]> =>
  (await readdir(join(folder, ...path)).catch(() => [])).sort();

/** Writes a file as a producer should: under another name, then renamed. */
async function deliver(name: string, ...ids: string[]): Promise<void> {
  const hidden = join(folder, `.${name}`);
  await writeFile(hidden, ids.map((ID) => JSON.stringify({ ID }) + "\n").join(""));
  await rename(hidden, join(folder, name));
}

/** A worker until `isDone`; returns what it told. */
async function work(
  storage: ReturnType<typeof sharedStorage>,
  isDone: (events: readonly WatchEvent[]) => boolean | Promise<boolean>,
  options: Partial<WatchOptions> = {},
): Promise<WatchEvent[]> {
  const stop = new AbortController();
  const events: WatchEvent[] = [];
  const poll = setInterval(
    () => void Promise.resolve(isDone(events)).then((done) => done && stop.abort()),
    10,
  );
  try {
    await watchFolder(storage, folder, {
      interrupt: new AbortController().signal,
      terminate: stop.signal,
      intervalMs: 5,
      retryMs: 5,
      onEvent: async (event) => void events.push(event),
      ...options,
    });
  } finally {
    clearInterval(poll);
  }
  return events;
}

const emptyFolder = async (): Promise<boolean> =>
  (await files()).every((name) => ["done", "errors", "work"].includes(name)) &&
  (await Promise.all((await files("work")).map((worker) => files("work", worker).catch(() => [])))).flat()
    .length === 0;

describe("watchFolder", () => {
  it("takes finished files, and moves each to done or errors", async () => {
    await deliver("b.ndjson", "2", "3");
    await deliver("a.json", "1");
    await writeFile(join(folder, "broken.json"), '{"ID": "4"}\n{broken\n');
    await writeFile(join(folder, "unfinished.tmp"), '{"ID": "5"}');
    await writeFile(join(folder, ".hidden.json"), '{"ID": "6"}');
    const storage = sharedStorage();
    await work(
      storage,
      async () => (await files("done")).length === 2 && (await files("errors")).length === 2,
    );
    expect([...storage.ids.keys()].sort()).toEqual(["1", "2", "3", "4"]);
    expect(await files()).toEqual([".hidden.json", "done", "errors", "unfinished.tmp", "work"]);
    expect(await files("done")).toEqual(["a.json", "b.ndjson"]);
    expect(await files("errors")).toEqual(["broken.json", "broken.json.txt"]);
    expect(await readFile(join(folder, "errors", "broken.json.txt"), "utf8")).toMatch(
      /^broken\.json:2: not JSON/,
    );
    expect(await files("work")).toEqual([]);
  });

  it("deletes finished files, or keeps them for a time; those with errors stay", async () => {
    await deliver("a.json", "1");
    await writeFile(join(folder, "broken.json"), "{broken");
    const storage = sharedStorage();
    await work(storage, emptyFolder, { finished: { kind: "deleted" } });
    expect([await files("done"), (await files("errors"))[0]]).toEqual([[], "broken.json"]);
    await deliver("b.json", "2");
    await work(storage, emptyFolder, { finished: { kind: "kept-for", milliseconds: 3_600_000 } });
    expect(await files("done")).toEqual(["b.json"]);
    // A worker looks around at its start.
    const events = await work(storage, async () => (await files("done")).length === 0, {
      finished: { kind: "kept-for", milliseconds: 0 },
    });
    expect(events).toContainEqual({ kind: "removed", files: 1 });
  });

  it("names once subfolders and old files that are never taken", async () => {
    await mkdir(join(folder, "2024"));
    await writeFile(join(folder, "note.txt"), "");
    await writeFile(join(folder, "fresh.tmp"), "");
    await symlink("note.txt", join(folder, "link.json"));
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(join(folder, "note.txt"), longAgo, longAgo);
    const events = await work(sharedStorage(), (told) => told.length > 0);
    const [only] = events;
    const skipped = only?.kind === "skipped" ? only.files : [];
    expect(skipped.map(({ name, why }) => `${name}: ${why}`)).toEqual([
      "2024/: subfolders are not read",
      "link.json: no plain file",
      expect.stringMatching(/^note\.txt: files end with \.json, /),
    ]);
    expect(events).toHaveLength(1);
  });

  it("takes the root folder of a Warden filer for its incoming folder", async () => {
    expect(await watchedPlace(folder)).toBe(folder);
    await mkdir(join(folder, "incoming"));
    expect(await watchedPlace(folder)).toBe(join(folder, "incoming"));
  });

  it("replaces nothing of the same name", async () => {
    const storage = sharedStorage();
    for (const id of ["1", "2", "3"]) {
      await deliver("same.json", id);
      await work(storage, emptyFolder);
    }
    expect(await files("done")).toEqual(["same-2.json", "same-3.json", "same.json"]);
  });

  it("reads every file once with several workers", async () => {
    const ids = Array.from({ length: 500 }, (_, index) => String(index));
    await Promise.all(ids.map((id) => deliver(`${id}.json`, id)));
    const storage = sharedStorage();
    const workers = await Promise.all([1, 2, 3].map(() => work(storage, emptyFolder)));
    expect(storage.ids.size).toBe(500);
    expect([...storage.ids.values()].every((times) => times === 1)).toBe(true);
    expect(await files("done")).toHaveLength(500);
    const handled = workers.map((events) => events.filter(({ kind }) => kind === "batch").length);
    expect(handled.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(3);
  });

  it("takes back what a dead worker had claimed", async () => {
    const dead = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => dead.once("exit", resolve));
    const host = hostname().replace(/[^A-Za-z0-9-]/g, "-");
    const places = {
      dead: `${host}.${dead.pid}.abc`,
      silent: "otherhost.1.abc",
      alive: "otherhost.2.abc",
      alive_here: `${host}.${process.pid}.abc`,
    };
    for (const [id, place] of Object.entries(places)) {
      await mkdir(join(folder, "work", place), { recursive: true });
      await writeFile(join(folder, "work", place, `${id}.json`), JSON.stringify({ ID: id }));
    }
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(join(folder, "work", places.silent), longAgo, longAgo);
    const storage = sharedStorage();
    const events = await work(storage, async () => (await files("done")).length === 2);
    expect(events[0]).toEqual({ kind: "reclaimed", files: 2 });
    expect([...storage.ids.keys()].sort()).toEqual(["dead", "silent"]);
    expect((await files("work")).sort()).toEqual([places.alive, places.alive_here].sort());
  });

  it("tries again while the database does not answer, and loses nothing", async () => {
    await deliver("a.json", "1");
    let failures = 3;
    const storage = sharedStorage(() =>
      failures-- > 0 ? new StorageConnectionError("insertEvents: lost") : null,
    );
    const events = await work(storage, emptyFolder);
    expect(events.map(({ kind }) => kind)).toEqual(["retry", "retry", "retry", "batch"]);
    expect(await files("done")).toEqual(["a.json"]);
  });

  it.each([
    "read_only",
    "query_canceled",
    "query_timeout",
    "resources_exhausted",
    "connection_refused",
  ] as const)("waits until %s has passed", async (code) => {
    await deliver("a.json", "1");
    let failures = 2;
    const storage = sharedStorage(() =>
      failures-- > 0 ? new EventStorageError("not now", { code, retryable: false }) : null,
    );
    const events = await work(storage, emptyFolder);
    expect(events.map(({ kind }) => kind)).toEqual(["retry", "retry", "batch"]);
  });

  it("gives the files back when it ends for another reason", async () => {
    await deliver("a.json", "1");
    const broken = sharedStorage(() => new Error("no rights"));
    await expect(work(broken, () => false)).rejects.toThrow("no rights");
    expect(await files()).toEqual(["a.json", "done", "errors", "work"]);
    const storage = sharedStorage();
    await work(storage, emptyFolder);
    expect(await files("done")).toEqual(["a.json"]);
  });

  it("finishes the files under way when it is asked to end", async () => {
    await deliver("a.json", "1");
    const terminate = new AbortController();
    const storage = sharedStorage(() => {
      terminate.abort();
      return null;
    });
    const events = await work(storage, () => false, { terminate: terminate.signal });
    expect(events.map(({ kind }) => kind)).toEqual(["batch"]);
    expect(await files("done")).toEqual(["a.json"]);
  });
});
