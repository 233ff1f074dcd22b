import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { deadlineSession } from "../../../runtime/postgres/bounded.js";
import type { Session } from "../../../runtime/postgres/session.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("gives the statements of a call the time that is left of it, all of them together", async () => {
  const given: unknown[] = [];
  const query: Session["query"] = (_text, _values, options) => {
    given.push(options?.timeoutMs);
    return Promise.resolve({ rows: [], rowCount: 0, columns: [], command: "SELECT" });
  };
  const fake = {
    query,
    transaction: (work: (inner: Session) => unknown) => work(fake),
  } as unknown as Session;
  const session = deadlineSession(fake, 1_000);
  await session.query("select 1");
  vi.advanceTimersByTime(600);
  await session.query("select 2");
  await session.query("select 3", [], { timeoutMs: 100 });
  await session.transaction((inner) => inner.query("select 4", [], { timeoutMs: 700 }));
  expect(given).toEqual([undefined, 400, 100, 400]);
  vi.advanceTimersByTime(400);
  await expect(session.query("select 5")).rejects.toMatchObject({ code: "query_timeout" });
  expect(deadlineSession(fake, 0)).toBe(fake);
});
