import { readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openDatabase, stopServer, type DatabaseHandle } from "../../runtime/server/index.js";
import { reasonOf } from "../../runtime/server/errors.js";
import { engines, wantedEngines, type Engine, type TestServer, type TestServers } from "./engines.js";
import { clusterFolder } from "./folder.js";

/** Folders of test servers: throw-away, one for each run. */
const folderPrefix = "eventstore-test-";

/** A folder without a lock that is younger may belong to a run that is just starting. */
const youngMs = 60_000;

/** Durability is of no use to data that is thrown away, and costs most of the time of small transactions. */
const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

/** Removes what runs that were killed left behind, servers included. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue;
    const dataDir = join(tmpdir(), name);
    const age = Date.now() - ((await stat(dataDir).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age < youngMs) continue;
    try {
      for (const source of ["local", "embedded"] as const) {
        if ((await readdir(dataDir)).some((cluster) => cluster.startsWith(source))) {
          await stopServer({ dataDir, source });
        }
      }
      await rm(dataDir, { recursive: true, force: true });
    } catch {
      // It belongs to a run in progress, or to another user.
    }
  }
}

/** Starts one engine's server, or says why there is none. */
async function start(
  engine: Engine,
  open: () => Promise<DatabaseHandle>,
): Promise<{ readonly server: TestServer; readonly handle?: DatabaseHandle }> {
  if (!wantedEngines(process.env["TEST_ENGINES"]).includes(engine))
    return { server: { kind: "missing", reason: "TEST_ENGINES leaves it out" } };
  try {
    const handle = await open();
    return {
      server: {
        kind: "available",
        connectionString: handle.connectionString,
        description: handle.description,
      },
      handle,
    };
  } catch (error) {
    return { server: { kind: "missing", reason: reasonOf(error) } };
  }
}

/**
 * Starts the servers that the tests run on, once for a run: "ip4r" (TEST_DATABASE_URL, else PostgreSQL with ip4r on this machine)
 * and "embedded", or those of them that TEST_ENGINES names. Tests of a missing one are skipped with a notice, unless CI=true: there both are
 * mandatory.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const dataDir = await clusterFolder(folderPrefix);
  const url = process.env["TEST_DATABASE_URL"];
  const [ip4r, embedded] = await Promise.all([
    start("ip4r", () =>
      openDatabase(url ? { connectionString: url } : { source: "local", dataDir, settings }),
    ),
    start("embedded", () => openDatabase({ source: "embedded", dataDir, settings })),
  ]);
  const servers: TestServers = { ip4r: ip4r.server, embedded: embedded.server };
  const teardown = async (): Promise<void> => {
    await Promise.all([ip4r.handle?.stop(), embedded.handle?.stop()]);
    await rm(dataDir, { recursive: true, force: true });
  };
  for (const engine of engines) {
    const server = servers[engine];
    if (server.kind === "available") continue;
    const notice = `no database for the engine "${engine}": ${server.reason}`;
    if (process.env["CI"] === "true") {
      await teardown();
      throw new Error(`CI needs both engines, and there is ${notice}`);
    }
    console.warn(`Tests are skipped: ${notice}`);
  }
  project.provide("testServers", servers);
  return teardown;
}
