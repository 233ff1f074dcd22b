/** What a store learns about filters: it changes the statements of a search, never what is found. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { ExecutionEvent } from "../../../runtime/index.js";
import { DataError, type EventStorage, type SearchOptions } from "../../../runtime/store/index.js";
import { describeStores, emptyStore, eventAt, idsOf, secondsAfterNoon } from "./support.js";

const CATEGORIES = ["Recon.Scanning", "Test", "Attempt.Login"] as const;
/** More than the days of the first statement. */
const DAYS = 60;

interface Stored {
  readonly id: string;
  readonly time: string;
  readonly category: (typeof CATEGORIES)[number];
}

type Action =
  | {
      readonly kind: "insert";
      readonly day: number;
      readonly count: number;
      readonly category: Stored["category"];
    }
  | {
      readonly kind: "search";
      readonly category: Stored["category"] | null;
      /** Days before this one only, as bounds of the filter. */
      readonly before: number | null;
      readonly limit: number;
      readonly descending: boolean;
      readonly written: boolean;
    };

const categories = fc.constantFrom(...CATEGORIES);
const actions: fc.Arbitrary<readonly Action[]> = fc.array(
  fc.oneof(
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("insert" as const),
        day: fc.nat(DAYS - 1),
        count: fc.integer({ min: 1, max: 9 }),
        category: categories,
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("search" as const),
        category: fc.option(categories),
        before: fc.option(fc.constantFrom(20, 40, DAYS)),
        limit: fc.integer({ min: 1, max: 5 }),
        descending: fc.boolean(),
        written: fc.boolean(),
      }),
    },
  ),
  { minLength: 5, maxLength: 25 },
);

const dayText = (day: number): string =>
  new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, "2024-01-01".length);

/** Ids in the order of the search; times differ from event to event. */
function expected(
  events: readonly Stored[],
  { category, before, limit, descending }: Action & { kind: "search" },
) {
  const matching = events.filter(
    (event) =>
      (category === null || event.category === category) && (before === null || event.time < dayText(before)),
  );
  const sorted = matching.sort((a, b) => (a.time < b.time ? -1 : 1));
  if (descending) sorted.reverse();
  return sorted.slice(0, limit).map(({ id }) => id);
}

describeStores("searches that are made again", ({ storage, open }) => {
  it("find what the plain condition says, whatever was learnt before", async () => {
    for (let day = 0; day < DAYS; day++)
      await storage().insertEvent(eventAt(`day${day}`, secondsAfterNoon(0, dayText(day))));
    await fc.assert(
      fc.asyncProperty(actions, async (history) => {
        await emptyStore(storage());
        const events: Stored[] = [];
        for (const action of history) {
          if (action.kind === "insert") {
            const added = Array.from({ length: action.count }, (_, index): Stored => {
              const id = `e${events.length + index}`;
              const time = secondsAfterNoon(events.length + index, dayText(action.day));
              return { id, time, category: action.category };
            });
            events.push(...added);
            await storage().insertEvents(
              added.map(({ id, time, category }) => eventAt(id, time, { Category: [category] })),
            );
            continue;
          }
          const { category, before, limit, descending, written } = action;
          const conditions = [
            category === null ? [] : written ? `category = ${category}` : "category = $category",
            before === null ? [] : `detect_time < ${dayText(before)}`,
          ].flat();
          const options: SearchOptions = {
            limit,
            sort: descending ? "detect_time.desc" : "detect_time.asc",
            filter: conditions.join(" and "),
            args: category === null || written ? {} : { category },
          };
          // What the first one has learnt the second one uses.
          for (let time = 0; time < 2; time++)
            expect(idsOf((await storage().searchEvents(options)).events)).toEqual(expected(events, action));
        }
      }),
      { numRuns: 15 },
    );
  });

  it("tell a wrong argument for what it is, whatever it is, and remember nothing long of right ones", async () => {
    const circular: unknown[] = [];
    circular.push(circular);
    for (const id of [Object.create(null), [Object.create(null)], circular, Symbol("id"), () => "id"]) {
      const search = storage().searchEvents({ filter: "id = $id", args: { id } });
      await expect(search).rejects.toBeInstanceOf(DataError);
      await expect(search).rejects.toThrow(/\$id/);
    }
    const ids = Array.from({ length: 10_000 }, (_, index) => `id${index}`);
    for (let time = 0; time < 2; time++)
      expect((await storage().searchEvents({ filter: "id in $ids", args: { ids } })).events).toEqual([]);
  });

  it("take fewer statements where a search of the same filter had to look far, and adapt", async () => {
    await emptyStore(storage());
    const counted: ExecutionEvent[] = [];
    const store = await open({ pool: { max: 1 }, onEvent: (event) => counted.push(event) });
    const statements = async (filter: string): Promise<number> => {
      const before = counted.length;
      await store.searchEvents({ filter, limit: 3 });
      return counted.slice(before).filter(({ operation }) => operation === "searchEvents").length;
    };
    const insert = (day: number, count: number, category: string): Promise<unknown> =>
      storage().insertEvents(
        Array.from({ length: count }, (_, index) =>
          eventAt(`${category}-${day}-${index}`, secondsAfterNoon(index, dayText(day)), {
            Category: [category],
          }),
        ),
      );
    await insert(0, 2, "Test");
    await insert(DAYS - 1, 5, "Recon.Scanning");
    const rare = "category = Test";
    const dense = "category = Recon.Scanning";
    expect(await statements(dense)).toBe(1);
    expect(await statements(dense)).toBe(1);
    const first = await statements(rare);
    expect(first).toBeGreaterThan(1);
    expect(await statements(rare)).toBeLessThan(first);
    // The rare one becomes dense: filled by the first days, then by the recent scan.
    await insert(DAYS - 2, 5, "Test");
    for (let time = 0; time < 3; time++) expect(await statements(rare)).toBe(1);
    // And the dense one goes away: the recent scan is not full any more.
    await deleteAll(storage(), dense);
    expect(await statements(dense)).toBeGreaterThan(1);
    expect(await statements(rare)).toBe(1);
  });
});

async function deleteAll(storage: EventStorage, filter: string): Promise<void> {
  await storage.deleteEvents({ filter });
}
