/** Releases of different age on one store, and stores that are brought forward. */
import { expect, it } from "vitest";
import { latestVersion } from "../../../compiler/schema/migrations.js";
import { describeStores, eventAt, secondsAfterNoon } from "./support.js";

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
