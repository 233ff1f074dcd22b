import { execFileSync } from "node:child_process";
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyOnce } from "../../../runtime/server/cache-folder.js";
import { initialise } from "../../../runtime/server/cluster.js";
import {
  breakLock,
  isOwnerAlive,
  readLock,
  releaseLock,
  takeLock,
  updateLock,
} from "../../../runtime/server/cluster-lock.js";
import type { ClusterLock } from "../../../runtime/server/lock-text.js";
import { parseVersion } from "../../../runtime/server/installations.js";
import { markProcess } from "../../../runtime/server/processes.js";
import { canReach, findUser } from "../../../runtime/server/server-user.js";
import { layLinks } from "../../../runtime/server/symlinks.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "eventstore-files-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Links need rights on Windows, and permission bits do not exist there. */
const describePosix = describe.skipIf(process.platform === "win32");

describePosix("layLinks", () => {
  beforeEach(async () => {
    await mkdir(join(folder, "lib"));
    await writeFile(join(folder, "lib", "libpq.so.5.18"), "library");
    const links = ["libpq.so", "libpq.so.5"].map((name) => ({
      source: "native/lib/libpq.so.5.18",
      target: `native/lib/${name}`,
    }));
    await writeFile(join(folder, "pg-symlinks.json"), JSON.stringify(links));
  });

  it("lays the links that are missing, relative, and no others", async () => {
    await symlink("libpq.so.5.18", join(folder, "lib", "libpq.so"));
    expect(await layLinks(folder)).toBe(1);
    expect(await readlink(join(folder, "lib", "libpq.so.5"))).toBe("libpq.so.5.18");
    expect(await layLinks(folder)).toBe(0);
  });

  it("has nothing to do where the package lists no links", async () => {
    await rm(join(folder, "pg-symlinks.json"));
    expect(await layLinks(folder)).toBe(0);
  });
});

describePosix("copyOnce", () => {
  it("copies a tree with its links for everybody to read, and lets an existing copy be", async () => {
    const source = join(folder, "source");
    await mkdir(source, { mode: 0o700 });
    await writeFile(join(source, "program"), "1", { mode: 0o700 });
    await symlink("program", join(source, "link"));
    await Promise.all([copyOnce(source, join(folder, "copy")), copyOnce(source, join(folder, "copy"))]);
    expect((await lstat(join(folder, "copy"))).mode & 0o777).toBe(0o755);
    expect((await lstat(join(folder, "copy", "program"))).mode & 0o777).toBe(0o755);
    expect(await readlink(join(folder, "copy", "link"))).toBe("program");
    await writeFile(join(source, "program"), "2");
    await copyOnce(source, join(folder, "copy"));
    expect(await readFile(join(folder, "copy", "program"), "utf8")).toBe("1");
  });
});

describePosix("canReach", () => {
  const stranger = { name: "stranger", uid: 54_321, gid: 54_321 };

  it("sees a folder on the way that the user may not enter", async () => {
    const inner = join(folder, "closed", "inner");
    await mkdir(inner, { recursive: true });
    await chmod(folder, 0o755);
    await chmod(join(folder, "closed"), 0o700);
    expect(await canReach(stranger, join(folder, "file"))).toBe(true);
    expect(await canReach(stranger, join(inner, "file"))).toBe(false);
    expect(await canReach(undefined, join(inner, "file"))).toBe(true);
    await chmod(join(folder, "closed"), 0o711);
    expect(await canReach(stranger, join(inner, "not", "there", "yet"))).toBe(true);
  });

  it("finds users in /etc/passwd", () => {
    const passwd =
      "root:x:0:0:root:/root:/bin/sh\npostgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/sh\n";
    expect(findUser(passwd, "postgres")).toEqual({ name: "postgres", uid: 101, gid: 104 });
    expect(findUser(passwd, "post")).toBeUndefined();
  });
});

