import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { lockPath } from "../../../runtime/server/cluster-lock.js";
import type { ClusterLock } from "../../../runtime/server/lock-text.js";
import { openDatabase, serverStatus, startServer, stopServer } from "../../../runtime/server/index.js";
import { isRunning } from "../../../runtime/server/processes.js";
import { testEngines } from "../../support/database.js";
import { clusterFolder } from "../../support/folder.js";

const keeper = join(dirname(fileURLToPath(import.meta.url)), "keeper.ts");

/** The private sources that this machine has. A server of TEST_DATABASE_URL says nothing about local programs. */
const sources = testEngines()
  .filter((engine) => engine === "embedded" || !process.env["TEST_DATABASE_URL"])
  .map((engine) => (engine === "ip4r" ? "local" : "embedded"));

interface Kept {
  readonly process: ChildProcess;
  readonly said: { readonly connectionString?: string; readonly code?: string; readonly message?: string };
}

/** Starts another process on the folder and waits for its line. */
async function keep(source: string, dataDir: string): Promise<Kept> {
  const child = spawn(process.execPath, ["--import", "tsx", keeper, source, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { process: child, said: JSON.parse(line) as Kept["said"] };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}

async function ask(connectionString: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

async function recordedLock(folder: string): Promise<ClusterLock> {
  return JSON.parse(await readFile(lockPath(folder), "utf8")) as ClusterLock;
}

describe.each(sources)("a private server (%s)", (source) => {
  let dataDir: string;

  // One for all: making a cluster takes longer than most of what is tried with it.
  beforeAll(async () => {
    dataDir = await clusterFolder("eventstore-life-");
  });
  afterEach(() => stopServer({ source, dataDir }));
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it("stops with the last handle, and keeps its data", async () => {
    const [first, second] = await Promise.all([
      openDatabase({ source, dataDir }),
      openDatabase({ source, dataDir }),
    ]);
    expect(second.connectionString).toBe(first.connectionString);
    await ask(first.connectionString, "CREATE TABLE kept AS SELECT '10.0.0.0/8'::iprange AS net");
    await first.release();
    await first.release();
    expect(await ask(second.connectionString, "SELECT net FROM kept")).toBe("10.0.0.0/8");
    await second.release();
    expect(await serverStatus({ source, dataDir })).toMatchObject({ kind: "not-running" });

    const again = await openDatabase({ source, dataDir });
    expect(await ask(again.connectionString, "SELECT net FROM kept")).toBe("10.0.0.0/8");
    await again.stop();
    await expect(ask(again.connectionString, "SELECT 1")).rejects.toThrow();
  });

  it("is refused to a second process, with the reason and what to do", async () => {
    const database = await openDatabase({ source, dataDir });
    const { said } = await keep(source, dataDir);
    expect(said.code).toBe("data-folder-in-use");
    expect(said.message).toContain(`in use by process ${process.pid}`);
    expect(said.message).toContain("eventstore db start");
    await expect(stopServer({ source, dataDir })).rejects.toMatchObject({ code: "data-folder-in-use" });
    expect(await serverStatus({ source, dataDir })).toMatchObject({ kind: "process", pid: process.pid });
    await database.release();
  });

  it.each(["SIGINT", "SIGTERM"] as const)("stops when its process gets %s", async (signal) => {
    const kept = await keep(source, dataDir);
    const status = await serverStatus({ source, dataDir });
    const { server } = await recordedLock(status.dataDir);
    await end(kept.process, signal);
    expect(kept.process.signalCode).toBe(signal);
    expect(isRunning(server?.process.pid ?? process.pid)).toBe(false);
    expect(await serverStatus({ source, dataDir })).toMatchObject({ kind: "not-running" });
  });

  it("is cleared away after its process was killed, and committed data is there", async () => {
    const kept = await keep(source, dataDir);
    await ask(kept.said.connectionString ?? "", "CREATE TABLE committed AS SELECT 1 AS one");
    await end(kept.process, "SIGKILL");
    expect(await serverStatus({ source, dataDir })).toMatchObject({ kind: "abandoned" });

    const messages: string[] = [];
    const onProgress = (message: string): void => void messages.push(message);
    const database = await openDatabase({ source, dataDir, onProgress });
    expect(messages.join("\n")).toContain("Cleared away what an ended process");
    expect(await ask(database.connectionString, "SELECT one FROM committed")).toBe(1);
    await database.release();
  });

  it("recovers when the server was killed together with its process", async () => {
    const kept = await keep(source, dataDir);
    const status = await serverStatus({ source, dataDir });
    const { server } = await recordedLock(status.dataDir);
    await ask(kept.said.connectionString ?? "", "CREATE TABLE recovered AS SELECT 1 AS one");
    await end(kept.process, "SIGKILL");
    process.kill(server?.process.pid ?? 0, "SIGKILL");
    const database = await openDatabase({ source, dataDir });
    expect(await ask(database.connectionString, "SELECT one FROM recovered")).toBe(1);
    await database.release();
  });

  it("does not take another process for the owner because it has the number of a dead one", async () => {
    const database = await openDatabase({ source, dataDir });
    const { dataDir: folder } = database;
    await database.release();
    const lock = {
      mode: "process",
      owner: { pid: process.pid, began: "long ago" },
      command: "",
      since: "2020-01-01T00:00:00Z",
    };
    await writeFile(lockPath(folder ?? ""), JSON.stringify(lock));
    await writeFile(join(folder ?? "", "data", "postmaster.pid"), `${process.pid}\n`);
    await (await openDatabase({ source, dataDir })).release();
  });

  it("is shared by every process between start and stop", async () => {
    expect(await serverStatus({ source, dataDir })).toMatchObject({ kind: "not-running" });
    const started = await startServer({ source, dataDir });
    expect(started).toMatchObject({ source, wasRunning: false });
    expect(await startServer({ source, dataDir })).toMatchObject({ pid: started.pid, wasRunning: true });

    const kept = await keep(source, dataDir);
    expect(kept.said.connectionString).toBe(started.connectionString);
    await end(kept.process, "SIGTERM");
    const database = await openDatabase({ source, dataDir });
    await database.stop();
    expect(await serverStatus({ source, dataDir })).toMatchObject({ kind: "shared", pid: started.pid });
    expect(await ask(started.connectionString, "SELECT '10.0.0.0/8' >>= '10.0.0.1'::iprange")).toBe(true);

    expect(await stopServer({ source, dataDir })).toMatchObject({ kind: "stopped", pid: started.pid });
    expect(isRunning(started.pid)).toBe(false);
    expect(await stopServer({ source, dataDir })).toMatchObject({ kind: "not-running" });
  });
});
