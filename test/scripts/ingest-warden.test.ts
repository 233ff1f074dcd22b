import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openStorage, type EventStorage } from "../../runtime/store/index.js";
import { describeEngine, withDatabase, type TestDatabase } from "../support/database.js";
import { cli, type CliRun, type CliWorld } from "./support/cli.js";
import { startWarden, type WardenServer } from "./support/warden-server.js";

const eventText = (id: string, more = ""): string =>
  `{"Format":"IDEA0","ID":"${id}","DetectTime":"2016-10-13T10:55:00Z","Category":["Test"]${more}}`;

describeEngine("ingest --warden", "ip4r", (engine) => {
  let database: TestDatabase;
  let storage: EventStorage;
  let warden: WardenServer;
  let config: string;

  beforeAll(async () => {
    database = await withDatabase(engine);
    storage = await openStorage({ connectionString: database.connectionString });
    warden = await startWarden();
    config = await writeConfig("client.cfg", {});
  });
  afterAll(async () => {
    await storage.close();
    await database.dispose();
    await warden.close();
  });
  beforeEach(() => void warden.requests.splice(0));

  const run = (args: readonly string[], world: CliWorld = {}): Promise<CliRun> =>
    cli(["ingest", ...args, "--database", database.connectionString], { openStorage, ...world });

  async function writeConfig(name: string, more: object): Promise<string> {
    const path = join(warden.folder, name);
    const settings = {
      url: warden.url,
      name: "org.example.client",
      secret: "SeCrEt",
      certfile: "client.pem",
      keyfile: "client.key",
      cafile: "ca.pem",
      idstore: "last.id",
      count: 2,
      poll_time: 0.05,
      cat: ["Test"],
      ...more,
    };
    await writeFile(path, `# the client of this test\n${JSON.stringify(settings, null, 2)}\n`);
    return path;
  }

  const lastId = async (): Promise<string> => (await readFile(join(warden.folder, "last.id"), "utf8")).trim();

  it("takes all events with its certificate, batch by batch, and keeps the last identifier", async () => {
    warden.events.push(
      eventText("w1", ',"ByteCount":18446744073709551615'),
      eventText("w2"),
      eventText("w3"),
    );
    const result = await run(["--warden", config]);
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(result.stdout).toBe(
      "Warden up to 2: 2 events: 2 stored, 0 already there, 0 rejected\nWarden up to 3: 1 event: 1 stored, 0 already there, 0 rejected\n",
    );
    expect(warden.requests.map(({ query }) => query["id"] ?? null)).toEqual([null, "2", "3"]);
    expect(warden.requests[0]).toMatchObject({
      path: "/warden3/getEvents",
      query: { client: "org.example.client", count: "2", cat: "Test" },
      certificate: "client",
    });
    expect(await lastId()).toBe("3");
    expect(await storage.countEvents({ filter: "byte_count = 18446744073709551615" })).toBe(1);
  });

  it("continues after the identifier, which it keeps only after COMMIT", async () => {
    warden.events.push(eventText("w4"));
    const failing: CliWorld["openStorage"] = async (options) => {
      const opened = await openStorage(options);
      return { ...opened, insertEvents: () => Promise.reject(new Error("the disk is full")) };
    };
    expect((await run(["--warden", config], { openStorage: failing })).code).toBe(1);
    expect(await lastId()).toBe("3");
    expect((await run(["--warden", config])).stdout).toContain("Warden up to 4: 1 event: 1 stored");
    expect(await storage.countEvents()).toBe(4);
  });

  it("stores nothing twice when the identifier is lost, and lists what cannot be stored", async () => {
    await rm(join(warden.folder, "last.id"));
    warden.events.push('{"ID":"bad"}');
    const report = join(warden.folder, "rejected.ndjson");
    const result = await run(["--warden", config, "--rejected", report]);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('DetectTime: missing (id "bad")');
    expect(JSON.parse((await readFile(report, "utf8")).trim())).toMatchObject({ event: { ID: "bad" } });
    expect(await storage.countEvents()).toBe(4);
    expect(await lastId()).toBe("5");
  });

  it("with --watch waits for events and for a server in trouble, until SIGTERM", async () => {
    const terminate = new AbortController();
    warden.failures.push(500);
    const running = run(["--warden", config, "--watch"], { terminate: terminate.signal });
    await expect.poll(() => warden.requests.length).toBeGreaterThan(1);
    warden.events.push(eventText("w6"));
    await expect.poll(() => storage.countEvents()).toBe(5);
    terminate.abort();
    const result = await running;
    expect(result.code).toBe(0);
    expect(result.stderr).toContain("the server answers 500: out of order; trying again");
  });

  it("says what is wrong", async () => {
    const cases: readonly (readonly [object, string])[] = [
      [{ secret: "wrong" }, "the server answers 403: I am watching. Authenticate."],
      [{ certfile: "stranger.pem", keyfile: "stranger.key" }, "Warden: "],
      [{ cafile: null }, "Warden: "],
      [{ url: "http://localhost/" }, "is no https URL"],
      [{ name: "" }, "name: missing"],
      [{ certfile: "nothing.pem" }, "nothing.pem cannot be read"],
      [{ count: -1 }, "count: is no number above 0"],
    ];
    for (const [more, expected] of cases) {
      const path = await writeConfig("other.cfg", more);
      const result = await run(["--warden", path]);
      expect(result.code).toBe(1);
      expect(result.stderr).toContain(expected);
      expect(result.stderr).not.toContain("SeCrEt");
    }
    await writeFile(join(warden.folder, "last.id"), "x");
    expect((await run(["--warden", config])).stderr).toContain("holds no identifier");
    expect((await run(["--warden", config, "events.json"])).code).toBe(2);
    expect((await run([])).code).toBe(2);
  });
});
