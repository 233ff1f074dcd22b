/** Releases of different age on one store, and stores that are brought forward. */
import { expect, it } from "vitest";
import { latestVersion } from "../../../compiler/schema/migrations.js";
import { checkConsistency, describeStores, emptyStore, eventAt, idsOf, secondsAfterNoon } from "./support.js";

const on = (day: string, id: string) => eventAt(id, secondsAfterNoon(0, day));

describeStores("a store that a newer release has upgraded", ({ storage }) => {
  it("refuses what would change it, and is read as before", async () => {
    await storage().insertEvents([on("2024-01-01", "a"), on("2024-01-02", "b")]);
    const newer = latestVersion() + 1;
    await storage().query("insert into eventstore_schema values ($1, now(), 'of a newer release')", [newer]);
    const time = new Date("2024-01-02T00:00:00Z");
    const writing: Readonly<Record<string, () => Promise<unknown>>> = {
      insertEvent: () => storage().insertEvent(on("2024-01-02", "c")),
      "insertEvent alone": () => storage().insertEvent(on("2024-01-02", "d"), { timeoutMs: 5_000 }),
      insertEvents: () => storage().insertEvents([on("2024-01-02", "e"), on("2024-01-02", "f")]),
      deleteEvent: () => storage().deleteEvent("a"),
      deleteEvents: () => storage().deleteEvents({ filter: "id = a" }),
      tableCleanup: () => storage().tableCleanup("events", "detect_time", time),
      thresholdSet: () => storage().thresholdSet("key", time, time, time),
      thresholdSave: () => storage().thresholdSave("a", "key", "group", "low", time),
      refresh: () => storage().refresh(),
      mergePartitions: () => storage().mergePartitions(),
      transaction: () => storage().transaction((inner) => inner.deleteEvent("a")),
    };
    for (const [name, write] of Object.entries(writing))
      await expect(write(), name).rejects.toMatchObject({
        code: "schema_newer",
        message: expect.stringContaining(`version ${newer}`) as string,
      });
    expect(await storage().countEvents()).toBe(2);
    expect(await storage().fetchEvent("a")).toMatchObject({ ID: "a" });
    await storage().query("delete from eventstore_schema where version = $1", [newer]);
    expect(await storage().insertEvent(on("2024-01-02", "c"))).toBe("c");
  });
});

