/** What has to hold between the answers to related questions, whatever the filter. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeEngines, withDatabase, type TestDatabase } from "../support/database.js";
import { filterCalls, filters, ideaEvents, POOL_NOW, type FilterCall } from "../testing/index.js";
import { compileFilter } from "../../compiler/compile.js";
import { openDifferentialStore, searchAllPages, type DifferentialStore } from "./differential-store.js";

/** Percentage of the usual number of runs. */
const SHARE = Number(process.env["PROPERTY_RUNS"] ?? 100) / 100;
const times = (runs: number): number => Math.max(1, Math.round(runs * SHARE));

const events = fc.sample(ideaEvents({ kind: "untidy" }), { numRuns: 100, seed: 7 });

describeEngines("metamorphic", (engine) => {
  let database: TestDatabase;
  let store: DifferentialStore;

  beforeAll(async () => {
    database = await withDatabase(engine);
    store = await openDifferentialStore(database);
    await store.load(events);
  });
  afterAll(async () => {
    await store.close();
    await database.dispose();
  });

  const count = (filter: string, args: FilterCall["args"] = {}): Promise<number> =>
    store.storage.countEvents({ filter, args });

  it("what a filter matches and what its negation matches make up everything", async () => {
    await fc.assert(
      fc.asyncProperty(filterCalls(), async ({ filter, args }) => {
        const [positive, negative] = await Promise.all([count(filter, args), count(`not (${filter})`, args)]);
        expect(positive + negative).toBe(store.stored().length);
      }),
      { numRuns: times(150) },
    );
  });

  it("a conjunction matches a part, De Morgan holds, two negations cancel", async () => {
    const matched = async (filter: string): Promise<readonly string[]> =>
      [
        ...(await searchAllPages(
          store.storage,
          { filter, args: {} },
          { sort: "detect_time.desc", limit: 100 },
        )),
      ].sort();
    await fc.assert(
      fc.asyncProperty(filters(), filters(), async (f, g) => {
        const whole = new Set(await matched(f));
        expect((await matched(`(${f}) and (${g})`)).filter((id) => !whole.has(id))).toEqual([]);
        expect(await matched(`not ((${f}) and (${g}))`)).toEqual(await matched(`not (${f}) or not (${g})`));
        expect(await matched(`(${f}) xor (${g})`)).toEqual(
          await matched(`(${f}) and not (${g}) or not (${f}) and (${g})`),
        );
        expect(await matched(`not not (${f})`)).toEqual([...whole].sort());
      }),
      { numRuns: times(30) },
    );
  });

  it("sizes begin with the first address, grow with what is added and hold what a value holds", async () => {
    const NETWORKS = [
      ["192.0.2.0/28", 16n],
      ["10.0.0.0/8", 2n ** 24n],
      ["2001:db8::/32", 2n ** 96n],
    ] as const;
    const none = async (filter: string): Promise<void> => {
      expect(await count(filter), filter).toBe(0);
    };
    const whole = (size: bigint, ip: string): string =>
      size <= 300n
        ? `all family(${ip}) = 4 and all prefix_len(${ip}) = 32 and count(${ip}) < ${size}`
        : `${ip} missing`;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("source", "target", "host"),
        fc.oneof(
          fc.integer({ min: 1, max: 40 }),
          fc.nat(32).map((bits) => 2 ** bits),
        ),
        async (side, number) => {
          const [ip, size] = [`${side}.ip`, BigInt(number)];
          const atLeast = `size(${ip}) >= ${size}`;
          expect((await count(atLeast)) + (await count(`size(${ip}) < ${size}`))).toBe(store.stored().length);
          await none(`${ip} missing xor size(${ip}) = 0`);
          await none(`${ip} exists xor size(${ip}) > 0`);
          await none(`${atLeast} and size(${ip}) < ${(size + 1n) / 2n}`);
          // What a union covers is no less than what a part of it does, and no more than both together.
          await none(`${atLeast} and size(host.ip) < ${size}`);
          await none(
            `size(host.ip) >= ${2n * size} and size(source.ip) < ${size} and size(target.ip) < ${size}`,
          );
          // Single hosts are no more addresses than there are values; a network is as many as it has.
          await none(`${atLeast} and ${whole(size, ip)}`);
          for (const [network, covered] of NETWORKS)
            await none(`${ip} covers ${network} and size(${ip}) < ${covered}`);
          if (side !== "host") await none(`${side} has (size(ip) >= ${size}) and size(${ip}) < ${size}`);
        },
      ),
      { numRuns: times(8) },
    );
  });

  it("plans with and without indexes find the same", async () => {
    const settings = ["enable_seqscan", "enable_indexscan", "enable_bitmapscan", "enable_indexonlyscan"];
    const idsWith = async (
      on: readonly string[],
      { filter, args }: FilterCall,
    ): Promise<readonly string[]> => {
      for (const name of settings)
        await store.client.query(`set ${name} = ${on.includes(name) ? "on" : "off"}`);
      const { text, values } = compileFilter(filter).sql(args, { now: POOL_NOW });
      const { rows } = await store.client.query<{ id: string }>(
        `select id from events where ${text} order by id`,
        values,
      );
      return rows.map(({ id }) => id);
    };
    await fc.assert(
      fc.asyncProperty(filterCalls(), async (call) => {
        expect(await idsWith(settings.slice(1), call)).toEqual(await idsWith(["enable_seqscan"], call));
      }),
      { numRuns: times(40) },
    );
    for (const name of settings) await store.client.query(`reset ${name}`);
  });

  it("paging while events come in repeats nothing and loses nothing that was there", async () => {
    const late = fc.sample(ideaEvents(), { numRuns: 60, seed: 99 });
    const before = store.stored().map(({ id }) => id);
    const reading = searchAllPages(
      store.storage,
      { filter: "", args: {} },
      { sort: "detect_time.desc", limit: 3 },
    );
    for (const event of late) await store.storage.insertEvent(event, { onConflict: "ignore" });
    const found = await reading;
    expect(new Set(found).size).toBe(found.length);
    const seen = new Set(found);
    expect(before.filter((id) => !seen.has(id))).toEqual([]);
    await store.load(events);
  });

  it("roll-ups show what a scan shows, after any inserts, deletes and refreshes", async () => {
    const spare = fc.sample(ideaEvents(), { numRuns: 40, seed: 3 });
    const steps = fc.array(
      fc.oneof(
        fc.record({
          kind: fc.constant("insert" as const),
          events: fc.subarray(spare, { minLength: 1, maxLength: 8 }),
        }),
        fc.record({ kind: fc.constant("delete" as const), filter: filters() }),
        fc.record({ kind: fc.constant("refresh" as const) }),
      ),
      { minLength: 1, maxLength: 6 },
    );
    // True for every event, but no constant: the roll-ups can't answer it.
    const scanned = 'id != "none"';
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.constantFrom("category", "severity", "node.name", "source.type"),
        async (work, by) => {
          await store.load(events);
          for (const step of work) {
            if (step.kind === "insert") await store.storage.insertEvents(step.events);
            else if (step.kind === "delete")
              await store.storage.deleteEvents({ filter: step.filter, all: true });
            else await store.storage.refresh();
          }
          const { storage } = store;
          expect(await storage.countEvents({})).toBe(await storage.countEvents({ filter: scanned }));
          const aggregate = { by, limit: 10_000 } as const;
          expect(await storage.aggregateEvents(aggregate)).toEqual(
            await storage.aggregateEvents({ ...aggregate, filter: scanned }),
          );
          const timeline = { step: "1d", by, limit: 5 } as const;
          expect(await storage.timelineEvents(timeline)).toEqual(
            await storage.timelineEvents({ ...timeline, filter: scanned }),
          );
        },
      ),
      { numRuns: times(15) },
    );
  });
});
