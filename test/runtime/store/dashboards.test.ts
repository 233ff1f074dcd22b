import { beforeAll, describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import { referenceEvent } from "../events/reference-event.js";
import { describeStores, eventAt, secondsAfterNoon, withSeverity } from "./support.js";
import type { AggregateRow } from "../../../runtime/store/index.js";

/** Rows as pairs, for short expectations. */
const pairs = (rows: readonly AggregateRow[]) => rows.map(({ value, count }) => [value, count]);

describeStores("aggregations", ({ storage }) => {
  beforeAll(async () => {
    await storage().insertEvents([
      eventAt("a", secondsAfterNoon(0), { Category: ["Test", "Recon.Scanning"], ...withSeverity("low") }),
      eventAt("b", secondsAfterNoon(1), { Category: ["Test"], ...withSeverity("high") }),
      eventAt("c", secondsAfterNoon(2), { Category: ["Fraud.Phishing"], ...withSeverity("low") }),
      eventAt("d", secondsAfterNoon(3), {
        Category: ["Abusive.Spam"],
        Source: [{ Port: [22, 25] }, { Port: [22] }],
      }),
      eventAt("e", secondsAfterNoon(4), {
        Category: ["Abusive.Spam"],
        Source: [{ IP4: ["10.0.0.0/8"], Proto: ["tcp"] }],
      }),
      { ...referenceEvent(), ID: "f", DetectTime: secondsAfterNoon(5) },
    ]);
  });

  it("count list values one by one, with ties in the order of the values", async () => {
    expect(pairs(await storage().aggregateEvents({ by: "category" }))).toEqual([
      ["Test", 3],
      ["Abusive.Spam", 2],
      ["Fraud.Phishing", 2],
      ["Recon.Scanning", 1],
    ]);
  });

  it("count events without the field as null, and it last among equals", async () => {
    expect(pairs(await storage().aggregateEvents({ by: "severity" }))).toEqual([
      ["low", 3],
      [null, 2],
      ["high", 1],
    ]);
    const filter = "severity = high or severity missing";
    expect(pairs(await storage().aggregateEvents({ by: "severity", filter }))).toEqual([
      [null, 2],
      ["high", 1],
    ]);
    const equal = await storage().aggregateEvents({ by: "severity", filter: "id in [b, d]" });
    expect(pairs(equal)).toEqual([
      ["high", 1],
      [null, 1],
    ]);
  });

  it("count numbers as numbers, and a value that occurs twice in an event once", async () => {
    expect(pairs(await storage().aggregateEvents({ by: "source.port" }))).toEqual([
      [null, 5],
      [22, 1],
      [25, 1],
    ]);
  });

  it("add the remainder on request", async () => {
    expect(await storage().aggregateEvents({ by: "category", limit: 1, remainder: true })).toEqual([
      { value: "Test", count: 3 },
      { value: null, count: 5, remainder: true },
    ]);
    expect(await storage().aggregateEvents({ by: "category", limit: 4, remainder: true })).toHaveLength(4);
    expect(await storage().aggregateEvents({ by: "category", limit: 1 })).toHaveLength(1);
  });

  it("take aliases and both sides of a host field", async () => {
    const host = await storage().aggregateEvents({ by: "host.type", filter: "id = f" });
    expect(pairs(host)).toEqual([
      ["Backscatter", 1],
      ["CasualIP", 1],
      ["OriginSpam", 1],
      ["Phishing", 1],
    ]);
    expect(await storage().aggregateEvents({ by: "CATEGORY", limit: 1 })).toHaveLength(1);
  });

  it.each([...indexCatalogue(IDEA_CATALOGUE).fields.values()].map(({ name }) => name))(
    "work by %s: rows, roll-ups, filters, summaries, distinct values and pivots agree",
    async (by) => {
      const all = await storage().aggregateEvents({ by, limit: 1000 });
      const scanned = await storage().aggregateEvents({
        by,
        limit: 1000,
        filter: "detect_time >= 1990-01-01",
      });
      expect(scanned).toEqual(all);
      expect(all.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(6);
      // The count of a value is the number of events that have it, whoever asks.
      for (const { value, count } of all.filter((row) => row.value !== null).slice(0, 2))
        expect(
          await storage().countEvents({ filter: `${by} = $value`, args: { value } }),
          String(value),
        ).toBe(count);
      const [top] = await storage().aggregateEvents({ by, limit: 1 });
      const cut = await storage().aggregateEvents({ by, limit: 1, remainder: true });
      const sum = (rows: readonly AggregateRow[]): number =>
        rows.reduce((total, { count }) => total + count, 0);
      expect([cut[0], sum(cut)]).toEqual([top, sum(all)]);
      const { total, panels } = await storage().summarizeEvents({ by: [by], limit: 1000 });
      expect(total).toBe(6);
      expect(panels[by]).toEqual(all);
      const distinct = await storage().distinctValues(by);
      const values = all.map(({ value }) => value).filter((value) => value !== null);
      expect(new Set(distinct)).toEqual(new Set(values));
      expect(distinct).toHaveLength(values.length);
      const pivot = await storage().pivotEvents({ row: by, column: "severity", limit: 1000 });
      expect(pivot.rows.map(({ value }) => value)).toEqual(all.map(({ value }) => value));
      const line = await storage().timelineEvents({ by, step: "1d", limit: 1000 });
      expect(line.total).toBe(6);
      expect(line.values).toEqual(all);
    },
  );

  it("summarise several fields in one result each", async () => {
    const by = ["category", "severity", "source.port", "node.name"];
    const filter = "detect_time >= 2024-05-01";
    const { total, panels } = await storage().summarizeEvents({ by, filter, limit: 2, remainder: true });
    expect(total).toBe(6);
    for (const name of by)
      expect(panels[name]).toEqual(
        await storage().aggregateEvents({ by: name, filter, limit: 2, remainder: true }),
      );
    const none = await storage().summarizeEvents({ by, filter: "id = none" });
    expect(none).toEqual({ total: 0, panels: Object.fromEntries(by.map((name) => [name, []])) });
  });

  it("give the least and the greatest value", async () => {
    expect(await storage().searchColumnWith("detect_time")).toEqual(new Date(secondsAfterNoon(0)));
    expect(await storage().searchColumnWith("detect_time", "max")).toEqual(new Date(secondsAfterNoon(5)));
    expect(await storage().searchColumnWith("id", "max")).toBe("f");
    expect(await storage().searchColumnWith("conn_count")).toBeNull();
    expect(await storage().searchColumnWith("create_time", "max")).toBeNull();
  });
});

describeStores("pivots", ({ storage }) => {
  /** Counts of severity by category, as many events each. */
  const TABLE = [
    ["low", "Recon.Scanning", 30],
    ["low", "Abusive.Spam", 10],
    ["high", "Recon.Scanning", 5],
    ["high", "Abusive.Spam", 15],
  ] as const;

  beforeAll(async () => {
    await storage().insertEvents(
      TABLE.flatMap(([name, category, count]) =>
        Array.from({ length: count }, (_, index) =>
          eventAt(`${name}-${category}-${index}`, secondsAfterNoon(index), {
            Category: [category],
            ...withSeverity(name),
          }),
        ),
      ),
    );
  });

  it("count events, whatever the number of values of each", async () => {
    // By hand: 3 events, 2 with severity low; a has both ports, b one, c none.
    await storage().transaction(async (inner) => {
      await inner.insertEvents([
        eventAt("a", secondsAfterNoon(1), {
          Category: ["Other"],
          Source: [{ Port: [1, 2] }],
          ...withSeverity("info"),
        }),
        eventAt("b", secondsAfterNoon(2), {
          Category: ["Other"],
          Source: [{ Port: [1] }],
          ...withSeverity("info"),
        }),
        eventAt("c", secondsAfterNoon(3), { Category: ["Other"], ...withSeverity("critical") }),
      ]);
      const filter = "category = Other";
      const pivot = { filter, row: "severity", column: "source.port", residuals: true } as const;
      const { rows, columns, cells, total } = await inner.pivotEvents(pivot);
      expect(total).toBe(3);
      expect(pairs(rows)).toEqual([
        ["info", 2],
        ["critical", 1],
      ]);
      expect(pairs(columns)).toEqual([
        [1, 2],
        [2, 1],
        [null, 1],
      ]);
      // O 2, E 2·2/3, each of the factors 1 − 2/3.
      const [first] = cells;
      expect(first).toMatchObject({ row: "info", column: 1, count: 2 });
      expect(first?.residual).toBeCloseTo((2 - 4 / 3) / Math.sqrt((4 / 3) * (1 / 3) * (1 / 3)), 10);
      await inner.deleteEvents({ filter });
    });
  });

  it("have adjusted residuals", async () => {
    const { rows, columns, cells, total } = await storage().pivotEvents({
      row: "severity",
      column: "category",
      residuals: true,
    });
    expect(total).toBe(60);
    expect(pairs(rows)).toEqual([
      ["low", 40],
      ["high", 20],
    ]);
    expect(pairs(columns)).toEqual([
      ["Recon.Scanning", 35],
      ["Abusive.Spam", 25],
    ]);
    // By hand: expected 40·35/60 = 23.33, 40·25/60 = 16.67, 20·35/60 = 11.67, 20·25/60 = 8.33.
    // Each divided by √(E (1 − r/n) (1 − c/n)): 23.33 · 1/3 · 25/60 = 3.2407, and the same for all four cells of such a table.
    const adjusted = 6.6666667 / Math.sqrt((23.3333333 * (1 / 3) * 25) / 60);
    const expected = [
      ["low", "Recon.Scanning", 30, adjusted],
      ["low", "Abusive.Spam", 10, -adjusted],
      ["high", "Recon.Scanning", 5, -adjusted],
      ["high", "Abusive.Spam", 15, adjusted],
    ] as const;
    expect(cells.map(({ row, column, count }) => [row, column, count])).toEqual(
      expected.map(([row, column, count]) => [row, column, count]),
    );
    expected.forEach(([, , , residual], index) => expect(cells[index]?.residual).toBeCloseTo(residual, 6));
    expect(adjusted).toBeCloseTo(3.7033, 4);
  });

  it("have adjusted residuals where Pearson's alone would be half of them", async () => {
    const pairsOf = (count: number, severity: string, category: string) =>
      Array.from({ length: count }, (_, index) =>
        eventAt(`${severity} ${category} ${index}`, secondsAfterNoon(index, "2024-06-01"), {
          Category: [category],
          ...withSeverity(severity),
        }),
      );
    await storage().insertEvents([
      ...pairsOf(110, "low", "Recon.Scanning"),
      ...pairsOf(72, "high", "Recon.Scanning"),
      ...pairsOf(114, "high", "Abusive.Spam"),
    ]);
    const filter = "detect_time >= 2024-06-01";
    const { cells } = await storage().pivotEvents({
      row: "severity",
      column: "category",
      residuals: true,
      filter,
    });
    const cell = cells.find(({ row, column }) => row === "low" && column === "Recon.Scanning");
    expect(cell?.count).toBe(110);
    expect(cell?.residual).toBeCloseTo(10.4713, 4);
    await storage().deleteEvents({ filter });
  });

  it("show pairs that never occur, cut each axis, and leave residuals out unless asked", async () => {
    await storage().insertEvent(eventAt("alone", secondsAfterNoon(0), { Category: ["Other"] }));
    const { cells, total } = await storage().pivotEvents({ row: "severity", column: "category" });
    expect(total).toBe(61);
    expect(cells).toHaveLength(9);
    expect(cells).toContainEqual({ row: null, column: "Other", count: 1 });
    expect(cells).toContainEqual({ row: "low", column: "Other", count: 0 });
    const cut = await storage().pivotEvents({
      row: "severity",
      column: "category",
      limit: 1,
      residuals: true,
    });
    expect(cut.cells).toHaveLength(1);
    expect(cut.cells[0]).toMatchObject({ row: "low", column: "Recon.Scanning", count: 30 });
    // The totals are those of the uncut table.
    expect(cut.cells[0]?.residual).toBeCloseTo(
      (30 - (40 * 35) / 61) / Math.sqrt(((40 * 35) / 61) * (1 - 40 / 61) * (1 - 35 / 61)),
      9,
    );
    expect(await storage().pivotEvents({ row: "severity", column: "category", filter: "id = x" })).toEqual({
      rows: [],
      columns: [],
      cells: [],
      total: 0,
    });
  });
});

describeStores("dashboards of an empty store", ({ storage }) => {
  it("are empty", async () => {
    for (const filter of ["", "severity = low"]) {
      expect(await storage().aggregateEvents({ by: "category", filter, remainder: true })).toEqual([]);
      expect(await storage().summarizeEvents({ by: ["category", "source.ip"], filter })).toEqual({
        total: 0,
        panels: { category: [], "source.ip": [] },
      });
      expect(await storage().pivotEvents({ row: "category", column: "severity", filter })).toMatchObject({
        cells: [],
        total: 0,
      });
    }
    expect(await storage().distinctValues("category")).toEqual([]);
    expect(await storage().searchColumnWith("detect_time")).toBeNull();
    expect(await storage().refresh()).toBe(0);
    expect(await storage().watchdogEvents(3600)).toBe(false);
  });

  it("say what is wrong with a field, a limit or an order", async () => {
    const refused = async (call: () => Promise<unknown>, message: RegExp) => {
      await expect(call()).rejects.toMatchObject({ name: "DataError" });
      await expect(call()).rejects.toThrow(message);
    };
    await refused(() => storage().aggregateEvents({ by: "categry" }), /unknown field "categry".*category/);
    await refused(() => storage().aggregateEvents({ by: "category'; --" }), /unknown field/);
    await refused(() => storage().aggregateEvents({ by: "category", limit: 0 }), /1 to 10000/);
    await refused(() => storage().aggregateEvents({ by: "category", limit: Number.NaN }), /1 to 10000/);
    await refused(() => storage().summarizeEvents({ by: [] }), /1 to 64 fields/);
    await refused(() => storage().pivotEvents({ row: "severty", column: "category" }), /severity/);
    await refused(() => storage().distinctValues("node.nam"), /node.name/);
    await refused(() => storage().searchColumnWith("detecttim"), /detect_time/);
    await refused(() => storage().searchColumnWith("category"), /no least or greatest/);
    await refused(() => storage().searchColumnWith("id", "avg" as "min"), /aggregate is one of min, max/);
    await refused(() => storage().watchdogEvents(Number.NaN), /number of seconds/);
  });
});

describe("the fields of the catalogue", () => {
  it("are many", () => {
    expect(indexCatalogue(IDEA_CATALOGUE).fields.size).toBeGreaterThan(50);
  });
});