describeStores("a store of an older release, with partitions", ({ storage, open }) => {
  const DAYS = ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"];
  const counted = (day: string, id: string, bytes: number) =>
    eventAt(id, secondsAfterNoon(0, day), { ByteCount: bytes });
  const typeOf = async (table: string) =>
    (
      await storage().query(
        "select format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = $1::regclass and attname = 'byte_count'",
        [table],
      )
    ).rows[0]?.["type"];
  const namesOf = async (kind: string) =>
    (
      await storage().query(
        "select relname from pg_class where relkind = any($1) and relname like 'event%' order by 1",
        [kind],
      )
    ).rows.map(({ relname }) => String(relname));

  it("is brought forward partition by partition, beside those who store and read, and resumed", async () => {
    await emptyStore(storage());
    await storage().insertEvents(DAYS.map((day, position) => counted(day, day, position * 1_000)));
    await storage().insertEvent(counted("1980-05-05", "stray", 7));
    await storage().query("alter table events alter column byte_count type bigint");
    await storage().query("delete from eventstore_schema");
    await storage().query("insert into eventstore_schema values (3, now(), 'older')");
    const before = [await namesOf("{r,p}"), await namesOf("{i,I}")];
    const { statements = [] } = await storage().databaseCreate({ dryRun: true });
    expect(statements.filter((sql) => sql.includes("attach partition"))).toHaveLength(DAYS.length);
    expect(await typeOf("events")).toBe("bigint");

    const other = await open();
    const steps: string[] = [];
    const beside: Promise<unknown>[] = [];
    const stop = new Error("interrupted");
    const upgrade = storage().databaseCreate({
      onProgress: (step) => {
        steps.push(step);
        beside.push(other.insertEvent(counted("2024-01-02", `beside ${step}`, 5)));
        beside.push(other.searchEvents({ filter: "byte_count >= 2000" }));
        if (steps.length === 2) throw stop;
      },
    });
    await expect(upgrade).rejects.toBe(stop);
    expect(steps[0]).toMatch(/^2024-01-04: 1 of 4 partitions have new columns; about /u);
    const results = await Promise.all(beside);
    expect(idsOf((results[3] as { readonly events: readonly { readonly ID: string }[] }).events)).toEqual([
      "2024-01-04",
      "2024-01-03",
    ]);
    expect(await typeOf("events")).toBe("bigint");
    const report = await storage().databaseCreate({ onProgress: (step) => steps.push(step) });
    expect(report).toMatchObject({
      version: latestVersion(),
      changes: expect.arrayContaining(["migrated to version 4: counts of 64 bits"]) as unknown,
    });
    expect(steps.slice(2).map((step) => step.split(":")[0])).toEqual([
      "2024-01-02",
      "2024-01-01",
      ...DAYS.toReversed(),
      "default partition",
    ]);
    expect([await typeOf("events"), await typeOf("events_20240101")]).toEqual(["numeric", "numeric"]);
    expect([await namesOf("{r,p}"), await namesOf("{i,I}")]).toEqual(before);
    expect(await checkConsistency(storage())).toBe(DAYS.length + 3);
    expect((await storage().verify()).problems).toEqual([]);
    const sums = await storage().query("select sum(byte_count)::int as sum from events");
    expect(sums.rows[0]?.["sum"]).toBe(1_000 + 2_000 + 3_000 + 7 + 10);
    expect((await storage().databaseCreate()).changes).toEqual([]);
  });

  it("gets new columns and names in one spelling, read again from the events, and resumed", async () => {
    await storage().insertEvents([
      eventAt("attached", secondsAfterNoon(1, "2024-01-02"), {
        Attach: [{ Type: ["Malware"] }, { Type: ["Note"] }],
        AltNames: ["other"],
        Node: [{ Name: "CZ.Cesnet.Hugo." }],
        Source: [
          { MAC: ["001B.4411.3AB7"], Email: ["User@Example.ORG"] },
          { Hostname: ["WWW.Example.org."] },
        ],
      }),
      counted("2024-01-03", "unread", 1),
    ]);
    await storage().query(
      "update events set source_hostname = '{WWW.Example.org.}', source_elements = null, alt_name = null",
    );
    await storage().query(
      "update events set node_name = '{CZ.Cesnet.Hugo.}', source_mac = '{001B.4411.3AB7}' where id = 'attached'",
    );
    await storage().query(
      "update event_json set event = '\\x007b' where seq = (select seq from events where id = 'unread')",
    );
    await storage().refresh();
    expect(await storage().distinctValues("node.name")).toContain("CZ.Cesnet.Hugo.");
    await storage().query(
      "alter table events drop column attach_count, drop column attach_elements, drop column impact",
    );
    await storage().query("alter table events_thresholded drop column istarget");
    await storage().query("delete from eventstore_schema where version >= 5");
    await storage().query("comment on table events_20240102 is null");
    const { statements = [] } = await storage().databaseCreate({ dryRun: true });
    expect(statements.filter((sql) => sql.includes("changed as (update"))).toHaveLength(1);
    const steps: string[] = [];
    const { changes } = await storage().databaseCreate({ onProgress: (step) => steps.push(step) });
    expect(changes.map((change) => change.split(":")[0])).toEqual([
      "migrated to version 5",
      "migrated to version 6",
      "created column events_thresholded.istarget",
    ]);
    expect(steps).toEqual(["2024-01-02: 1 of 1 partitions are read again"]);
    const other = await open();
    for (const filter of [
      "node.name = cz.cesnet.hugo and alt_name = other",
      'source has (mac = "00-1b-44-11-3a-b7" and email = "User@example.org")',
      "source.hostname = www.example.org and count(attach) = 2",
    ])
      expect(idsOf((await other.searchEvents({ filter })).events), filter).toEqual(["attached"]);
    const names = await other.distinctValues("node.name");
    expect([names.includes("cz.cesnet.hugo"), names.includes("CZ.Cesnet.Hugo.")]).toEqual([true, false]);
    expect(await other.fetchEvent("attached")).toMatchObject({ Node: [{ Name: "CZ.Cesnet.Hugo." }] });
    await other.query("delete from event_json where seq = (select seq from events where id = 'unread')");
    await other.deleteEvent("unread");
    expect((await other.verify()).problems).toEqual([]);
  });

  it("gets a missing index partition by partition", async () => {
    await storage().query("drop index events_severity_idx");
    const steps: string[] = [];
    const { changes } = await storage().databaseCreate({ onProgress: (step) => steps.push(step) });
    expect(changes.map((change) => change.split(":")[0])).toEqual(["created index events_severity_idx"]);
    expect(steps).toContain("created index events_severity_idx_20240103");
    expect((await storage().verify()).problems).toEqual([]);
  });
});
