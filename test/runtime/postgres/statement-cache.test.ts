import { describe, expect, it } from "vitest";
import { createStatementCache } from "../../../runtime/postgres/statements.js";

describe("the cache of prepared statements", () => {
  const closed = (cache: ReturnType<typeof createStatementCache>, name: string, text: string) => {
    const messages = cache.prepare(name, text);
    cache.confirm(name);
    return messages.flatMap((message) =>
      message.kind === "close" && message.statement !== name ? [message.statement] : [],
    );
  };

  it("gives up the least recently used statements where their number or their bytes are too many", () => {
    const few = createStatementCache(2);
    expect(closed(few, "a", "select 1")).toEqual([]);
    expect(closed(few, "b", "select 2")).toEqual([]);
    few.confirm("a");
    expect(closed(few, "c", "select 3")).toEqual(["b"]);

    const long = "x".repeat(25_000);
    const small = createStatementCache(200, 8_000_000);
    for (const name of ["a", "b"]) expect(closed(small, name, long)).toEqual([]);
    expect(closed(small, "c", long)).toEqual(["a"]);
    expect(closed(small, "d", "select 1")).toEqual([]);
    expect(small.prepare("c", long)).toEqual([]);
    small.forget("b");
    small.forget("b");
    expect(closed(small, "e", long)).toEqual([]);
    small.clear();
    expect(small.size()).toBe(0);
  });
});
