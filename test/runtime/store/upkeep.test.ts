/** What surrounds the events: days that can't be made, damage that is found and mended, schemas that others use, commands for operators. */
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { parseJson } from "../../../compiler/values/exact-json.js";
import { openStorage, type EventStorage } from "../../../runtime/store/index.js";
import { newStoreStatements } from "../../../runtime/store/schema/create.js";
import { cli } from "../../scripts/support/cli.js";
import { withDatabase } from "../../support/database.js";
import { checkConsistency, describeStores, eventAt, idsOf, secondsAfterNoon, type Suite } from "./support.js";

const on = (day: string, id: string) => eventAt(id, secondsAfterNoon(0, day));

/** Makes no table any more: the server answers with this code. */
const refusingTables = (state: string): string =>
  `do $$ begin create function no_table() returns event_trigger language plpgsql as 'begin raise ''no table'' using errcode = ''${state}''; end'; ` +
  `create event trigger no_table on ddl_command_start when tag in ('CREATE TABLE') execute function no_table(); end $$`;
const TABLES_AGAIN = "do $$ begin drop event trigger no_table; drop function no_table(); end $$";

function suite({ storage, open, url, engine }: Suite): void {
  const run = (...args: readonly string[]) =>
    cli(args, { openStorage: (options) => openStorage({ ...options, connectionString: url() }) });
  const problems = async (): Promise<readonly string[]> =>
    (await storage().verify()).problems.map(({ what, where }) => `${where}: ${what}`);

  describe("a day whose partition can't be made", () => {
    it.each<readonly [day: string, before: string, after: string]>([
      ["2024-06-01", "create table events_20240601 (x int)", "drop table events_20240601"],
      [
        "2024-06-02",
        "create table foreign_half partition of events for values from ('2024-06-02 06:00+00') to ('2024-06-02 09:00+00')",
        "drop table foreign_half",
      ],
      // No room, no right, no more locks, and whatever a rule of the database's own may say.
      ...["53100", "42501", "53200", "P0001"].map(
        (state, at) => [`2024-06-1${at}`, refusingTables(state), TABLES_AGAIN] as const,
      ),
    ])("goes to the default partition (%s), and nothing else waits", async (day, before, after) => {
      await storage().query(before);
      const result = await storage().insertEvents([on(day, `a ${day}`), on("2024-06-03", `b ${day}`)]);
      expect(result).toMatchObject({ inserted: 2, rejected: [] });
      const { events } = await storage().searchEvents({ filter: `id = "a ${day}"` });
      expect(idsOf(events)).toEqual([`a ${day}`]);
      const { warnings } = await storage().databaseStatus();
      const told = new RegExp(`default partition \\(.*${day.replaceAll("-", "")}`);
      expect(warnings.join("\n")).toMatch(told);
      expect(await run("refresh")).toMatchObject({ code: 0, stderr: expect.stringMatching(told) as unknown });
      await storage().query(after);
      await storage().refresh();
      expect((await storage().databaseStatus()).warnings.join("\n")).not.toContain("default partition");
      expect(await checkConsistency(storage())).toBeGreaterThan(1);
    });

    it("a partition of another name breaks nothing", async () => {
      await storage().query(
        `create table "odd name" partition of events for values from ('2024-07-02 00:00+00') to ('2024-07-03 00:00+00')`,
      );
      await storage().insertEvent(on("2024-07-02", "odd"));
      expect(idsOf((await storage().searchEvents({ filter: "id = odd" })).events)).toEqual(["odd"]);
      expect(await storage().countEvents({ filter: "id = odd" })).toBe(1);
      expect((await storage().databaseStatus()).warnings.join("\n")).toContain("odd name");
      // Its row is there and its JSON in the default partition: nothing is wrong with it, and nothing to be mended.
      expect((await storage().verify({ repair: true })).problems).toMatchObject([{ where: "odd name" }]);
      expect(await storage().fetchEvent("odd")).toMatchObject({ ID: "odd" });
      expect(await storage().deleteEvent("odd")).toBe(true);
      await storage().query(`drop table "odd name"`);
    });
  });

  describe("archive", () => {
    it("moves old partitions into files and takes them back as they were", async () => {
      const folder = await mkdtemp(join(tmpdir(), "archive-"));
      const text = `{"Format": "IDEA0",\n"ID": "spread", "DetectTime": "2023-03-01T01:00:00Z", "Category": ["Test"], "Note": "a\u2028b", "ByteCount": 12345678901234567890}`;
      await storage().insertEvent(parseJson(text), { raw: text });
      await storage().insertEvents([on("2023-03-01", "old"), on("2023-03-02", "older")]);
      const times = async () =>
        (
          await storage().query(
            "select id, storage_time, byte_count from events where detect_time < '2024-01-01' order by id",
          )
        ).rows;
      const before = [await times(), await storage().fetchEvent("spread", { raw: true })];
      const all = await storage().countEvents();
      const archived = await run("archive", folder, "--older-than", "300d", "--yes", "-f", "json");
      expect(archived).toMatchObject({ code: 0 });
      expect(JSON.parse(archived.stdout)).toMatchObject({ partitions: 2, events: 3 });
      expect(await readdir(folder)).toEqual([
        "events_20230301.archive.ndjson.gz",
        "events_20230302.archive.ndjson.gz",
      ]);
      expect(await storage().countEvents()).toBe(all - 3);
      expect((await storage().verify()).problems).toEqual([]);
      const files = (await readdir(folder)).map((name) => join(folder, name));
      const restored = await run("archive", "--restore", ...files);
      expect(restored).toMatchObject({
        code: 0,
        stdout: "3 events stored again, 0 events were there, 0 events rejected\n",
      });
      expect([await times(), await storage().fetchEvent("spread", { raw: true })]).toEqual(before);
      await writeFile(join(folder, "other.gz"), "no archive");
      expect((await run("archive", "--restore", join(folder, "other.gz"))).code).toBe(1);
      expect((await run("archive", join(folder, "none"))).stderr).toContain("no such file or folder");
      await rm(folder, { recursive: true });
    });

    it("writes a partition again that got an event meanwhile", async () => {
      await storage().insertEvent(on("2023-04-01", "first"));
      const written: string[][] = [];
      const report = await storage().archivePartitions({
        before: new Date("2023-04-02T00:00:00Z"),
        write: async ({ events }) => {
          const ids: string[] = [];
          for await (const { event } of events) ids.push((JSON.parse(event) as { ID: string }).ID);
          written.push(ids);
          if (ids.join() === "first") await storage().insertEvent(on("2023-04-01", "late"));
        },
      });
      expect(written.at(-1)).toEqual(["first", "late"]);
      expect(report.events).toBeGreaterThanOrEqual(2);
      expect(await storage().fetchEvent("late")).toBeNull();
    });
  });

  it("waits for who reads a day, and keeps nobody else waiting meanwhile", async () => {
    await storage().insertEvents([on("2021-03-01", "held"), on("2021-03-02", "beside")]);
    const [reader, other] = [await open({ pool: { max: 1 } }), await open({ pool: { max: 2 } })];
    const prefix = `upkeep_${randomBytes(4).toString("hex")}`;
    let changes: readonly Promise<unknown>[] = [];
    await reader.transaction(async (transaction) => {
      await transaction.query("select from events_20210301");
      changes = [
        storage().indexDrop(),
        storage().rolesCreate({ prefix }),
        storage().tableCleanup("events", "detect_time", new Date("2021-03-02T00:00:00Z")),
      ];
      const waiting =
        "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
      // An attempt waits for a second, and the pauses between are not long: soon all of them wait at once, where all of them wait.
      for (
        let left = 2_000;
        Number((await other.query(waiting)).rows[0]?.["n"]) < changes.length;
        left -= 1
      ) {
        if (left === 0) throw new Error("not all of the changes wait for the reader");
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      // They would wait for the reader, who waits for them.
      for (let number = 0; number < 3; number++) {
        await other.insertEvent(on("2021-03-02", `while ${number}`), { timeoutMs: 20_000 });
        await other.countEvents({ filter: "category = Test", timeoutMs: 20_000 });
      }
    });
    await Promise.all(changes);
    expect(await storage().fetchEvent("held")).toBeNull();
    await storage().indexCreate();
    expect(await problems()).toEqual([]);
    await storage().query(`drop owned by ${prefix}_reader, ${prefix}_writer`);
    await storage().query(`reassign owned by ${prefix}_owner to current_user`);
    await storage().query(`drop owned by ${prefix}_owner`);
    await storage().query(`drop role ${prefix}_reader, ${prefix}_writer, ${prefix}_owner`);
  });

  describe("verify", () => {
    it("finds nothing wrong with a store that was left alone", async () => {
      await storage().insertEvents([on("2024-06-05", "v1"), on("2024-06-06", "v2")]);
      await storage().refresh();
      expect(await storage().verify()).toEqual({ problems: [], repaired: [] });
      expect((await run("verify")).code).toBe(0);
      // The identifiers of a dropped day are swept by the next refresh.
      await storage().insertEvent(on("2022-01-05", "dropped"));
      await storage().tableCleanup("events", "detect_time", new Date("2022-01-06T00:00:00Z"));
      expect((await storage().verify()).problems).toEqual([]);
    });

    it.each([
      [
        "counters",
        "update event_hours set inserted = inserted + 3 where hour = '2024-06-05 12:00+00'",
        /counter is wrong/,
      ],
      ["identifiers", "delete from event_ids where id = 'v1'", /not listed/],
      [
        "left identifiers",
        "insert into event_ids values ('gone', '2024-06-05 12:00+00', 987654)",
        /without an event/,
      ],
      ["lists", "delete from event_words where value = 'Test'", /not in the lists/],
      ["rows", "delete from events where id = 'v2'", /without their row/],
      [
        "an index and what lies below it, at once",
        "drop index events_id_idx; delete from event_ids where id = 'v1'",
        /missing index[^]*not listed/,
      ],
    ])("finds and mends %s", async (_, damage, message) => {
      for (const statement of damage.split(";")) await storage().query(statement);
      expect((await problems()).join("\n")).toMatch(message);
      const report = await run("verify", "--repair", "-f", "json");
      expect(report.code, report.stdout + report.stderr).toBe(0);
      expect(await problems()).toEqual([]);
      expect((await storage().searchEvents({ filter: "category = Test" })).events.length).toBeGreaterThan(1);
      await checkConsistency(storage());
    });

    it("says so when a day was detached by hand, and forgets its counters", async () => {
      await storage().query("alter table events detach partition events_20240606");
      expect((await problems()).join("\n")).toContain("events_20240606: a table with the name of a day");
      const { code, stdout } = await run("verify");
      expect(code).toBe(1);
      expect(stdout).toContain("wrong: events_20240606");
      await storage().query(
        "alter table events attach partition events_20240606 for values from ('2024-06-06 00:00+00') to ('2024-06-07 00:00+00')",
      );
      expect(await problems()).toEqual([]);
    });
  });

  describe("databaseCreate", () => {
    it.each([
      [
        "create table thresholds (mine int); create domain event_words as text",
        'type "event_words"; table "thresholds"',
      ],
      ["create table events (id int primary key)", 'table "events"'],
      ["create table t (i int); create index events_detect_time on t (i)", "index"],
      ["create view event_ids as select 1 as id", 'view "event_ids"'],
      [
        "create table eventstore_schema (version text); insert into eventstore_schema values ('x')",
        'no column "applied_at"',
      ],
    ])("beside %s refuses by name and changes nothing", async (sql, named) => {
      const database = await withDatabase(engine);
      const store = await openStorage({ connectionString: database.connectionString });
      try {
        for (const statement of sql.split(";")) await store.query(statement);
        const before = await store.query(
          "select relname from pg_class where relnamespace = 'public'::regnamespace order by 1",
        );
        const created = store.databaseCreate();
        if (named === "index") {
          // The name of that index is the store's only where the store has one of that name.
          await created.catch((error: unknown) => expect(error).toMatchObject({ code: "schema_foreign" }));
        } else {
          await expect(created).rejects.toMatchObject({ code: "schema_foreign" });
          await expect(created).rejects.toThrow(named);
          const after = await store.query(
            "select relname from pg_class where relnamespace = 'public'::regnamespace order by 1",
          );
          expect(after.rows).toEqual(before.rows);
        }
      } finally {
        await store.close();
        await database.dispose();
      }
    });

    it("shows with dryRun what it would do, and does nothing", async () => {
      const database = await withDatabase(engine);
      const store = await openStorage({ connectionString: database.connectionString });
      try {
        const { statements = [] } = await store.databaseCreate({ dryRun: true });
        expect(statements.join("\n")).toContain("create table if not exists events");
        const { rows } = await store.query("select to_regclass('events') is null as absent");
        expect(rows).toEqual([{ absent: true }]);
        await store.databaseCreate();
        expect((await store.databaseCreate({ dryRun: true })).statements).toEqual([]);
        // What it prints where there is nothing makes the same store, as a script: without parameters.
        await store.query("drop schema public cascade");
        await store.query("create schema public");
        const needed = engine === "ip4r" ? ["ip4r", "btree_gin"] : ["btree_gin"];
        for (const name of needed) await store.query(`create extension if not exists ${name}`);
        const script = newStoreStatements(IDEA_CATALOGUE);
        expect(script.slice().sort()).toEqual(
          [...statements, "create extension if not exists pg_trgm"].sort(),
        );
        for (const statement of script) await store.query(statement);
        expect((await store.databaseCreate({ dryRun: true })).statements).toEqual([]);
        expect((await store.verify()).problems).toEqual([]);
      } finally {
        await store.close();
        await database.dispose();
      }
    });
  });

  it("reading commands say that there is no store, and make none", async () => {
    const database = await withDatabase(engine);
    try {
      for (const args of [
        ["status"],
        ["search"],
        ["count"],
        ["health"],
        ["verify"],
        ["queries"],
        ["refresh"],
      ]) {
        const { code, stdout, stderr } = await cli(args, {
          openStorage: (options) => openStorage({ ...options, connectionString: database.connectionString }),
        });
        expect(code, args[0]).toBe(1);
        expect(stdout + stderr).toContain("There is no store here");
      }
    } finally {
      await database.dispose();
    }
  });

  it("keeps the time limit of the role where nothing else is said", async () => {
    const role = `slow_${randomBytes(4).toString("hex")}`;
    const limitOf = async (store: EventStorage): Promise<unknown> =>
      (await store.query("select current_setting('statement_timeout') as t")).rows[0]?.["t"];
    await storage().query(`create role ${role} login superuser`);
    await storage().query(`alter role ${role} set statement_timeout = '7s'`);
    try {
      const named = new URL(url());
      named.searchParams.set("user", role);
      expect(await limitOf(await open({ connectionString: named.href }))).toBe("7s");
      expect(await limitOf(await open({ connectionString: named.href, timeoutMs: 9_000 }))).toBe("9s");
      named.searchParams.set("statement_timeout", "11s");
      expect(await limitOf(await open({ connectionString: named.href }))).toBe("11s");
      named.searchParams.set("no_such_thing", "1");
      await expect(openStorage({ connectionString: named.href })).rejects.toThrow(
        'parameter "no_such_thing"',
      );
    } finally {
      await storage().query(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`,
      );
      await storage().query(`drop role ${role}`);
    }
  });

  it("is kept up by commands", async () => {
    expect(await run("refresh", "--ahead", "1")).toMatchObject({ code: 0 });
    expect(await run("refresh", "--ahead", "8")).toMatchObject({ code: 2 });
    const health = await run("health", "--fresh", "1000d", "-f", "json");
    expect(health.code).toBe(0);
    expect(JSON.parse(health.stdout)).toMatchObject({ healthy: true });
    const round = await run(
      "maintain",
      "--once",
      "--keep",
      "100y",
      "--filter",
      "id = nothing",
      "--older-than",
      "7d",
      "--verify",
      "1d",
      "--log",
      "json",
    );
    expect(round.code, round.stderr).toBe(0);
    const lines = round.stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ task }) => task)).toEqual([
      "refresh",
      "clean",
      "clean by filter",
      "verify",
      "status",
    ]);
    const exported = await run("export");
    expect(exported.stdout.trim().split("\n")).toHaveLength(await storage().countEvents());
    // The clock of the command says 2024-05-08 12:00: what is a day old to the second stays.
    const [due, same, other] = ["2024-05-07T11:59:59Z", "2024-05-07T12:00:00Z", "2024-04-01T12:00:00Z"];
    await storage().insertEvents([
      eventAt("old", due),
      eventAt("old not yet", same),
      eventAt("other", other),
    ]);
    const cleaned = await run(
      "clean",
      "--filter",
      'id in [old, "old not yet"]',
      "--older-than",
      "1d",
      "--yes",
    );
    expect(cleaned.stdout).toContain("1 event from before");
    expect(await storage().countEvents({ filter: 'id in ["old not yet", other]' })).toBe(2);
    expect((await run("clean", "--filter", "id = (", "--yes")).code).toBe(2);
    expect((await run("init", "--dry-run")).stdout).toBe("");
  });
}

describeStores("upkeep", suite);
