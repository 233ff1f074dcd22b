import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dayOfDate,
  dayOfMicros,
  dayStart,
  isPartitioned,
  partitionDay,
  partitionName,
} from "../../../compiler/schema/day.js";
import { latestVersion, MIGRATIONS, planMigrations } from "../../../compiler/schema/migrations.js";

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
        expect(partitionDay("events", partitionName("events", day))).toBe(day);
      }),
    );
    expect(partitionName("events", dayOfDate(new Date("2024-01-31T23:59:59Z")))).toBe("events_20240131");
    expect(partitionDay("events", "events_default")).toBeNull();
    expect(partitionDay("event", "events_20240131")).toBeNull();
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
