import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dayOfDate,
  dayOfMicros,
  dayStart,
  isPartitioned,
  freeSpan,
  oneDay,
  parseBounds,
  partitionName,
  partitionSpan,
  widthSpan,
  type DaySpan,
} from "../../../compiler/schema/day.js";
import { latestVersion, MIGRATIONS, planMigrations } from "../../../compiler/schema/migrations.js";

const WIDTHS = ["day", "week", "month"] as const;

describe("days", () => {
  it("agree between dates and microseconds, before 1970 too", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        expect(dayOfMicros(BigInt(date.getTime()) * 1000n)).toBe(dayOfDate(date));
      }),
    );
    expect(dayOfMicros(-1n)).toBe(-1);
    expect(dayOfMicros(0n)).toBe(0);
  });

  it("are read back from the names of partitions", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (day) => {
        for (const width of WIDTHS) {
          const span = widthSpan(day, width);
          expect(partitionSpan("events", partitionName("events", span))).toEqual(span);
        }
      }),
    );
    const day = dayOfDate(new Date("2024-01-31T23:59:59Z"));
    expect(partitionName("events", oneDay(day))).toBe("events_20240131");
    expect(partitionName("events", widthSpan(day, "week"))).toBe("events_20240129_7");
    expect(partitionName("events", widthSpan(day, "month"))).toBe("events_20240101_31");
    expect(partitionSpan("events", "events_default")).toBeNull();
    expect(partitionSpan("event", "events_20240131")).toBeNull();
  });

  it("lie in one span of each width, which leaves out what others hold", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 7_000, max: 30_000 }),
        fc.constantFrom(...WIDTHS),
        fc.array(fc.tuple(fc.integer({ min: 6_900, max: 30_100 }), fc.constantFrom(...WIDTHS)), {
          maxLength: 9,
        }),
        (day, width, others) => {
          const span = widthSpan(day, width);
          expect(span.from <= day && day < span.to).toBe(true);
          for (const at of [span.from, span.to - 1]) expect(widthSpan(at, width)).toEqual(span);
          const taken: DaySpan[] = [];
          for (const [other, otherWidth] of others) {
            const free = freeSpan(widthSpan(other, otherWidth), other, taken);
            if (free !== null) taken.push(free);
          }
          const free = freeSpan(span, day, taken);
          const isTaken = taken.some(({ from, to }) => from <= day && day < to);
          expect(free === null).toBe(isTaken);
          if (free === null) return;
          expect(free.from <= day && day < free.to && free.from >= span.from && free.to <= span.to).toBe(
            true,
          );
          for (const { from, to } of taken) expect(to <= free.from || from >= free.to).toBe(true);
        },
      ),
    );
  });

  it("are read from the bounds that the server prints", () => {
    expect(parseBounds("FOR VALUES FROM ('2024-01-31 00:00:00+00') TO ('2024-02-01 00:00:00+00')")).toEqual({
      from: BigInt(Date.UTC(2024, 0, 31)) * 1000n,
      to: BigInt(Date.UTC(2024, 1, 1)) * 1000n,
    });
    expect(parseBounds("FOR VALUES FROM (MINVALUE) TO ('2024-02-01 00:00:00+00')")?.from).toBeNull();
    for (const other of ["DEFAULT", "FOR VALUES IN (1)", "FOR VALUES FROM ('a') TO ('b')"])
      expect(parseBounds(other)).toBeNull();
  });

  it("get a partition from 1990 to a week ahead", () => {
    const now = new Date("2024-05-01T12:00:00Z");
    const day = (text: string) => dayOfDate(new Date(text));
    expect(isPartitioned(day("1990-01-01"), now)).toBe(true);
    expect(isPartitioned(day("1989-12-31"), now)).toBe(false);
    expect(isPartitioned(day("2024-05-08T23:59Z"), now)).toBe(true);
    expect(isPartitioned(day("2024-05-09"), now)).toBe(false);
    expect(dayStart(day("2024-05-09")).toISOString()).toBe("2024-05-09T00:00:00.000Z");
  });
});

describe("planMigrations", () => {
  const migrations = [1, 2, 3].map((version) => ({
    version,
    description: `${version}`,
    statements: () => [],
  }));

  it("creates, migrates and refuses", () => {
    expect(planMigrations(null, migrations)).toEqual({ kind: "create", version: 3 });
    expect(planMigrations(1, migrations)).toMatchObject({
      kind: "migrate",
      from: 1,
      migrations: [{ version: 2 }, { version: 3 }],
    });
    expect(planMigrations(3, migrations)).toMatchObject({ kind: "migrate", migrations: [] });
    expect(planMigrations(4, migrations)).toEqual({ kind: "refuse", found: 4, known: 3 });
  });

  it("counts versions from 1 without gaps", () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, position) => position + 1));
    expect(latestVersion()).toBe(MIGRATIONS.length);
  });
});
