import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DataError,
  QueryCanceledError,
  StorageConnectionError,
  isConnectionLoss,
  isItemError,
} from "../../../runtime/postgres/errors.js";
import { runBulk } from "../../../runtime/postgres/bulk.js";
import type { BulkOptions, Outcome } from "../../../runtime/postgres/bulk.js";

/** Odd items can't be encoded, those divisible by 10 are refused by the store, which keeps the rest. */
function store(overrides: Partial<BulkOptions<number, number, string>> = {}) {
  const stored = new Set<number>();
  const options: BulkOptions<number, number, string> = {
    prepare: (item, index) =>
      item % 2 === 0
        ? { kind: "encoded", value: item, bytes: 8 }
        : { kind: "rejected", rejection: `${index}: odd` },
    send: async (batch) => {
      await Promise.resolve();
      const bad = batch.find((item) => item % 10 === 0);
      if (bad !== undefined) throw new DataError(`refused ${bad}`);
      return batch.map((item): Outcome<string> => {
        const kind = stored.has(item) ? "duplicate" : "inserted";
        stored.add(item);
        return { kind };
      });
    },
    refuse: (error, index) => (isItemError(error) ? `${index}: refused` : null),
    replay: isConnectionLoss,
    ...overrides,
  };
  return { stored, options };
}

describe("runBulk", () => {
  it("accounts for every item, whatever the batches", async () => {
    const sizes = fc.record({
      batchSize: fc.integer({ min: 1, max: 9 }),
      concurrency: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 60 })), sizes, async (items, size) => {
        const { stored, options } = store(size);
        const result = await runBulk(items, options);
        const expected = items.flatMap((item, index) => {
          if (item % 2 === 1) return [`${index}: odd`];
          return item % 10 === 0 ? [`${index}: refused`] : [];
        });
        expect(result.rejected).toEqual(expected);
        expect(result.inserted).toBe(stored.size);
        expect(result.inserted + result.duplicates + result.rejected.length).toBe(items.length);
      }),
      { numRuns: 60 },
    );
  });

  it("replays a batch whose acknowledgement was lost", async () => {
    const { stored, options } = store({ batchSize: 2 });
    let calls = 0;
    const send: typeof options.send = async (batch, replay) => {
      calls += 1;
      const outcomes = await options.send(batch, replay);
      if (calls === 1) throw new StorageConnectionError("lost after the commit");
      return replay > 0 ? outcomes.map(() => ({ kind: "inserted" })) : outcomes;
    };
    const result = await runBulk([2, 4, 6, 8], { ...options, send });
    expect(result).toEqual({ inserted: 4, duplicates: 0, different: 0, rejected: [] });
    expect([...stored].toSorted()).toEqual([2, 4, 6, 8]);
  });

  it("reads no further than the batches on their way, and ends the source when a batch fails for good", async () => {
    let read = 0;
    let returned = false;
    async function* source(): AsyncGenerator<number> {
      try {
        for (;;) {
          read += 1;
          yield 2 * read;
        }
      } finally {
        returned = true;
      }
    }
    const failure = new StorageConnectionError("no server", { code: "connection_refused" });
    const { options } = store({ batchSize: 5, concurrency: 2, send: () => Promise.reject(failure) });
    await expect(runBulk(source(), options)).rejects.toBe(failure);
    expect(read).toBeLessThanOrEqual(20);
    expect(returned).toBe(true);
  });

  it("ends when aborted, also while the source hangs", async () => {
    const controller = new AbortController();
    async function* source(): AsyncGenerator<number> {
      yield 2;
      controller.abort();
      await new Promise(() => undefined);
    }
    const { options } = store({ signal: controller.signal });
    await expect(runBulk(source(), options)).rejects.toBeInstanceOf(QueryCanceledError);
  });

  it("reports progress by what is new in each step", async () => {
    const seen: (readonly number[])[] = [];
    const { options } = store({
      batchSize: 1,
      concurrency: 1,
      onProgress: ({ inserted }) => seen.push(inserted),
    });
    await runBulk([2, 4, 6], options);
    expect(seen).toEqual([[2], [4], [6]]);
  });
});
