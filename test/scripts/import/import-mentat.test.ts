import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStorage, type EventStorage, type IdeaEvent } from "../../../runtime/store/index.js";
import { generateEvents } from "../../../scripts/tools/demo/generate-events.js";
import { describeEngine, withDatabase, type TestDatabase } from "../../support/database.js";
import { cli, type CliRun } from "../support/cli.js";
import { createMentat, fillMentat, type MentatVersion } from "./mentat-database.js";

const MAIN = fileURLToPath(new URL("../../../scripts/cli/main.ts", import.meta.url));
const FROM = new Date("2024-05-01");
const EVENTS = [...generateEvents({ count: 1_100, seed: 11, from: FROM, to: new Date("2024-05-04") })];

/** The end of a day, so that an event of it lies in another second than any that is generated. */
const at = (id: string, time: string, keys: object = {}): IdeaEvent => ({
  Format: "IDEA0",
  ID: id,
  DetectTime: time,
  Category: ["Test"],
  Node: [{ Name: "org.example.a" }],
  ...keys,
});

describeEngine("import mentat", "ip4r", (engine) => {
  describe.each<MentatVersion>(["old", "new"])("the %s schema", (version) => {
    let legacy: TestDatabase;
    let target: TestDatabase;
    let client: pg.Client;
    let storage: EventStorage;
    let folder: string;

    beforeAll(async () => {
      [legacy, target] = await Promise.all([withDatabase(engine), withDatabase(engine)]);
      client = new pg.Client({ connectionString: legacy.connectionString });
      await client.connect();
      await createMentat(client, version);
      // An event that doesn't name its storage time, and one with a count of 64 bits, which must come back to the digit.
      await fillMentat(client, version, [
        ...EVENTS,
        at("bare", "2024-05-02T00:00:00Z"),
        at("nul", "2024-05-02T00:00:00Z", { Note: "\u0000" }),
      ]);
      await client.query(
        `update events_json set event = convert_to('{"Format":"IDEA0","ID":"bare","DetectTime":"2024-05-02T00:00:00Z","Category":["Test"],"Node":[{"Name":"org.example.a"}],"ByteCount":18446744073709551615}', 'UTF8') where id = 'bare'`,
      );
      const label = version === "old" ? "" : ", 'M20240501SL-1'";
      await client.query(
        `insert into thresholds values ('k', '2024-05-01', '2024-05-02', '2024-05-03'${label})`,
      );
      const more = version === "old" ? "" : ", false, false";
      await client.query(
        `insert into events_thresholded values ('bare', 'k', 'abuse@example.org', 'low', '2024-05-02 01:00'${more})`,
      );
      storage = await openStorage({ connectionString: target.connectionString });
      folder = await mkdtemp(join(tmpdir(), "eventstore-import-"));
    });
    afterAll(async () => {
      await client.end();
      await storage.close();
      await Promise.all([legacy.dispose(), target.dispose()]);
      await rm(folder, { recursive: true });
    });

    const run = (...args: string[]): Promise<CliRun> => runIn({ openStorage }, ...args);
    const runIn = (world: NonNullable<Parameters<typeof cli>[1]>, ...args: string[]): Promise<CliRun> =>
      cli(
        [
          "import",
          "mentat",
          "--from",
          legacy.connectionString,
          ...args,
          "--database",
          target.connectionString,
        ],
        world,
      );

    it("goes on after kill -9 and ends complete, equal and compared", async () => {
      for (const delayMs of [1_200, 1_800, 2_500]) {
        const child = spawn(
          process.execPath,
          [
            "--import",
            "tsx",
            MAIN,
            "import",
            "mentat",
            "--from",
            legacy.connectionString,
            "--database",
            target.connectionString,
          ],
          { stdio: "ignore" },
        );
        setTimeout(() => child.kill("SIGKILL"), delayMs);
        await once(child, "exit");
      }
      const result = await run();
      expect(result.stderr).not.toContain("rejected");
      expect(result.stdout).toMatch(
        /thresholds and \d thresholded events copied\n[\d,]+ counts compared: no difference\n$/,
      );
      expect(result.code).toBe(0);
      expect(await storage.countEvents()).toBe(EVENTS.length + 2);
      for (const event of EVENTS.slice(0, 50)) expect(await storage.fetchEvent(event.ID)).toEqual(event);
      expect(await storage.thresholdsCount()).toBe(1);
      expect(await storage.thresholdedEventsCount()).toBe(1);
      expect(await storage.thresholdCheck("k", new Date("2024-05-03T00:00:00Z"))).toMatchObject({
        key: "k",
        ...(version === "old" ? {} : { label: "M20240501SL-1" }),
      });
    });

    it("keeps the storage time of the row, and all digits", async () => {
      expect(
        await storage.countEvents({
          filter: "id = bare and storage_time = 2024-05-02T00:00:00Z and byte_count = 18446744073709551615",
        }),
      ).toBe(1);
    });

    it("copies what came since, and nothing twice", async () => {
      await fillMentat(client, version, [at("late", "2024-05-05T00:00:00Z")]);
      const result = await run();
      expect(result.stderr).toContain("Going on after the events stored at");
      expect(result.stdout).toContain("1 event read");
      expect(result.stdout).toContain("1 stored, 0 already there, 0 rejected");
      if (version === "old") return expect((await run("--verify")).stdout).toContain("no difference");
      // What was stored just now may not be all of that time: others commit later what they had stored before.
      const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
      await fillMentat(client, version, [at("now", minutesAgo(1))]);
      expect((await run()).stdout).toContain("1 stored, 0 already there");
      await fillMentat(client, version, [at("committed-late", minutesAgo(2))]);
      expect((await run()).stdout).toContain("1 stored, 1 already there");
      await client.query("delete from events where id in ('now', 'committed-late')");
    });

    it("begins anew where the target was emptied, with --since at that time", async () => {
      await storage.deleteEvents({ all: true });
      const result = await run("--since", "2024-05-03");
      expect(result.code).toBe(0);
      const { rows } = await client.query<{ count: string }>(
        `select count(*) from events where ${version === "old" ? "cesnet_" : ""}storagetime >= '2024-05-03'`,
      );
      expect(await storage.countEvents()).toBe(Number(rows[0]?.count));
    });

    it("is not stopped by broken rows, which it lists, and shows every difference", async () => {
      await fillMentat(
        client,
        version,
        Array.from({ length: 1_000 }, (_, i) => at(`broken-${i}`, "2024-05-06T00:00:00Z")),
      );
      await fillMentat(client, version, [at("whole", "2024-05-07T00:00:00Z")]);
      await client.query("update events_json set event = '\\x7b' where id like 'broken-1%'");
      await client.query(
        "update events_json set event = convert_to('Latin é', 'LATIN1') where id like 'broken-2%'",
      );
      await client.query("delete from events_json where id like 'broken-3%'");
      await client.query(
        `update events_json set event = convert_to('{"ID":"broken","DetectTime":"?"}', 'UTF8') where id !~ '^broken-[123]' and id ~ '^broken'`,
      );
      const report = join(folder, "rejected.ndjson");
      const stop = new AbortController();
      const stopped = await runIn(
        {
          openStorage: async (options) => {
            const store = await openStorage(options);
            const insertEvents: EventStorage["insertEvents"] = (events, how) =>
              store.insertEvents(events, how).finally(() => stop.abort());
            return { ...store, insertEvents };
          },
          interrupt: stop.signal,
        },
        "--rejected",
        report,
      );
      expect(stopped.code).toBe(130);
      expect(stopped.stderr).toMatch(
        /and 980 more\nStopped\. 1,001 events read in .*: 1 stored, 0 already there, 1,000 rejected\nThe same command again/,
      );
      const result = await run("--rejected", report);
      expect(result.stderr).toContain("Going on after the events stored at");
      expect(result.code).toBe(1);
      expect(result.stdout).toMatch(/differs: day 2024-05-06: 1,000 in Mentat, 0 here/);
      expect((await readFile(report, "utf8")).trimEnd().split("\n")).toHaveLength(1_000);
      expect(await storage.countEvents({ filter: "id = whole" })).toBe(1);
    });

    it("leaves nothing where the store is dropped", async () => {
      await storage.databaseDrop();
      const { rows } = await storage.query("select to_regclass('eventstore_imports') as left");
      expect(rows).toEqual([{ left: null }]);
    });
  });

  it("says what is wrong with the source", async () => {
    const empty = await withDatabase(engine);
    const run = (url: string): Promise<CliRun> =>
      cli(["import", "mentat", "--from", url, "--database", empty.connectionString], { openStorage });
    expect(await run(empty.connectionString)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("there are no tables of Mentat's in this database"),
    });
    const refused = await run("postgresql://user:geheim@127.0.0.1:1/x");
    expect(refused.code).toBe(1);
    expect(refused.stderr).not.toContain("geheim");
    const mistyped = await run("mysql://user:geheim@db/mentat_events");
    expect(mistyped.stderr).toContain("--from: the connection string is not a PostgreSQL URL");
    expect(mistyped.stderr).not.toContain("geheim");
    const client = new pg.Client({ connectionString: empty.connectionString });
    await client.connect();
    await createMentat(client, "new");
    await client.query(
      "create role mentat_stranger; grant mentat_stranger to current_user; grant select on events to mentat_stranger",
    );
    const url = new URL(empty.connectionString);
    url.searchParams.set("role", "mentat_stranger");
    expect(await run(url.href)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /this role may not read "public"."events_json", "public"."thresholds", "public"."events_thresholded"\n.*grant select on/,
      ),
    });
    await client.query("drop owned by mentat_stranger; drop role mentat_stranger; drop table events cascade");
    await client.end();
    await empty.dispose();
  });
});
