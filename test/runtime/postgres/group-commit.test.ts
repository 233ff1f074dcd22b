import { setTimeout as delay } from "node:timers/promises";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DataError, StorageConnectionError, isConnectionLoss } from "../../../runtime/postgres/errors.js";
import { createGroupCommit } from "../../../runtime/postgres/group-commit.js";

/** A run that remembers its batches and refuses negative numbers. */
function recorder() {
  const batches: number[][] = [];
  const stored: number[] = [];
  const run = async (batch: readonly number[]): Promise<number[]> => {
    batches.push([...batch]);
    await delay(0);
    if (batch.some((item) => item < 0)) throw new DataError(`bad: ${batch.find((item) => item < 0)}`);
    stored.push(...batch);
    return batch.map((item) => item * 10);
  };
  return { batches, stored, run };
}

describe("createGroupCommit", () => {
  it("gathers what is submitted in one turn, and what comes while a batch is on its way", async () => {
    const { batches, run } = recorder();
    const group = createGroupCommit({ run });
    const first = [1, 2, 3].map((item) => group.submit(item));
    await delay(0);
    const second = [4, 5].map((item) => group.submit(item));
    expect(await Promise.all([...first, ...second])).toEqual([10, 20, 30, 40, 50]);
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it("rejects bad items only, whatever their order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer(), { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        async (items, maxBatch) => {
          const { stored, run } = recorder();
          const group = createGroupCommit({ run, maxBatch, maxQueue: 7, lanes: 2 });
          const settled = await Promise.allSettled(items.map((item) => group.submit(item)));
          expect(settled.map(({ status }) => status)).toEqual(
            items.map((item) => (item < 0 ? "rejected" : "fulfilled")),
          );
          const good = items.filter((item) => item >= 0);
          expect(stored.toSorted((a, b) => a - b)).toEqual(good.toSorted((a, b) => a - b));
          expect(group.pending()).toBe(0);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("sends a batch again after a lost connection, as often as allowed", async () => {
    let attempts = 0;
    const run = async (batch: readonly number[]): Promise<readonly number[]> => {
      attempts += 1;
      if (attempts <= 2) throw new StorageConnectionError("gone");
      return batch;
    };
    const group = createGroupCommit({ run, replay: isConnectionLoss });
    expect(await Promise.all([group.submit(1), group.submit(2)])).toEqual([1, 2]);
    expect(attempts).toBe(3);

    const hopeless = createGroupCommit({
      run: () => Promise.reject(new StorageConnectionError("gone")),
      replay: isConnectionLoss,
      maxReplays: 1,
    });
    await expect(hopeless.submit(1)).rejects.toThrow("gone");
  });

  it("doesn't run a batch again whose results are too few", async () => {
    let runs = 0;
    const run = async (): Promise<number[]> => {
      runs += 1;
      return [1];
    };
    const group = createGroupCommit<number, number>({ run });
    const settled = await Promise.allSettled([group.submit(1), group.submit(2)]);
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(runs).toBe(1);
  });

  it("drains on close and refuses what comes after", async () => {
    const { run } = recorder();
    const group = createGroupCommit({ run });
    const result = group.submit(1);
    const closing = group.close();
    await expect(group.submit(2)).rejects.toMatchObject({ code: "storage_closed" });
    await closing;
    expect(await result).toBe(10);
    await group.close();
  });
});
