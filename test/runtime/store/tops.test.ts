import { beforeEach, expect, it } from "vitest";
import type { CatalogueNames, EventOperations, EventStorage } from "../../../runtime/store/index.js";
import { describeStores, emptyStore, eventAt, seededRandom, withSeverity, type Suite } from "./support.js";

/** True of all events, which nothing counts in advance. */
const SCAN = 'id != "nothing has this"';
/** Of fields whose combinations are counted by the day, with parts of days. */
const COMBINED = [
  "severity >= medium",
  "category under Recon",
  "not (category = Test or severity missing)",
  "count(category) > 1 xor source.type = Botnet",
  "detect_time >= 2024-05-02T06:30:00Z",
  "detect_time in 2024-05-01T13:00:00Z..2024-05-05T00:00:00Z and severity = low",
  "detect_time < 2024-05-03 and category in [Test, Recon.Scanning]",
];
const FIELDS = ["source.ip", "target.ip", "source.port", "target.port", "source.hostname", "source.asn"];

describeStores("lists of the most frequent values", ({ storage, open, engine }: Suite) => {
  const random = seededRandom(engine === "ip4r" ? 11 : 12);
  const below = (limit: number): number => Math.floor(random() * limit);
  /** Small numbers are frequent, as in life. */
  const skewed = (limit: number): number => Math.floor(limit ** random()) - 1;
  const several = <T>(most: number, make: () => T): readonly T[] =>
    Array.from({ length: below(most + 1) }, make);
  let serial = 0;
  let turn = 0;

  const address = (): string => {
    const host = skewed(60);
    const forms = [`10.0.0.${host}`, `10.0.0.${host}`, `10.0.${host}.0/24`, `10.1.0.${host}-10.1.1.7`];
    return forms[below(forms.length)]!;
  };
  const side = () => ({
    IP4: several(2, address),
    IP6: several(1, () => `2001:db8::${skewed(30).toString(16)}`),
    Port: several(3, () => 20 + skewed(40)),
    Hostname: several(1, () => `h${skewed(20)}.example`),
    ASN: several(1, () => 4_200_000_000 + skewed(15)),
  });
  const DAYS = 8;
  /** Some days have many events and some few; the sources of the second half are others. */
  const randomEvent = () => {
    const day = Math.min(below(DAYS), below(DAYS));
    const time = Date.parse("2024-05-01") + day * 86_400_000 + below(86_400_000);
    return eventAt(`t${serial++}`, new Date(time).toISOString(), {
      Category: several(2, () => ["Test", "Other", "Recon.Scanning"][below(3)]!),
      ...(below(4) > 0 ? withSeverity(["low", "medium", "high"][below(3)]!) : {}),
      Source: [{ ...side(), Type: several(1, () => "Botnet") }],
      Target: [side(), side()],
    });
  };
  const events = (count: number) => Array.from({ length: count }, randomEvent);

  async function compare(store: EventOperations<CatalogueNames>, limits = [1, 4, 25, 1000]): Promise<void> {
    for (const by of FIELDS)
      for (const limit of limits) {
        const options = { by, limit, remainder: true };
        const listed = await store.aggregateEvents(options);
        expect(listed, `${by}, ${limit}`).toEqual(await store.aggregateEvents({ ...options, filter: SCAN }));
      }
    await compareCombined(store);
    const summary = { by: FIELDS, limit: 3, remainder: true };
    expect(await store.summarizeEvents(summary)).toEqual(
      await store.summarizeEvents({ ...summary, filter: SCAN }),
    );
  }

  /** What a filter on combined fields finds, beside the same from a scan. */
  async function compareCombined(store: EventOperations<CatalogueNames>): Promise<void> {
    // Each in its turn, as there are many rounds.
    for (const filter of [COMBINED[turn++ % COMBINED.length]!, COMBINED[turn++ % COMBINED.length]!]) {
      const scan = `(${filter}) and ${SCAN}`;
      const by = [FIELDS[below(FIELDS.length)]!, "category", "node.name"];
      const summary = { by, limit: 1 + below(6), remainder: true };
      expect(await store.summarizeEvents({ ...summary, filter }), `${filter} by ${by[0]}`).toEqual(
        await store.summarizeEvents({ ...summary, filter: scan }),
      );
      expect(await store.countEvents({ filter }), filter).toBe(await store.countEvents({ filter: scan }));
      const split = [undefined, "severity", "source.type"][below(3)];
      const timeZone = ["Europe/Prague", "Asia/Kathmandu"][turn % 2]!;
      const line = { by: split, limit: 2, step: "7h", timeZone };
      expect(await store.timelineEvents({ ...line, filter }), `${filter} by ${split}`).toEqual(
        await store.timelineEvents({ ...line, filter: scan }),
      );
    }
  }

  beforeEach(async () => {
    await emptyStore(storage());
  });

  it.each([1, 5, 1000])(
    "of %i values show what a scan shows: with late events, deletes, retention and days that come again",
    async (top) => {
      await storage().insertEvents(events(250));
      await compare(storage());
      await storage().refresh({ top });
      await compare(storage());
      await storage().insertEvents(events(3));
      await compare(storage());
      expect(await storage().deleteEvents({ filter: "source.port = 20" })).toBeGreaterThan(10);
      await compare(storage(), [4]);
      await storage().refresh({ top });
      await compare(storage());
      await storage().tableCleanup("events", "detect_time", new Date("2024-05-03T12:30:00Z"));
      await compare(storage(), [4]);
      await storage().insertEvents(events(60));
      await storage().refresh({ top });
      await compare(storage());
    },
  );

  it("are not taken for those of a day that was dropped and filled again to the same version", async () => {
    const filled = (port: number) =>
      [1, 2, 3].map((number) =>
        eventAt(`${port}-${number}`, "2024-05-01T10:00:00Z", {
          Target: [{ Port: [port] }],
          Category: [`C${port}`],
        }),
      );
    const tops = async () =>
      Promise.all(
        ["target.port", "category"].map(async (by) =>
          (await storage().aggregateEvents({ by })).map(({ value }) => value),
        ),
      );
    await storage().insertEvents(filled(22));
    await storage().refresh();
    expect(await storage().tableCleanup("events", "detect_time", new Date("2024-05-02T00:00:00Z"))).toBe(3);
    expect(await tops()).toEqual([[], []]);
    await storage().insertEvents(filled(80));
    expect(await tops()).toEqual([[80], ["C80"]]);
    await storage().refresh();
    expect(await tops()).toEqual([[80], ["C80"]]);
    const { rows } = await storage().query(
      "select distinct value from event_rollups where dimension = 'category'",
    );
    expect(rows).toEqual([{ value: "C80" }]);
  });

  it("tell the usual top by one statement, and rare ones by counting them where no list has them", async () => {
    const statements: string[] = [];
    const store = await open({ onEvent: ({ operation }) => statements.push(operation) });
    const looks = async (limit: number): Promise<number> => {
      statements.length = 0;
      await store.aggregateEvents({ by: "source.ip", limit });
      return statements.length;
    };
    const from = (day: number, host: number, times: number) =>
      Array.from({ length: times }, () =>
        eventAt(`s${serial++}`, `2024-05-0${day}T10:00:00Z`, { Source: [{ IP4: [`10.0.0.${host}`] }] }),
      );
    // Host 1 is frequent on all days, host 2 on the first only: it is in one list, and on the other day below the host of that day.
    await store.insertEvents([
      ...from(1, 1, 30),
      ...from(1, 2, 20),
      ...from(1, 3, 1),
      ...from(2, 1, 30),
      ...from(2, 4, 3),
      ...from(2, 2, 2),
    ]);
    await store.refresh({ top: 2 });
    expect(await looks(1)).toBe(1);
    expect(await looks(2)).toBe(2);
    expect(await store.aggregateEvents({ by: "source.ip", limit: 2 })).toEqual([
      { value: "10.0.0.1", count: 60 },
      { value: "10.0.0.2", count: 22 },
    ]);
    // Late events make a day stale: it is scanned.
    await store.insertEvents(from(2, 4, 40));
    expect(await store.aggregateEvents({ by: "source.ip", limit: 2 })).toEqual([
      { value: "10.0.0.1", count: 60 },
      { value: "10.0.0.4", count: 43 },
    ]);
  });

  it("are the same while others insert, delete and refresh", async () => {
    const [writer, refresher] = [await open(), await open()];
    await storage().insertEvents(events(200));
    const state = { stopped: false };
    const writing = (async () => {
      for (let round = 0; round < 10; round++) {
        await writer.insertEvents(events(15));
        await writer.deleteEvents({ filter: `target.port = ${20 + round}` });
      }
    })().finally(() => {
      state.stopped = true;
    });
    const refreshing = (async () => {
      while (!state.stopped) await refresher.refresh({ top: 4 });
    })();
    let checks = 0;
    const checking = (async (reader: EventStorage) => {
      while (!state.stopped) {
        // One snapshot for both readings.
        await reader.transaction((inner) => compare(inner, [2, 6]), {
          isolation: "repeatable read",
          readOnly: true,
        });
        checks++;
      }
    })(storage());
    await Promise.all([writing, refreshing, checking]);
    expect(checks).toBeGreaterThan(0);
    await refresher.refresh({ top: 4 });
    await compare(storage());
  });

  it("are of a length that makes sense", async () => {
    for (const top of [0, 1.5, Number.NaN, 100_001])
      await expect(storage().refresh({ top })).rejects.toThrow(/top is a whole number from 1 to 100000/);
  });
});
