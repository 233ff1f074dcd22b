import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { dayOfDate, dayStart } from "../../../compiler/schema/day.js";
import { block, createPartition } from "../../../compiler/schema/partition.js";
import { partitionedTables, storeTables } from "../../../compiler/catalogue/tables.js";
import { latestVersion, MIGRATIONS } from "../../../compiler/schema/migrations.js";
import { readEventText } from "../../../runtime/postgres/event-text.js";
import { openExecutor } from "../../../runtime/postgres/executor.js";
import type { Executor } from "../../../runtime/postgres/session.js";
import {
  databaseCreate,
  databaseDrop,
  dropPartitionsBefore,
  ensureDays,
  indexCreate,
  indexDrop,
  splitPartitions,
} from "../../../runtime/store/schema/index.js";
import { presentObjects } from "../../../runtime/store/schema/present.js";
import { describeEngines, withDatabase, type TestDatabase } from "../../support/database.js";

const today = dayOfDate(new Date());
const latest = latestVersion();
const next = latest + 1;

describeEngines("schema", (engine) => {
  let database: TestDatabase;
  let session: Executor;
  beforeAll(async () => {
    database = await withDatabase(engine);
    session = openExecutor({ connectionString: database.connectionString });
  });
  afterAll(async () => {
    await session.close();
    await database.dispose();
  });

  const names = async (text: string, values: readonly unknown[] = []) =>
    (await session.query(text, values)).rows.map((row) => String(Object.values(row)[0]));
  const addEvent = (id: string, seq: number, time: Date) =>
    session.transaction(async (transaction) => {
      await transaction.query(
        "insert into events (seq, id, detect_time, storage_time, source_count, target_count, node_count) values ($1, $2, $3, now(), 0, 0, 0)",
        [seq, id, time],
      );
      await transaction.query(
        "insert into event_json (seq, detect_time, event) values ($1, $2, '\\x007b7d')",
        [seq, time],
      );
      await transaction.query(
        "insert into event_hours values (date_trunc('hour', $1::timestamptz, 'UTC'), 0, 1, 0)",
        [time],
      );
    });

  it("is created once, by several callers at a time, and dropped", async () => {
    const reports = await Promise.all([1, 2, 3].map(() => databaseCreate(session, IDEA_CATALOGUE)));
    expect(reports.filter(({ changes }) => changes.length > 0)).toHaveLength(1);
    expect(reports.map(({ version }) => version)).toEqual([latest, latest, latest]);
    const dropped = await databaseDrop(session, IDEA_CATALOGUE);
    expect(dropped.changes).toContain("dropped events");
    expect((await databaseDrop(session, IDEA_CATALOGUE)).changes).toEqual([]);
    await databaseCreate(session, IDEA_CATALOGUE, { partitions: "day" });
  });

  it("gets back a column and an index that are missing", async () => {
    await session.query("alter table events drop column severity");
    const { changes } = await databaseCreate(session, IDEA_CATALOGUE);
    expect(changes.map((change) => change.split(":")[0])).toEqual([
      "created column events.severity",
      "created index events_severity_idx",
    ]);
  });

  it("is brought forward in one transaction, and refused when newer", async () => {
    const broken = [
      ...MIGRATIONS,
      { version: next, description: "breaks", statements: () => ["create table half_done ()", "select 1/0"] },
    ];
    await expect(databaseCreate(session, IDEA_CATALOGUE, { migrations: broken })).rejects.toThrow(
      /division by zero/,
    );
    expect(await names("select to_regclass('half_done')::text")).toEqual(["null"]);
    const migrations = [
      ...MIGRATIONS,
      { version: next, description: "adds", statements: () => ["create table done ()"] },
    ];
    expect(await databaseCreate(session, IDEA_CATALOGUE, { migrations })).toEqual({
      version: next,
      changes: [`migrated to version ${next}: adds`],
    });
    expect(await names("select version from eventstore_schema order by 1")).toEqual([
      String(latest),
      String(next),
    ]);
    await expect(databaseCreate(session, IDEA_CATALOGUE)).rejects.toMatchObject({
      code: "schema_newer",
      message: expect.stringContaining(
        `version ${next} of the schema and this release knows version ${latest}`,
      ) as string,
    });
    await session.query("delete from eventstore_schema where version = $1", [next]);
  });

  it("of version 1 keeps its events, as plain texts", async () => {
    const text = '{"ID":"old","Note":"\\u0000 ě"}';
    await session.query(`alter table event_json alter column event type text using ''`);
    await session.query("alter table events alter column byte_count type bigint");
    await session.query("update eventstore_schema set version = 1");
    await session.query("insert into event_json (seq, detect_time, event) values (0, now(), $1)", [text]);
    const { changes } = await databaseCreate(session, IDEA_CATALOGUE);
    expect(changes).toEqual([
      expect.stringMatching(/^migrated to version 2: /),
      expect.stringMatching(/^migrated to version 3: /),
      expect.stringMatching(/^migrated to version 4: /),
      expect.stringMatching(/^migrated to version 5: /),
      expect.stringMatching(/^migrated to version 6: /),
    ]);
    expect(
      await names(
        "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'events'::regclass and attname = 'byte_count'",
      ),
    ).toEqual(["numeric"]);
    expect((await names("select event::text from event_json where seq = 0")).map(readEventText)).toEqual([
      text,
    ]);
    await session.query("delete from event_json where seq = 0");
  });

  it("makes days once, moves their rows out of the default partition, leaves what is out of range", async () => {
    await addEvent("moved", 1, new Date());
    expect(await names("select tableoid::regclass::text from events")).toEqual(["events_default"]);
    const days = [today, today - 1, today + 8, dayOfDate(new Date("1989-12-31"))];
    const results = await Promise.all([
      ensureDays(session, IDEA_CATALOGUE, days),
      ensureDays(session, IDEA_CATALOGUE, days),
    ]);
    for (const { left } of results) expect(left).toHaveLength(2);
    expect(await names("select tableoid::regclass::text from events")).not.toEqual(["events_default"]);
    expect(
      await names(
        "select count(*) from event_json j join events e using (seq, detect_time) where j.tableoid <> 'event_json_default'::regclass",
      ),
    ).toEqual(["1"]);
    expect((await ensureDays(session, IDEA_CATALOGUE, days)).created).toEqual([]);
    expect((await ensureDays(session, IDEA_CATALOGUE, [today - 2], { maxDays: 2 })).left).toEqual([
      today - 2,
    ]);
    // However many ask at once, for however many days.
    const many = Array.from({ length: 5_000 }, (_, index) => today - 100 - index);
    const halves = [many.filter((day) => day % 2 === 0), many.filter((day) => day % 2 === 1)];
    const filled = await Promise.all(
      halves.map((half) => ensureDays(session, IDEA_CATALOGUE, half, { maxDays: 5 })),
    );
    expect(filled.flatMap(({ created }) => created)).toHaveLength(3);
    expect(filled.flatMap(({ left }) => left)).toHaveLength(4_997);
    const wide = { from: today - 7_000, to: today - 5_000 };
    const { relations } = await presentObjects(session, IDEA_CATALOGUE);
    for (const table of partitionedTables(storeTables(IDEA_CATALOGUE)))
      await session.query(block(createPartition(table, wide, relations)));
    await expect(splitPartitions(session, IDEA_CATALOGUE)).rejects.toThrow(
      /^splitPartitions: the store would have 20\d\d partitions, and it may have 1500: give a later from/u,
    );
    await dropPartitionsBefore(session, IDEA_CATALOGUE, dayStart(today - 50));
  });

  it("makes a day while another is being written, and leaves it while the default partition is being read", async () => {
    await session.transaction(async (writer) => {
      await writer.query(
        "insert into events (seq, id, detect_time, storage_time, source_count, target_count, node_count) values (9, 'w', now(), now(), 0, 0, 0)",
      );
      expect((await ensureDays(session, IDEA_CATALOGUE, [today - 3])).created).toEqual([today - 3]);
    });
    await session.transaction(async (reader) => {
      await reader.query("select count(*) from events_default");
      const { left } = await ensureDays(session, IDEA_CATALOGUE, [today - 4], { lockTimeoutMs: 50 });
      expect(left).toEqual([today - 4]);
    });
    expect((await ensureDays(session, IDEA_CATALOGUE, [today - 4])).created).toEqual([today - 4]);
  });

  it("drops whole days with their counters", async () => {
    const old = today - 10;
    await ensureDays(session, IDEA_CATALOGUE, [old]);
    await addEvent("old", 2, dayStart(old));
    expect(
      await dropPartitionsBefore(session, IDEA_CATALOGUE, new Date(dayStart(old + 1).getTime() - 1)),
    ).toEqual([]);
    expect(await dropPartitionsBefore(session, IDEA_CATALOGUE, dayStart(old + 1))).toEqual([
      { from: old, to: old + 1, events: 1 },
    ]);
    expect(await names("select id from events where id = 'old'")).toEqual([]);
    expect(await names("select hour from event_hours where hour < $1", [dayStart(old + 1)])).toEqual([]);
  });

  describe("indexes", () => {
    const invalid = () => names("select indexrelid::regclass::text from pg_index where not indisvalid");

    it("are dropped and built, concurrently too, with the names of their partitions", async () => {
      const present = await names(
        "select indexrelid::regclass::text from pg_index where indrelid = 'events'::regclass order by 1",
      );
      const { changes } = await indexDrop(session, IDEA_CATALOGUE);
      expect(changes).toContain("dropped index events_lists_idx");
      await ensureDays(session, IDEA_CATALOGUE, [today - 6]);
      const steps: string[] = [];
      await indexCreate(session, IDEA_CATALOGUE, {
        concurrently: true,
        timeoutMs: 60_000,
        onProgress: (step) => steps.push(step),
      });
      expect(steps.some((step) => /^created index events_lists_idx_\d{8}$/.test(step))).toBe(true);
      expect(
        await names(
          "select indexrelid::regclass::text from pg_index where indrelid = 'events'::regclass order by 1",
        ),
      ).toEqual(present);
      expect(await invalid()).toEqual([]);
      expect((await indexCreate(session, IDEA_CATALOGUE)).changes).toEqual([]);
    });

    it("are finished after an interruption", async () => {
      await indexDrop(session, IDEA_CATALOGUE);
      const stop = new Error("interrupted");
      const interrupt = (step: string) => {
        if (/events_id_idx_\d/.test(step)) throw stop;
      };
      await expect(indexCreate(session, IDEA_CATALOGUE, { onProgress: interrupt })).rejects.toBe(stop);
      expect(await invalid()).not.toEqual([]);
      await indexCreate(session, IDEA_CATALOGUE);
      expect(await invalid()).toEqual([]);
    });
  });
});
