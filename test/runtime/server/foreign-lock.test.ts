/** A data folder whose `server.json` came from elsewhere: nothing is touched that is not proved to be the cluster's. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { lockPath } from "../../../runtime/server/cluster-lock.js";
import type { ClusterLock } from "../../../runtime/server/lock-text.js";
import { openDatabase, serverStatus, startServer, stopServer } from "../../../runtime/server/index.js";
import { isRunning, markProcess } from "../../../runtime/server/processes.js";
import { testEngines } from "../../support/database.js";
import { clusterFolder } from "../../support/folder.js";

const hasEmbedded = testEngines().includes("embedded");
const source = hasEmbedded ? "embedded" : "local";

describe.skipIf(process.platform === "win32" || testEngines().length === 0)("a lock from elsewhere", () => {
  let dataDir: string;
  let folder: string;
  let bystander: ChildProcess;

  beforeAll(async () => {
    dataDir = await clusterFolder("eventstore-foreign-");
    const database = await openDatabase({ source, dataDir });
    folder = database.dataDir ?? "";
    await database.release();
    bystander = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "postgres"], {
      stdio: "ignore",
      cwd: process.getuid?.() === 0 ? join(folder, "data") : folder,
    });
  });
  afterEach(() => stopServer({ source, dataDir }));
  afterAll(async () => {
    bystander.kill("SIGKILL");
    await rm(dataDir, { recursive: true, force: true });
  });

  const lay = async (lock: Partial<ClusterLock>): Promise<void> => {
    const owner = { pid: 2 ** 22 + 1, began: "elsewhere" };
    const whole = { mode: "process", owner, command: "", since: "2024-01-01T00:00:00Z", ...lock };
    await writeFile(lockPath(folder), JSON.stringify(whole));
  };

  it("signals no process that it names", async () => {
    const mark = await markProcess(bystander.pid ?? 0);
    for (const mode of ["process", "shared"] as const) {
      const endpoint = { kind: "loopback", port: 5432, password: "" } as const;
      await lay({ mode, server: { process: mark, endpoint } });
      await writeFile(join(folder, "data", "postmaster.pid"), `${mark.pid}\n`);
      expect((await serverStatus({ source, dataDir })).kind).toBe("not-running");
      expect((await stopServer({ source, dataDir })).kind).toBe("not-running");
      await (await openDatabase({ source, dataDir })).release();
      expect(isRunning(mark.pid)).toBe(true);
    }
  });

  it("deletes no folder that it names", async () => {
    const precious = join(dataDir, "precious");
    await mkdir(precious, { recursive: true });
    await writeFile(join(precious, "thesis.txt"), "four years");
    await symlink(precious, join(dataDir, "eventstore-link"));
    for (const named of [precious, join(dataDir, "eventstore-link")]) {
      const endpoint = { kind: "socket", folder: named, port: 5432 } as const;
      await lay({ server: { process: { pid: 2 ** 22 + 2, began: "elsewhere" }, endpoint } });
      await (await openDatabase({ source, dataDir })).release();
      expect(await readdir(precious)).toEqual(["thesis.txt"]);
    }
  });

  it("does not lead to another address than the server's own", async () => {
    const started = await startServer({ source, dataDir });
    const mark = await markProcess(started.pid);
    const endpoint = { kind: "socket", folder: join(dataDir, "precious"), port: 5432 } as const;
    await lay({ mode: "shared", server: { process: mark, endpoint } });
    await expect(openDatabase({ source, dataDir })).rejects.toMatchObject({ code: "data-folder-in-use" });
    await stopServer({ source, dataDir });
    expect(isRunning(started.pid)).toBe(false);
  });

  it("stays in its folder: what a link leads to is neither deleted nor stopped", async () => {
    const elsewhere = join(dataDir, "elsewhere");
    await mkdir(join(elsewhere, "data"), { recursive: true });
    await writeFile(join(elsewhere, "data", "thesis.txt"), "four years");
    const [linked, linkedData] = [join(dataDir, "linked"), join(dataDir, "linked-data")];
    await mkdir(linked);
    await symlink(elsewhere, join(linked, basename(folder)));
    await expect(openDatabase({ source, dataDir: linked })).rejects.toMatchObject({
      code: "data-folder-unusable",
      message: expect.stringContaining("what is in it was left alone") as string,
    });
    expect(await readdir(join(elsewhere, "data"))).toEqual(["thesis.txt"]);
    const { pid } = await startServer({ source, dataDir });
    await mkdir(join(linkedData, basename(folder)), { recursive: true });
    await symlink(join(folder, "data"), join(linkedData, basename(folder), "data"));
    for (const touch of [serverStatus, stopServer, openDatabase])
      await expect(touch({ source, dataDir: linkedData })).rejects.toMatchObject({
        code: "data-folder-unusable",
        message: expect.stringContaining("is a link") as string,
      });
    expect(isRunning(pid)).toBe(true);
  });

  it("writes through no link that the folder holds", async () => {
    const target = join(dataDir, "target.txt");
    await writeFile(target, "mine");
    await rm(join(folder, "server.log"), { force: true });
    await symlink(target, join(folder, "server.log"));
    await expect(openDatabase({ source, dataDir })).rejects.toThrow();
    expect((await stat(target)).size).toBe(4);
    await rm(join(folder, "server.log"));
  });
});
