/** A store on a server of its own: TLS, a disk that is full, a dump that is restored. */
import { randomBytes } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openStorage, type EventStorage, type StorageOptions } from "../../../runtime/store/index.js";
import { generateEvents } from "../../../scripts/tools/demo/generate-events.js";
import { cli } from "../../scripts/support/cli.js";
import { describeEngine } from "../../support/database.js";
import { makeCertificate, mountSmall, startOwnServer, type OwnServer } from "../../support/own-server.js";
import { checkConsistency, eventAt } from "./support.js";

const PASSWORD = "p w/%";

describeEngine("a server of its own", "ip4r", () => {
  let server: OwnServer;
  const opened: EventStorage[] = [];
  const open = async (options: StorageOptions): Promise<EventStorage> => {
    const storage = await openStorage(options);
    opened.push(storage);
    return storage;
  };

  beforeAll(async () => {
    const shared = inject("testServers").ip4r;
    server = await startOwnServer(shared.kind === "available" ? shared.connectionString : "", withTls);
    await server.run("create role certified login superuser");
    await server.run(`create role secret login superuser password '${PASSWORD}'`);
    await server.run("create database tls");
  });
  afterAll(async () => {
    await Promise.all(opened.map((storage) => storage.close()));
    await server.dispose();
  });

  describe("over TLS", () => {
    const url = (parameters: string, host = "localhost", user = "secret") =>
      `postgresql://${user}@${host}:${server.port}/tls?${parameters.replaceAll("DIR", server.folder)}`;
    const pem = (name: string) => readFile(join(server.folder, `${name}.crt`), "utf8");

    it.each([
      ["", "localhost", "secret"],
      ["sslmode=allow", "localhost", "secret"],
      ["sslmode=require", "127.0.0.1", "secret"],
      ["sslmode=verify-ca&sslrootcert=DIR/localhost.crt", "127.0.0.1", "secret"],
      ["sslmode=verify-full&sslrootcert=DIR/localhost.crt", "localhost", "secret"],
      ["sslmode=require&sslcert=DIR/certified.crt&sslkey=DIR/certified.key", "localhost", "certified"],
    ])("%s works at %s for %s", async (parameters, host, user) => {
      const storage = await open({ connectionString: url(parameters, host, user), password: PASSWORD });
      const { rows } = await storage.query("select ssl from pg_stat_ssl where pid = pg_backend_pid()");
      expect(rows).toEqual([{ ssl: true }]);
    });

    it.each([
      ["sslmode=disable", "localhost", /no encryption\. The server may want TLS: use sslmode=require/u],
      ["sslmode=verify-full", "localhost", /self-signed certificate\. .*sslrootcert=FILE/u],
      ["sslmode=verify-full&sslrootcert=DIR/localhost.crt", "127.0.0.1", /altnames.*sslmode=verify-ca/u],
      ["sslmode=verify-ca&sslrootcert=DIR/stranger.crt", "localhost", /authority.*sslrootcert=FILE/u],
      ["sslmode=require&sslrootcert=DIR/stranger.crt", "localhost", /authority.*sslrootcert=FILE/u],
      ["sslmode=verify-ca&sslrootcert=DIR/none.crt", "localhost", /none\.crt can't be read\.$/u],
      [
        "sslmode=verify-ca&sslrootcert=DIR/localhost.key",
        "localhost",
        /localhost\.key has no certificate\.$/u,
      ],
      ["sslmode=require&sslcert=DIR/certified.crt", "localhost", /needs its key: sslkey=FILE/u],
      ["sslmode=require&sslcert=DIR/rules&sslkey=DIR/rules", "localhost", /Check sslcert, sslkey/u],
      ["sslmode=require&sslcert=DIR/stranger.crt&sslkey=DIR/certified.key", "localhost", /Check sslcert/u],
      [
        "sslmode=require&sslcert=DIR/stranger.crt&sslkey=DIR/stranger.key",
        "localhost",
        /refused the client's/u,
      ],
    ])("%s is refused for good at %s", async (parameters, host, message) => {
      const opening = openStorage({ connectionString: url(parameters, host), password: PASSWORD });
      await expect(opening).rejects.toThrow(message);
      await expect(opening).rejects.toMatchObject({ name: "DatabaseSourceError", retryable: false });
    });

    it("goes by the options for TLS and for the password, which is asked for each connection", async () => {
      const ca = await pem("localhost");
      let asked = 0;
      const password = () => Promise.resolve(++asked > 0 ? PASSWORD : "");
      const storage = await open({ connectionString: url("sslmode=disable"), ssl: { ca }, password });
      const before = asked;
      await useAtOnce(storage, 3);
      expect(before).toBeGreaterThan(0);
      expect(asked).toBeGreaterThanOrEqual(before + 2);
      const refused: readonly [StorageOptions, RegExp, boolean][] = [
        [{ ssl: true }, /self-signed/u, false],
        [{ ssl: { ca: await pem("stranger") } }, /self-signed/u, false],
        [{ ssl: false }, /no encryption/u, false],
        [{ password: () => "wrong" }, /password authentication failed.*Check user and password/u, false],
        [
          { password: () => Promise.reject(new Error("closed")) },
          /function for the password failed: closed\.$/u,
          true,
        ],
      ];
      for (const [options, message, retryable] of refused) {
        const opening = openStorage({ connectionString: url(""), password: PASSWORD, ...options });
        await expect(opening).rejects.toThrow(message);
        await expect(opening).rejects.toMatchObject({ name: "DatabaseSourceError", retryable });
      }
    });
  });

  it("with a full disk says so, loses nothing, and goes on when there is room", async () => {
    const disk = await mountSmall(server.folder, 20);
    if (disk === undefined) return;
    try {
      await server.run(`create tablespace small location '${disk.path}'`);
      await server.run("create database small tablespace small");
      const storage = await open({ connectionString: server.socketUrl("small") });
      await storage.databaseCreate({ partitions: "week" });
      const ballast = join(disk.path, "ballast");
      await writeFile(ballast, randomBytes(3_000_000));
      const events = [...generateEvents({ count: 6_000 })];
      const acknowledged: string[] = [];
      const full = storage.insertEvents(events, {
        onProgress: ({ inserted }) => void acknowledged.push(...inserted),
      });
      await expect(full).rejects.toMatchObject({ code: "resources_exhausted", sqlState: "53100" });
      await expect(full).rejects.toThrow(/could not extend file/u);
      const stored = await checkConsistency(storage);
      expect(stored).toBe(acknowledged.length);
      expect((await storage.searchEvents({ limit: 50 })).events).toHaveLength(Math.min(50, stored));
      await rm(ballast);
      const again = await storage.insertEvents(events.slice(0, stored + 200));
      expect(again).toMatchObject({ inserted: 200, duplicates: stored, different: 0, rejected: [] });
      await checkConsistency(storage);
      expect((await storage.verify()).problems).toEqual([]);
      await storage.close();
      await server.run("drop database small");
      await server.run("drop tablespace small");
    } finally {
      disk.unmount();
    }
  });

  it("is dumped and restored whole", async () => {
    await server.run("create database dumped");
    const storage = await open({ connectionString: server.socketUrl("dumped") });
    await storage.databaseCreate({ partitions: "week" });
    await storage.insertEvents(generateEvents({ count: 400 }));
    await storage.refresh();
    const [from, to] = ["2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z"].map((time) => new Date(time)) as [
      Date,
      Date,
    ];
    await storage.thresholdSet("key", from, from, to);
    const { events } = await storage.searchEvents({ limit: 3 });
    for (const { ID } of events) await storage.thresholdSave(ID, "key", "group", "low", to);
    const seen = async (store: EventStorage) => ({
      count: await store.countEvents({ filter: "severity >= high" }),
      tops: await store.summarizeEvents({ by: ["category", "source.ip"] }),
      time: await store.timelineEvents({ by: "category", step: "1d" }),
      page: (await store.searchEvents({ limit: 100 })).events,
      thresholds: [await store.thresholdsCount(), await store.thresholdedEventsCount()],
      partitions: (await store.tableStatus("events")).partitions,
      rows: await checkConsistency(store),
    });
    const before = await seen(storage);
    expect(before).toMatchObject({ rows: 400, thresholds: [1, 3], partitions: 6 });
    const file = join(server.folder, "dump");
    server.program("pg_dump", "-Fc", "-f", file, "dumped");
    await server.run("create database restored");
    server.program("pg_restore", "-d", "restored", file);
    const connectionString = server.socketUrl("restored");
    const verified = await cli(["verify"], { openStorage: () => openStorage({ connectionString }) });
    expect(verified).toMatchObject({ code: 0, stdout: "all is well\n" });
    const restored = await open({ connectionString });
    expect(await seen(restored)).toEqual(before);
    // Roll-ups are as valid as they were, and numbers of new events go on.
    expect(await restored.refresh()).toBe(0);
    await restored.insertEvent(eventAt("new", "2025-12-31T12:00:00Z"));
    expect(await checkConsistency(restored)).toBe(401);
    expect((await restored.databaseCreate()).changes).toEqual([]);
  });
});

/** Holds a number of connections of a store until all of them are there, however long each takes. */
async function useAtOnce(storage: EventStorage, connections: number): Promise<void> {
  let waiting = connections;
  let release: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (release = resolve));
  const hold = () =>
    storage.transaction(async (transaction) => {
      await transaction.query("select 1");
      waiting -= 1;
      if (waiting === 0) release();
      await all;
    });
  await Promise.all(Array.from({ length: connections }, hold));
}

/** Certificates and rules of the server: TLS for all over TCP, a certificate of its own for one. */
async function withTls(folder: string): Promise<Readonly<Record<string, string>>> {
  const [own, client] = [
    await makeCertificate(folder, "localhost"),
    await makeCertificate(folder, "certified"),
  ];
  await makeCertificate(folder, "stranger");
  const rules = join(folder, "rules");
  await writeFile(
    rules,
    "local all all trust\nhostssl all certified all cert\nhostssl all all all scram-sha-256\n",
  );
  return {
    ssl: "on",
    ssl_cert_file: own.certificate,
    ssl_key_file: own.key,
    ssl_ca_file: client.certificate,
    hba_file: rules,
  };
}
