/** A store in a schema of its own, beside another in the usual one. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openStorage } from "../../../runtime/store/index.js";
import type { EventStorage, StorageOptions } from "../../../runtime/store/types.js";
import { describeEngines, withDatabase, type TestDatabase } from "../../support/database.js";

const NAME = 'Event "store", 100%';
const event = (ID: string): Record<string, unknown> => ({
  Format: "IDEA0",
  ID,
  DetectTime: "2024-05-01T10:00:00Z",
  Category: ["Test"],
});

describeEngines("a schema of its own", (engine) => {
  let database: TestDatabase;
  let usual: EventStorage;
  let own: EventStorage;
  const open = (options: StorageOptions) =>
    openStorage({ connectionString: database.connectionString, ...options });

  beforeAll(async () => {
    database = await withDatabase(engine);
    usual = await open({});
    await usual.databaseCreate();
    await usual.insertEvent(event("usual"));
  });
  afterAll(async () => {
    await own.close();
    await usual.close();
    await database.dispose();
  });

  it.each(["x".repeat(64), "ž".repeat(32), "pg_mine", "information_schema", "$user", "a\u0000b"])(
    "is none of the server's own, nor one that the server would cut short: %j",
    async (schema) => {
      const opening = open({ schema });
      await expect(opening).rejects.toMatchObject({ code: "argument_invalid" });
      await expect(opening).rejects.toThrow(/schema is the name of a schema, of at most 63 bytes/);
    },
  );

  it("is not taken for the next schema of the search path while it has no store", async () => {
    await expect(open({ schema: NAME, missing: "refuse" })).rejects.toThrow(
      'in the schema "Event ""store"", 100%"',
    );
    await expect(open({ schema: NAME, readOnly: true })).rejects.toThrow("There is no store here");
    own = await open({ schema: NAME });
    expect(await own.countEvents()).toBe(0);
  });

  it("keeps its events for itself, whatever its name", async () => {
    await own.insertEvents([
      event("own"),
      event("usual"),
      { ...event("other"), DetectTime: "2024-05-02T10:00:00Z" },
    ]);
    expect(await own.countEvents()).toBe(3);
    expect(await usual.countEvents()).toBe(1);
    expect(await own.deleteEvent("usual")).toBe(true);
    expect(await usual.fetchEvent("usual")).not.toBeNull();
  });

  it("has its upkeep, roles and verification", async () => {
    await own.databaseCreate();
    await own.refresh();
    expect((await own.databaseStatus()).tables.map(({ table }) => table)).toContain("events");
    expect((await own.verify()).problems).toEqual([]);
    await own.indexDrop();
    await own.indexCreate();
    expect((await own.aggregateEvents({ by: "category" }))[0]).toMatchObject({ value: "Test", count: 2 });
    const removed = await own.tableCleanup("events", "detect_time", new Date("2024-05-02T00:00:00Z"));
    expect([removed, await own.countEvents(), await usual.countEvents()]).toEqual([1, 1, 1]);
  });

  it("is opened again, and dropped alone", async () => {
    const again = await open({ schema: NAME, missing: "refuse" });
    expect(await again.countEvents()).toBe(1);
    await again.databaseDrop();
    await again.close();
    expect(await usual.countEvents()).toBe(1);
  });
});
