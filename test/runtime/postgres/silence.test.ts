import { createServer, type AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import {
  QueryCanceledError,
  QueryTimeoutError,
  StorageConnectionError,
  type Executor,
} from "../../../runtime/index.js";
import { openStorage } from "../../../runtime/store/index.js";
import { openLine, type Line } from "../../support/line.js";
import { describeExecutors, statement } from "./support.js";

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

  it("within COMMIT ends it, and says that the transaction may have been stored", async () => {
    const { line, executor } = await setUp();
    line.silenceAt("commit");
    const lost = executor.transaction((session) => session.query("select 2"), { timeoutMs: 50 });
    await expect(lost).rejects.toBeInstanceOf(StorageConnectionError);
    await expect(lost).rejects.toMatchObject({ uncertain: true, retryable: false });
    await expect(lost).rejects.toThrow(/the transaction may have been stored/u);
  });

  it.each([1, 700, 40_000])("after %s bytes of an answer ends a query and a stream", async (bytes) => {
    const rows = "select repeat('x', 500) from generate_series(1, 100)";
    for (const ask of [
      (executor: Executor) => executor.query(rows, [], { timeoutMs: 50 }),
      async (executor: Executor) => {
        for await (const _row of executor.stream(statement(rows, "many"), [], { timeoutMs: 50 }));
      },
      (executor: Executor) => executor.transaction((session) => session.query(rows), { timeoutMs: 50 }),
    ]) {
      const { line, executor } = await setUp();
      line.silenceAfter(bytes);
      await expect(ask(executor)).rejects.toBeInstanceOf(QueryTimeoutError);
    }
  });

  it("within the handshake of TLS ends the opening", async () => {
    const server = createServer((socket) => socket.on("data", () => socket.write("S")).on("error", () => 0));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const connectionString = `postgresql://user@127.0.0.1:${port}/none?sslmode=require`;
    const executor = open({ connectionString, acquireTimeoutMs: 100 });
    await expect(executor.query("select 1")).rejects.toBeInstanceOf(StorageConnectionError);
    const opening = openStorage({ connectionString, timeoutMs: 100 });
    await expect(opening).rejects.toMatchObject({ code: "connection-failed", retryable: true });
    server.close();
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