describe("the lock of a cluster folder", () => {
  const lockOf = async (pid: number, began?: string): Promise<ClusterLock> => ({
    mode: "process",
    owner: { ...(await markProcess(pid)), ...(began === undefined ? {} : { began }) },
    command: "test",
    since: "2024-01-01T00:00:00Z",
  });

  it("is had by one of many", async () => {
    const lock = await lockOf(process.pid);
    const taken = await Promise.all(Array.from({ length: 20 }, () => takeLock(folder, lock)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await readLock(folder)).toEqual(lock);
    expect(await isOwnerAlive(lock)).toBe(true);
    await releaseLock(folder);
    expect(await readLock(folder)).toBeUndefined();
    expect(await takeLock(folder, lock)).toBe(true);
  });

  it.skipIf(process.platform === "win32")("is dead when its number belongs to another process", async () => {
    expect(await isOwnerAlive(await lockOf(process.pid, "another boot 1"))).toBe(false);
    expect(await isOwnerAlive(await lockOf(2 ** 22 + 1))).toBe(false);
  });

  it("is broken only by who saw it: a newer one survives", async () => {
    const dead = await lockOf(2 ** 22 + 1);
    const live = await lockOf(process.pid);
    await takeLock(folder, dead);
    await updateLock(folder, live);
    await breakLock(folder, dead);
    expect(await readLock(folder)).toEqual(live);
    await breakLock(folder, live);
    expect(await readLock(folder)).toBeUndefined();
    await breakLock(folder, live);
  });

  it("counts as broken when it can't be read", async () => {
    await writeFile(join(folder, "server.json"), "{");
    expect(await readLock(folder)).toBeUndefined();
    await breakLock(folder, undefined);
    expect(await takeLock(folder, await lockOf(process.pid))).toBe(true);
  });
});

describe.each(["null", "{}", "[]", "7", '"a"', '{"mode":"shared"}', '{"owner":{"pid":-1,"began":""}}'])(
  "a lock file with %s",
  (text) => {
    it("is refused with one clear message, and stays", async () => {
      await writeFile(join(folder, "server.json"), text);
      await expect(readLock(folder)).rejects.toThrow(/server\.json does not say who has the data folder/);
      expect(await readFile(join(folder, "server.json"), "utf8")).toBe(text);
    });
  },
);

describePosix("a server.json that is no plain file", () => {
  it.each(["mkdir", "mkfifo", "ln -s /nowhere"])(
    "made by %s is refused, and not waited for",
    async (made) => {
      const path = join(folder, "server.json");
      execFileSync("/bin/sh", ["-c", `${made} "$0"`, path]);
      await expect(readLock(folder)).rejects.toMatchObject({ code: "data-folder-unusable" });
      await expect(readLock(folder)).rejects.toThrow(/server\.json is no plain file/);
      expect(await lstat(path)).toBeDefined();
    },
  );
});

describePosix("a data directory that is not complete", () => {
  it("is removed where an attempt of ours was interrupted, and nowhere else", async () => {
    const binDir = join(folder, "bin");
    const data = join(folder, "data");
    await Promise.all([mkdir(binDir), mkdir(data)]);
    await writeFile(join(binDir, "initdb"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    const installation = { kind: "local", binDir, major: 15, version: "15" } as const;
    const cluster = { installation, folder, data, log: join(folder, "server.log"), user: undefined };
    const create = () => initialise(cluster, () => undefined);
    await writeFile(join(data, "thesis.txt"), "four years");
    await expect(create()).rejects.toMatchObject({ code: "data-folder-unusable" });
    expect(await readdir(data)).toEqual(["thesis.txt"]);
    await rm(join(data, "thesis.txt"));
    await expect(create()).rejects.toMatchObject({ code: "initdb-failed" });
    await writeFile(join(data, "PG_VERSION"), "15");
    await expect(create()).rejects.toMatchObject({ code: "initdb-failed" });
    expect(await readdir(data)).toEqual([]);
  });
});

describe("parseVersion", () => {
  it.each([
    ["postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", { version: "15.18", major: 15 }],
    ["postgres (PostgreSQL) 19beta1", { version: "19beta1", major: 19 }],
    ["something else", undefined],
  ])("%s", (output, expected) => {
    expect(parseVersion(output)).toEqual(expected);
  });
});
