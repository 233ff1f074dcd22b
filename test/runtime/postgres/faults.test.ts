import { beforeAll, expect, it } from "vitest";
import { createGroupCommit, isConnectionLoss, isItemError, runBulk } from "../../../runtime/index.js";
import type { Executor, Statement } from "../../../runtime/index.js";
import { describeExecutors, until } from "./support.js";

const APPLICATION = "fault test";

/** Inserts what isn't there and returns the ids of all: idempotent. */
const insertAll: Statement<readonly string[], string, "many"> = {
  operation: "insertAll",
  name: "fault_insert_all",
  text: `with stored as (insert into fault_items select unnest($1::text[]) on conflict do nothing)
         select unnest($1::text[])`,
  cardinality: "many",
  idempotent: true,
  encode: (ids) => [`{${ids.map((id) => `"${id}"`).join(",")}}`],
  decode: ([id]) => id ?? "",
};

/** Terminates connections of the application under test, until it is told to stop or has done so 60 times: on a slow machine nothing would get through. */
function terminator(executor: Executor): () => Promise<number> {
  const state = { stopped: false };
  let terminated = 0;
  const work = (async () => {
    for (let times = 0; times < 60 && !state.stopped; times += 1) {
      const { rowCount } = await executor.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = $1 and random() < 0.5`,
        [APPLICATION],
      );
      terminated += rowCount;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    }
  })();
  return async () => {
    state.stopped = true;
    await work;
    return terminated;
  };
}

async function storedIds(executor: Executor): Promise<Set<unknown>> {
  const { rows } = await executor.query("select id from fault_items");
  return new Set(rows.map(({ id }) => id));
}

/** Lost while in use, or refused before anything was sent. */
const replay = (error: unknown): boolean =>
  isConnectionLoss(error) || (!isItemError(error) && String(error).includes("connection"));

describeExecutors("with connections terminated at random", (open) => {
  beforeAll(async () => {
    await open().query("create table fault_items (id text primary key)");
  });

  it("group commit stores every acknowledged item once and reports every other", async () => {
    const executor = open({ max: 3, applicationName: APPLICATION });
    const stop = terminator(open({ max: 1 }));
    const group = createGroupCommit<string, string>({
      run: (batch) => executor.run(insertAll, batch),
      maxBatch: 20,
      maxQueue: 50,
      lanes: 2,
      replay,
    });
    const ids = Array.from({ length: 2_000 }, (_, index) => `group-${index}`);
    const outcomes = await Promise.allSettled(
      ids.map(async (id, index) => {
        await new Promise((resolve) => setTimeout(resolve, index / 3));
        expect(await group.submit(id)).toBe(id);
      }),
    );
    await group.close();
    expect(await stop()).toBeGreaterThan(0);
    const stored = await storedIds(executor);
    const acknowledged = ids.filter((_, index) => outcomes[index]?.status === "fulfilled");
    expect(acknowledged.length).toBeGreaterThan(1_000);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect(executor.counts()).toMatchObject({ waiting: 0 });
  });

  it("bulk ends with every item stored and accounted for", async () => {
    const executor = open({ max: 3, applicationName: APPLICATION });
    const stop = terminator(open({ max: 1 }));
    const ids = Array.from({ length: 20_000 }, (_, index) => `bulk-${index}`);
    const result = await runBulk<string, string, string>(ids, {
      prepare: (id) => ({ kind: "encoded", value: id, bytes: id.length }),
      send: async (batch) => {
        await executor.run(insertAll, batch);
        return batch.map(() => ({ kind: "inserted" }));
      },
      refuse: (error, index) => (isItemError(error) ? `${index}: ${String(error)}` : null),
      replay,
      batchSize: 100,
    });
    expect(await stop()).toBeGreaterThan(0);
    expect(result).toEqual({ inserted: ids.length, duplicates: 0, different: 0, rejected: [] });
    const stored = await storedIds(executor);
    expect(ids.filter((id) => !stored.has(id))).toEqual([]);
  });

  it("transactions, streams and queries settle, and no connection leaks", async () => {
    const executor = open({ max: 4, applicationName: APPLICATION });
    const stop = terminator(open({ max: 1 }));
    const series = {
      ...insertAll,
      text: "select i::text from generate_series(1, 3000) as i",
      name: "fault_series",
      encode: () => [],
    };
    const work = Array.from({ length: 200 }, async (_, index) => {
      if (index % 3 === 0) return executor.query("select pg_sleep(0.002)");
      if (index % 3 === 1) return executor.transaction((session) => session.query("select pg_sleep(0.002)"));
      let rows = 0;
      for await (const _row of executor.stream(series, [])) rows += 1;
      return rows;
    });
    const outcomes = await Promise.allSettled(work);
    await stop();
    for (const outcome of outcomes) {
      if (outcome.status === "rejected")
        expect(outcome.reason).toMatchObject({ name: "StorageConnectionError" });
      else if (typeof outcome.value === "number") expect(outcome.value).toBe(3_000);
    }
    // One may still be on its way for a call that gave up waiting.
    await until(() => executor.counts().total === executor.counts().idle);
    expect(executor.counts()).toMatchObject({ waiting: 0 });
    expect((await executor.query("select 1 as one", [], { idempotent: true })).rows).toEqual([{ one: 1 }]);
  });
});
