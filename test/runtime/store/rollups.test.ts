import fc from "fast-check";
import { expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import type { Field, StoredField } from "../../../compiler/catalogue/model.js";
import { eventToRow, type EventRow } from "../../../runtime/events/row.js";
import type { CatalogueNames, EventStorage } from "../../../runtime/store/index.js";
import { ideaEvents } from "../../testing/index.js";
import { describeStores, emptyStore, eventAt, seededRandom, withSeverity, type Suite } from "./support.js";

function storedField(name: string): StoredField {
  const field = IDEA_CATALOGUE.fields.find((candidate) => candidate.name === name);
  if (field?.kind !== "stored") throw new Error(`${name} is no stored field`);
  return field;
}

describeStores("roll-ups", ({ storage, open, engine }: Suite) => {
  const random = seededRandom(engine === "ip4r" ? 1 : 2);
  const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  let serial = 0;
  const randomEvent = () =>
    eventAt(
      `r${serial++}`,
      new Date(Date.parse("2024-05-01") + Math.floor(random() * 3 * 86_400_000)).toISOString(),
      {
        Category: Array.from({ length: Math.floor(random() * 3) }, () =>
          oneOf(["Test", "Other", "Recon.Scanning"]),
        ),
        Node: Array.from({ length: Math.floor(random() * 3) }, () => ({
          Name: oneOf(["a.b", "c.d"]),
          Type: ["Relay"],
        })),
        Target: [{ Port: Array.from({ length: Math.floor(random() * 3) }, () => oneOf([22, 80])) }],
        ...(random() < 0.5 ? withSeverity(oneOf(["low", "high"])) : {}),
      },
    );

  /** Whatever can come from roll-ups, beside the same from a scan, which a filter that is true of all forces. */
  async function compare(store: EventStorage<CatalogueNames>): Promise<void> {
    const scan = 'id != "nothing has this"';
    for (const by of ["category", "severity", "node.name", "target.port"]) {
      const options = { by, limit: 2, remainder: true };
      expect(await store.aggregateEvents(options)).toEqual(
        await store.aggregateEvents({ ...options, filter: scan }),
      );
      for (const step of ["1h", "7h", "1d"]) {
        const line = {
          by,
          limit: 2,
          step,
          from: "2024-04-30T00:00:00Z",
          to: "2024-05-05T00:00:00Z",
          timeZone: "Asia/Kolkata",
        };
        const scanned = await store.timelineEvents({ ...line, filter: scan });
        expect(await store.timelineEvents(line)).toEqual(scanned);
        expect(await store.timelineEvents({ ...line, timeZone: "Europe/Prague" })).toEqual(
          await store.timelineEvents({ ...line, timeZone: "Europe/Prague", filter: scan }),
        );
      }
      const values = await store.aggregateEvents({ by, limit: 100, filter: scan });
      const known = values.map(({ value }) => value).filter((value) => value !== null);
      expect(new Set(await store.distinctValues(by))).toEqual(new Set(known));
    }
    // The ends of an axis that nobody gave, in zones whose hours are not those of UTC too.
    for (const timeZone of ["UTC", "Asia/Kolkata", "America/St_Johns"])
      for (const line of [{}, { step: "1h" }, { step: "1d" }, { step: "1w", from: "2024-05-01T10:20:00Z" }])
        expect(await store.timelineEvents({ ...line, timeZone })).toEqual(
          await store.timelineEvents({ ...line, timeZone, filter: scan }),
        );
    for (const test of [
      "category = Test",
      "severity = low",
      "severity in [low, high]",
      'node.name = "a.b"',
      "category in [Test, Other]",
      "category != Test",
      "all category = Test",
      "none category = Test",
      'severity = "LOW"i',
      "severity != low",
    ])
      expect(await store.countEvents({ filter: test })).toBe(
        await store.countEvents({ filter: `${test} and ${scan}` }),
      );
    expect(await store.countEvents()).toBe(await store.countEvents({ filter: scan }));
  }

  it("show what a scan shows: before and after a refresh, with late events, deletes and retention", async () => {
    await storage().insertEvents(Array.from({ length: 400 }, randomEvent));
    await compare(storage());
    expect(await storage().refresh()).toBeGreaterThan(50);
    await compare(storage());
    expect(await storage().refresh()).toBe(0);
    await storage().insertEvents(Array.from({ length: 30 }, randomEvent));
    await compare(storage());
    expect(await storage().deleteEvents({ filter: "category = Other" })).toBeGreaterThan(10);
    await compare(storage());
    expect(await storage().refresh()).toBeGreaterThan(0);
    await compare(storage());
    await storage().tableCleanup("events", "detect_time", new Date("2024-05-02T12:30:00Z"));
    await compare(storage());
    await storage().refresh();
    await compare(storage());
  });

  it("show what a scan shows after a field was marked that those at hand lack", async () => {
    await storage().insertEvents(Array.from({ length: 50 }, randomEvent));
    await storage().refresh();
    await storage().query("delete from event_rollups where dimension = 'severity'");
    await storage().query("update event_rollup_hours set fields = replace(fields, ' severity', '')");
    await compare(storage());
    expect(await storage().refresh()).toBeGreaterThan(0);
    expect(await storage().refresh()).toBe(0);
    await compare(storage());
  });

  it("show what a scan shows after an event came and went in an hour that was computed", async () => {
    await storage().insertEvent(eventAt("come and go", "2024-05-03T10:10:00Z", withSeverity("critical")));
    await storage().refresh();
    expect(await storage().distinctValues("severity")).toContain("critical");
    expect(await storage().deleteEvent("come and go")).toBe(true);
    expect(await storage().distinctValues("severity")).not.toContain("critical");
    await storage().insertEvent(eventAt("come and go", "2024-05-03T10:10:00Z", withSeverity("medium")));
    expect(await storage().countEvents({ filter: "severity = medium" })).toBe(1);
    expect(await storage().countEvents({ filter: "severity = critical" })).toBe(0);
    await compare(storage());
  });

  it("add up for every field, whatever the events: tops, roll-ups and timelines", async () => {
    await emptyStore(storage());
    const sample = fc.sample(ideaEvents(), { numRuns: 80, seed: 5 });
    const events = [...new Map(sample.map((event) => [event["ID"], event])).values()];
    expect((await storage().insertEvents(events)).inserted).toBe(events.length);
    const rows = events.map((event) => eventToRow(event));
    const valuesOf = (field: Field, row: EventRow): ReadonlySet<string> => {
      const parts = field.kind === "stored" ? [field] : field.of.map((name) => storedField(name));
      const values = parts.flatMap(({ column }): readonly unknown[] => {
        const value = row[column] ?? [];
        return Array.isArray(value) ? value : [value];
      });
      return new Set(values.map(String));
    };
    // The store stamps it.
    const fields = IDEA_CATALOGUE.fields.filter(({ name }) => name !== "storage_time");
    const tops = async () => {
      for (const field of fields) {
        const sum = rows.reduce((total, row) => total + valuesOf(field, row).size, 0);
        const without = rows.filter((row) => valuesOf(field, row).size === 0).length;
        const options = { by: field.name, limit: 3, remainder: true };
        const top = await storage().aggregateEvents(options);
        const counted = top.reduce((total, { count }) => total + count, 0);
        expect({ field: field.name, counted }).toEqual({ field: field.name, counted: sum + without });
        expect(top).toEqual(
          await storage().aggregateEvents({ ...options, filter: "detect_time >= 0001-01-02" }),
        );
      }
    };
    await tops();
    await storage().refresh();
    await tops();
    const { total, buckets } = await storage().timelineEvents({ by: "category" });
    expect([total, buckets.reduce((sum, { count }) => sum + count, 0)]).toEqual([
      events.length,
      events.length,
    ]);
  });

  it("tell when they were last brought up to date, also where nothing was stale", async () => {
    await emptyStore(storage());
    await storage().insertEvent(randomEvent());
    expect((await storage().databaseStatus({ brief: true })).lastRefresh).toBeNull();
    await storage().refresh();
    const { lastRefresh } = await storage().databaseStatus({ brief: true });
    expect(Math.abs(Date.now() - lastRefresh!.getTime())).toBeLessThan(600_000);
    expect(await storage().refresh()).toBe(0);
    const again = await storage().databaseStatus({ brief: true });
    expect(again.lastRefresh!.getTime()).toBeGreaterThan(lastRefresh!.getTime());
  });

  it("leave nothing to wait unsorted in the indexes of the days that they are refreshed for", async () => {
    const store = await open();
    const waiting = async (): Promise<unknown> => {
      // Shows how many pages waited, and sorts them.
      const { rows } = await store.query(
        "select coalesce(sum(gin_clean_pending_list(i.indexrelid)), 0)::int as pages from pg_index i " +
          "join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam and a.amname = 'gin' " +
          "join pg_inherits p on p.inhrelid = i.indrelid",
      );
      return rows[0]?.["pages"];
    };
    await store.refresh();
    await store.insertEvent(randomEvent());
    expect(await waiting()).not.toBe(0);
    await store.insertEvent(randomEvent());
    await store.insertEvent(eventAt("outside", "1985-01-01T00:00:00Z"));
    await store.refresh();
    expect(await waiting()).toBe(0);
    await store.deleteEvent("outside");
  });

  it("are the same while others insert, delete and refresh", async () => {
    const [writer, refresher] = [await open(), await open()];
    const state = { stopped: false };
    const work = [
      (async () => {
        for (let round = 0; round < 20; round++) {
          await writer.insertEvents(Array.from({ length: 20 }, randomEvent));
          await writer.deleteEvents({ filter: `id starts with r${50 + round}` });
        }
      })().finally(() => {
        state.stopped = true;
      }),
      ...[refresher, storage()].map(async (store) => {
        while (!state.stopped) await store.refresh();
      }),
    ];
    let checks = 0;
    const checking = (async () => {
      while (!state.stopped) {
        // One snapshot for both readings.
        await storage().transaction(
          async (inner) => {
            const all = await inner.aggregateEvents({ by: "category" });
            expect(all).toEqual(
              await inner.aggregateEvents({ by: "category", filter: 'id != "nothing has this"' }),
            );
            expect(await inner.countEvents()).toBe(
              await inner.countEvents({ filter: 'id != "nothing has this"' }),
            );
          },
          { isolation: "repeatable read", readOnly: true },
        );
        checks++;
      }
    })();
    await Promise.all([...work, checking]);
    expect(checks).toBeGreaterThan(0);
    await storage().refresh();
    await compare(storage());
  });
});
