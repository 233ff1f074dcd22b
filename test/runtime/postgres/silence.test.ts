import { afterEach, expect, it } from "vitest";
import { QueryCanceledError, QueryTimeoutError, StorageConnectionError } from "../../../runtime/index.js";
import { openLine, type Line } from "../../support/line.js";
import { describeExecutors } from "./support.js";

describeExecutors("a server that falls silent", (open, url) => {
  const lines: Line[] = [];
  afterEach(() => {
    for (const line of lines.splice(0)) line.close();
  });
  const setUp = async () => {
    const line = await openLine(url());
    lines.push(line);
    const executor = open({ connectionString: line.url, max: 2, acquireTimeoutMs: 1_000, graceMs: 100 });
    await executor.query("select 1");
    return { line, executor };
  };

  it("ends a query by its timeout", async () => {
    const { line, executor } = await setUp();
    line.silence();
    await expect(executor.query("select 2", [], { timeoutMs: 50 })).rejects.toBeInstanceOf(QueryTimeoutError);
    expect(executor.counts()).toMatchObject({ idle: 0, waiting: 0 });
  });

  it("ends a query by its signal", async () => {
    const { line, executor } = await setUp();
    line.silence();
    const query = executor.query("select 2", [], { signal: AbortSignal.timeout(20) });
    await expect(query).rejects.toBeInstanceOf(QueryCanceledError);
  });

  it("keeps the reason of a signal, and takes many calls on one for no leak", async () => {
    const { executor } = await setUp();
    const warnings: Error[] = [];
    const keep = (warning: Error): void => void warnings.push(warning);
    process.on("warning", keep);
    const reason = new Error("the user left");
    const controller = new AbortController();
    const calls = Array.from({ length: 25 }, () =>
      executor.query("select pg_sleep(30)", [], { signal: controller.signal }),
    );
    setTimeout(() => controller.abort(reason), 30);
    for (const call of await Promise.allSettled(calls))
      expect(call).toMatchObject({ status: "rejected", reason: { code: "query_canceled", cause: reason } });
    const late = executor.query("select pg_sleep(30)", [], { signal: AbortSignal.timeout(20) });
    await expect(late).rejects.toMatchObject({ code: "query_canceled", cause: { name: "TimeoutError" } });
    await expect(executor.query("select 1", [], { signal: controller.signal })).rejects.toMatchObject({
      cause: reason,
    });
    process.off("warning", keep);
    expect(warnings).toEqual([]);
  });

  it("gives up connecting, watching and closing", async () => {
    const { line, executor } = await setUp();
    await executor.query("select 1");
    line.silence();
    const two = [1, 2].map(() => executor.query("select 2", [], { timeoutMs: 50 }));
    for (const { reason } of (await Promise.allSettled(two)).filter((one) => one.status === "rejected")) {
      expect([QueryTimeoutError, StorageConnectionError]).toContain((reason as Error).constructor);
    }
    await expect(executor.query("select 3")).rejects.toBeInstanceOf(StorageConnectionError);
    await expect(executor.queriesStatus()).rejects.toMatchObject({ operation: "queriesStatus" });
    const canceling = executor.queryCancel("any", { timeoutMs: 50 });
    await expect(canceling).rejects.toMatchObject({ operation: "queryCancel" });
    await executor.close();
    expect(executor.counts().total).toBe(0);
  });
});
