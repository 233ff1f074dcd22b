import { beforeAll, expect, it } from "vitest";
import {
  DataError,
  EventStorageError,
  QueryCanceledError,
  TransactionConflictError,
} from "../../../runtime/index.js";
import type { Session } from "../../../runtime/index.js";
import { describeExecutors, statement, until } from "./support.js";

const series = statement("select i from generate_series(1, $1::int) as i", "many");

async function items(session: Session): Promise<unknown[]> {
  const { rows } = await session.query("select i from tx_items order by i");
  return rows.map(({ i }) => i);
}

const insert = (session: Session, i: number) => session.query("insert into tx_items values ($1)", [i]);

describeExecutors("transaction", (open) => {
  beforeAll(async () => {
    await open().query("create table tx_items (i int primary key)");
  });

  it("commits what resolves and rolls back what rejects", async () => {
    const executor = open();
    await executor.query("truncate tx_items");
    expect(await executor.transaction((session) => insert(session, 1).then(() => "done"))).toBe("done");
    const boom = new Error("boom");
    const failing = executor.transaction(async (session) => {
      await insert(session, 2);
      throw boom;
    });
    await expect(failing).rejects.toBe(boom);
    expect(await items(executor)).toEqual([1]);
    expect(executor.counts()).toMatchObject({ total: 1, idle: 1 });
  });

  it("reports a COMMIT that the server turned into a ROLLBACK, with what had failed", async () => {
    const executor = open();
    const swallowed = executor.transaction(async (session) => {
      await session.query("select 1/0").catch(() => undefined);
    });
    await expect(swallowed).rejects.toMatchObject({
      code: "transaction_aborted",
      cause: expect.any(DataError),
    });
  });

  it("waits for statements that nobody awaited, one after another", async () => {
    const executor = open();
    await executor.query("truncate tx_items");
    await executor.transaction(async (session) => {
      for (let i = 0; i < 20; i += 1) void insert(session, i);
    });
    expect(await items(executor)).toHaveLength(20);
  });

  it("can't be used after its end", async () => {
    const executor = open();
    const kept: Session[] = [];
    await executor.transaction(async (session) => void kept.push(session));
    await expect(kept[0]?.query("select 1")).rejects.toMatchObject({ code: "transaction_closed" });
    await expect(kept[0]?.stream(series, [1]).next()).rejects.toMatchObject({ code: "transaction_closed" });
  });

  it("rolls a nested one back alone", async () => {
    const executor = open();
    await executor.query("truncate tx_items");
    await executor.transaction(async (outer) => {
      await insert(outer, 1);
      await outer.transaction((inner) => insert(inner, 2));
      const failing = outer.transaction(async (inner) => {
        await insert(inner, 3);
        await inner.transaction((innermost) => insert(innermost, 4));
        await insert(inner, 1);
      });
      await expect(failing).rejects.toMatchObject({
        name: "StorageIntegrityError",
        constraint: "tx_items_pkey",
      });
      const swallowing = outer.transaction(async (inner) => {
        await insert(inner, 1).catch(() => undefined);
      });
      await expect(swallowing).rejects.toMatchObject({ code: "transaction_aborted" });
      await Promise.all([outer.transaction((inner) => insert(inner, 5)), insert(outer, 6)]);
    });
    expect(await items(executor)).toEqual([1, 2, 5, 6]);
  });

  it("refuses the outer session within a nested one, where it would wait forever", async () => {
    const executor = open();
    const mixed = executor.transaction((outer) => outer.transaction(() => outer.query("select 1")));
    await expect(mixed).rejects.toMatchObject({
      code: "transaction_closed",
      message: expect.stringMatching(/nested/u),
    });
  });

  it("takes isolation, access mode and deferrable", async () => {
    const executor = open();
    const options = { isolation: "serializable", readOnly: true, deferrable: true } as const;
    const shown = await executor.transaction(
      (session) =>
        session.query(
          "select current_setting('transaction_isolation') as a, current_setting('transaction_read_only') as b",
        ),
      options,
    );
    expect(shown.rows).toEqual([{ a: "serializable", b: "on" }]);
    await expect(
      executor.transaction((session) => insert(session, 99), { readOnly: true }),
    ).rejects.toMatchObject({
      code: "read_only",
    });
  });

  it("runs again after a conflict only when asked", async () => {
    const executor = open();
    await executor.query("create table if not exists tx_counter (n int)");
    await executor.query("truncate tx_counter");
    await executor.query("insert into tx_counter values (0)");
    const increment = async (session: Session): Promise<void> => {
      const { rows } = await session.query("select n from tx_counter");
      await new Promise((resolve) => setTimeout(resolve, 5));
      await session.query("update tx_counter set n = $1", [Number(rows[0]?.["n"]) + 1]);
    };
    const eight = Array.from({ length: 8 });
    const once = eight.map(() => executor.transaction(increment, { isolation: "serializable" }));
    const outcomes = await Promise.allSettled(once);
    const stored = outcomes.filter(({ status }) => status === "fulfilled").length;
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(TransactionConflictError);
    }
    expect(stored).toBeLessThan(8);
    await Promise.all(
      eight.map(() => executor.transaction(increment, { isolation: "serializable", retry: 100 })),
    );
    expect((await executor.query("select n from tx_counter")).rows).toEqual([{ n: stored + 8 }]);
  });

  it("is rolled back when aborted, and the connection comes back", async () => {
    const executor = open({ max: 1 });
    await executor.query("truncate tx_items");
    const controller = new AbortController();
    const aborted = executor.transaction(
      async (session) => {
        await insert(session, 1);
        setTimeout(() => controller.abort(), 20);
        await session.query("select pg_sleep(30)");
      },
      { signal: controller.signal },
    );
    await expect(aborted).rejects.toBeInstanceOf(QueryCanceledError);
    const between = executor.transaction((session) => insert(session, 2), { signal: AbortSignal.timeout(0) });
    await between.catch((error: unknown) => expect(error).toBeInstanceOf(QueryCanceledError));
    expect(await items(executor)).not.toContain(1);
    expect(executor.counts()).toEqual({ total: 1, idle: 1, waiting: 0 });
  });

  it("says that the outcome is unknown when the connection is lost", async () => {
    const executor = open();
    const killed = executor.transaction(async (session) => {
      await session.query("select pg_terminate_backend(pg_backend_pid())");
    });
    await expect(killed).rejects.toMatchObject({ name: "StorageConnectionError" });
    await until(async () => (await executor.run(series, [1])).length === 1);
  });

  it("gives errors of the family", async () => {
    const executor = open();
    await expect(executor.transaction((session) => session.query("nonsense"))).rejects.toBeInstanceOf(
      EventStorageError,
    );
  });
});
