import { describe, expect, it } from "vitest";
import type { TimeBounds } from "../../../compiler/time-bounds.js";
import type { Partition } from "../../../runtime/store/search/days.js";
import { RECENT_ROWS } from "../../../runtime/store/search/page-statements.js";
import { isRare, stepsOverDays, type SearchRange } from "../../../runtime/store/search/steps.js";
import { stepStatement, type StepShapes } from "../../../runtime/store/search/step-shapes.js";
import { searchEvents, searchEventsAfter } from "../../../generated/statements.js";

const DAY = 86_400_000_000n;
const OPEN: TimeBounds = { from: null, to: null };

/** The partitions of days `count - 1` … 0, with this many rows each, and the default one. */
const partitions = (count: number, rows: (day: number) => number): readonly Partition[] => [
  ...Array.from({ length: count }, (_, index): Partition => {
    const day = count - 1 - index;
    const from = BigInt(day) * DAY;
    return { name: `day${day}`, json: `json${day}`, day: { from, to: from + DAY }, rows: rows(day) };
  }),
  { name: "default", json: "json_default", day: null, rows: 0 },
];

const newest = (bounds: TimeBounds = OPEN, after: SearchRange["after"] = null): SearchRange => ({
  bounds,
  after,
  descending: true,
});
const names = (tables: readonly { readonly name: string }[]) => tables.map(({ name }) => name);

