import { expect, it } from "vitest";
import { DataError, QueryCanceledError, QueryTimeoutError } from "../../../runtime/index.js";
import type { ExecutionEvent } from "../../../runtime/index.js";
import { blockSizes } from "../../../runtime/postgres/stream.js";
import { describeExecutors, statement } from "./support.js";

const series = statement("select i from generate_series(1, $1::int) as i", "many");
const quiet = { total: 1, idle: 1, waiting: 0 };

it("fetches small blocks first", () => {
  const sizes = (most: number) => {
    const next = blockSizes(most);
    return Array.from({ length: 6 }, next);
  };
  expect(sizes(1_000)).toEqual([125, 250, 500, 1_000, 1_000, 1_000]);
  expect(sizes(10)).toEqual([10, 10, 10, 10, 10, 10]);
});

describeExecutors("stream", (open) => {
  it.each([0, 1, 9, 10, 11, 1_000, 2_500])("gives all of %d rows in order", async (count) => {
    const executor = open({ max: 1 });
    const rows: number[] = [];
    for await (const row of executor.stream(series, [count], { blockSize: 10 })) rows.push(row);
    expect(rows).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    expect(executor.counts()).toEqual(quiet);
  });

  it("opens nothing before the first row is asked for", async () => {
    const executor = open({ max: 1 });
    executor.stream(series, [10]);
    expect(executor.counts().total).toBe(0);
  });

  it("frees the connection when the reader leaves or throws", async () => {
    const executor = open({ max: 1 });
    for await (const row of executor.stream(series, [1_000_000])) if (row === 1_500) break;
    expect(executor.counts()).toEqual(quiet);
    const throwing = (async () => {
      for await (const row of executor.stream(series, [1_000_000])) if (row === 3) throw new Error("reader");
    })();
    await expect(throwing).rejects.toThrow("reader");
    expect(executor.counts()).toEqual(quiet);
    expect(await executor.run(series, [1])).toEqual([1]);
  });

  it("cancels the block that is fetched ahead when the reader leaves", async () => {
    const executor = open({ max: 1 });
    const slow = statement(
      "select i, case when i > 1 then pg_sleep(30) end from generate_series(1, $1::int) as i",
      "many",
    );
    for await (const row of executor.stream(slow, [3], { blockSize: 1 })) {
      expect(row).toBe(1);
      break;
    }
    expect(await executor.run(series, [1])).toEqual([1]);
  });

  it("reports errors where they happen", async () => {
    const events: ExecutionEvent[] = [];
    const executor = open({ max: 1, onEvent: (event) => events.push(event) });
    const failing = statement("select 1 / (5 - i) from generate_series(1, $1::int) as i", "many");
    let rows = 0;
    const reading = (async () => {
      for await (const _ of executor.stream(failing, [10], { blockSize: 2 })) rows += 1;
    })();
    await expect(reading).rejects.toBeInstanceOf(DataError);
    expect(rows).toBe(4);
    expect(events).toMatchObject([{ operation: "test", rows: 4, error: { code: "data_invalid" } }]);
    expect(executor.counts()).toEqual(quiet);
  });

  it("allows its time to each block, not to the reader", async () => {
    const executor = open({ max: 1 });
    let rows = 0;
    for await (const _ of executor.stream(series, [20], { blockSize: 10, timeoutMs: 1_500 })) {
      rows += 1;
      if (rows % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1_600));
    }
    expect(rows).toBe(20);
    const slow = statement("select i, pg_sleep(30) from generate_series(1, $1::int) as i", "many");
    await expect(executor.stream(slow, [3], { timeoutMs: 50 }).next()).rejects.toBeInstanceOf(
      QueryTimeoutError,
    );
  });

  it("ends when aborted, also while nobody reads", async () => {
    const executor = open({ max: 1 });
    const controller = new AbortController();
    const rows = executor.stream(series, [1_000_000], { signal: controller.signal });
    await rows.next();
    controller.abort();
    expect(await executor.run(series, [1])).toEqual([1]);
    const rest = (async () => {
      for await (const row of rows) expect(row).toBeLessThan(5_000);
    })();
    await expect(rest).rejects.toBeInstanceOf(QueryCanceledError);
  });

  it("doesn't keep the executor from closing", async () => {
    const executor = open({ max: 1 });
    const rows = executor.stream(series, [1_000_000]);
    await rows.next();
    await executor.close();
    expect(executor.counts().total).toBe(0);
  });

  it("shares a transaction with other statements, and leaves it whole", async () => {
    const executor = open({ max: 1 });
    await executor.transaction(async (session) => {
      let rows = 0;
      for await (const row of session.stream(series, [100], { blockSize: 10 })) {
        rows += 1;
        expect(await session.run(series, [1])).toEqual([1]);
        if (row === 55) break;
      }
      expect(rows).toBe(55);
      expect(await session.run(series, [2])).toEqual([1, 2]);
    });
    expect(executor.counts()).toEqual(quiet);
  });
});