describe("the steps of a search", () => {
  it.each([null, "recent", "days", "far"] as const)(
    "name every day once, in order, and the default partition in the first step only (hint: %s)",
    (hint) => {
      for (const count of [0, 1, 8, 9, 30, 400])
        for (const descending of [true, false]) {
          const steps = stepsOverDays(
            partitions(count, () => RECENT_ROWS),
            { ...newest(), descending },
            hint,
          );
          const days = Array.from({ length: count }, (_, day) => `day${descending ? count - 1 - day : day}`);
          const byIndex = steps.filter((step) => !step.recentOnly);
          expect(names(byIndex.flatMap((step) => step.days))).toEqual(days);
          expect(steps.map((step) => names(step.outside))).toEqual(
            steps.map((_, index) => (index === 0 ? ["default"] : [])),
          );
        }
    },
  );

  it("are a recent scan alone where it was enough, and none where it was far from that", () => {
    const days = partitions(60, () => RECENT_ROWS);
    const [walk, next] = stepsOverDays(days, newest(), "recent");
    expect([walk.recentOnly, names(walk.recent), names(walk.days)]).toEqual([true, ["day59"], ["day59"]]);
    expect(next?.days[0]?.name).toBe("day59");
    const far = stepsOverDays(days, newest(), "far");
    expect(far.every((step) => step.recent.length === 0)).toBe(true);
    const unknown = stepsOverDays(days, newest(), null);
    expect(far.length).toBeLessThan(unknown.length);
    const [near] = stepsOverDays(days, newest(), "days");
    expect([near.recent, near.days]).toEqual([[], unknown[0].days]);
    expect(
      stepsOverDays(
        partitions(0, () => 0),
        newest(),
        "recent",
      ),
    ).toHaveLength(1);
  });

  it("read all rows where there are few, and nothing else, unless the indexes were better", () => {
    const few = partitions(4, () => RECENT_ROWS / 5);
    const window = newest({ from: 20n * DAY + DAY / 2n, to: 21n * DAY });
    for (const [days, span] of [
      [few, newest()],
      [few, newest(OPEN, { micros: 2n * DAY, id: "x" })],
      [partitions(30, () => 9_000), window],
    ] as const)
      for (const hint of [null, "recent"] as const) {
        const [step, ...further] = stepsOverDays(days, span, hint);
        expect([step.isAll, step.recentOnly, names(step.recent), further]).toEqual([
          true,
          true,
          names(step.days),
          [],
        ]);
        const [byIndex] = stepsOverDays(days, span, "days");
        expect([byIndex.isAll, byIndex.recent, byIndex.few]).toEqual([false, [], step.few]);
      }
    const whole = stepsOverDays(
      partitions(13, () => 1),
      newest(),
      null,
    );
    expect(whole[0].isAll).toBe(false);
    expect(
      stepsOverDays(
        partitions(1, () => RECENT_ROWS),
        newest(),
        null,
      )[0].isAll,
    ).toBe(false);
  });

  it("end a scan where the bounds do", () => {
    const days = partitions(30, () => 2 * RECENT_ROWS);
    const [from, to] = [20n * DAY + 1n, 21n * DAY - 1n];
    const endOf = (bounds: TimeBounds, descending: boolean) =>
      stepsOverDays(days, { bounds, after: null, descending }, null)[0].end;
    expect(endOf({ from, to }, true)).toEqual({ from, to: null });
    expect(endOf({ from, to }, false)).toEqual({ from: null, to });
    expect(endOf({ from: 20n * DAY, to: 21n * DAY }, true)).toBeNull();
    expect(endOf(OPEN, true)).toBeNull();
  });

  it("take an index for what is rare in all that it finds", () => {
    const day = { rows: 1_000, indexed: 30_000, partitions: 1 };
    expect([0, 10, 20].map((found) => isRare(day, found))).toEqual([true, true, false]);
    expect(isRare({ rows: 400, indexed: 400, partitions: 12 }, 0)).toBe(false);
    expect(isRare({ rows: 0, indexed: 0, partitions: 0 }, 0)).toBe(false);
  });

  it("have the same statement whether it was made before or not", () => {
    const days = partitions(40, (day) => (day % 3) * 2_000);
    const memory: StepShapes = new Map();
    const filterOf = (text: string) => (first: number) => ({ text: `${text} = $${first}`, values: [text] });
    for (let round = 0; round < 2; round++)
      for (const hint of [null, "recent", "days", "far"] as const)
        for (const descending of [true, false])
          for (const from of [null, 3n * DAY, 3n * DAY + 1n, 38n * DAY + 5n])
            for (const isKeyed of [true, false])
              for (const texts of [true, false])
                for (const name of ["a", "b"]) {
                  const shape = { sort: "detect_time", descending, ghost: false, texts };
                  const [step] = stepsOverDays(
                    days,
                    { bounds: { from, to: null }, after: null, descending },
                    hint,
                  );
                  const filters = {
                    all: filterOf(name),
                    rows: filterOf("rows"),
                    within: filterOf("c"),
                    span: filterOf("d"),
                  };
                  const asked = { shape, step, isKeyed, filters };
                  const of = (shapes: StepShapes | null) => {
                    const {
                      text,
                      name: hash,
                      encode,
                    } = isKeyed
                      ? stepStatement(searchEventsAfter, asked, shapes)
                      : stepStatement(searchEvents, asked, shapes);
                    return [text, hash, encode({ limit: 1, time: "2024-01-01", id: "x" })];
                  };
                  expect(of(memory)).toEqual(of(null));
                }
    expect(memory.size).toBeGreaterThan(20);
  });

  it("reach four hundred days in few statements", () => {
    expect(
      stepsOverDays(
        partitions(400, () => RECENT_ROWS),
        newest(),
        null,
      ).length,
    ).toBeLessThanOrEqual(15);
  });

  it("read recent rows of as many days as hold them", () => {
    const walked = (rows: (day: number) => number, span = newest()) =>
      names(stepsOverDays(partitions(30, rows), span, null)[0].recent);
    expect(walked(() => RECENT_ROWS)).toEqual(["day29"]);
    expect(walked(() => RECENT_ROWS / 2)).toEqual(["day29", "day28"]);
    // Days made ahead of their time.
    expect(walked((day) => (day > 22 ? 0 : RECENT_ROWS))).toEqual(names(partitions(30, () => 0).slice(0, 8)));
    // A store that was never analysed.
    expect(walked(() => 0)).toHaveLength(12);
  });

  it("count only the part of a day that is left to read", () => {
    const walked = (span: SearchRange) =>
      names(
        stepsOverDays(
          partitions(30, () => 2 * RECENT_ROWS),
          span,
          null,
        )[0].recent,
      );
    expect(walked(newest({ from: null, to: 20n * DAY + 1n }))).toEqual(["day20", "day19"]);
    expect(walked(newest({ from: null, to: 20n * DAY }))).toEqual(["day19"]);
    expect(walked(newest(OPEN, { micros: 20n * DAY + 5n, id: "x" }))).toEqual(["day20", "day19"]);
    expect(walked({ ...newest(OPEN, { micros: 21n * DAY - 5n, id: "x" }), descending: false })).toEqual([
      "day20",
      "day21",
    ]);
  });

  it("begin with the day of the key, whose other events of the same time may be left", () => {
    const first = (micros: bigint, descending: boolean) =>
      stepsOverDays(
        partitions(30, () => RECENT_ROWS),
        {
          ...newest(OPEN, { micros, id: "x" }),
          descending,
        },
        null,
      )[0].days[0]?.name;
    expect(first(20n * DAY, true)).toBe("day20");
    expect(first(20n * DAY, false)).toBe("day20");
    expect(first(20n * DAY - 1n, false)).toBe("day19");
  });

  it("tell the days that lie within the bounds from those that are cut", () => {
    const bounds = { from: 10n * DAY + 1n, to: 13n * DAY };
    const [{ days }] = stepsOverDays(
      partitions(30, () => RECENT_ROWS),
      newest(bounds),
      null,
    );
    expect(days.map(({ name, whole }) => [name, whole])).toEqual([
      ["day12", true],
      ["day11", true],
      ["day10", false],
    ]);
    const [keyed] = stepsOverDays(
      partitions(30, () => RECENT_ROWS),
      newest(bounds, { micros: 12n * DAY + 7n, id: "x" }),
      null,
    );
    expect(keyed.days.map(({ whole }) => whole)).toEqual([true, true, false]);
  });
});
