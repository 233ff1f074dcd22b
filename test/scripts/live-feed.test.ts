/** A feed that goes on: what came is stored while nothing comes, and a stop loses nothing that was read. */
import { describe, expect, it } from "vitest";
import type { EventStorage } from "../../runtime/store/types.js";
import { runBulk } from "../../runtime/postgres/bulk.js";
import { ingest } from "../../scripts/cli/ingest/ingest.js";

const forever = new Promise<never>(() => undefined);

describe("a bulk whose source is quiet", () => {
  it("stores what it has, without waiting for the next item", async () => {
    const stop = new AbortController();
    const sent: number[] = [];
    let count = 0;
    async function* source() {
      yield* [1, 2, 3];
      await forever;
    }
    let stored = (): void => undefined;
    const isStored = new Promise<void>((resolve) => (stored = resolve));
    const running = runBulk<number, number, never>(source(), {
      prepare: (value) => ({ kind: "encoded", value, bytes: 1 }),
      send: (batch) => {
        sent.push(...batch);
        return Promise.resolve(batch.map(() => ({ kind: "inserted" as const })));
      },
      refuse: () => null,
      replay: () => false,
      quietMs: 5,
      onProgress: ({ inserted }) => {
        count += inserted.length;
        if (count === 3) stored();
      },
      signal: stop.signal,
    });
    await isStored;
    expect(sent).toEqual([1, 2, 3]);
    stop.abort();
    await expect(running).rejects.toMatchObject({ name: "QueryCanceledError" });
  });
});

describe("ingest", () => {
  it("stops reading when it is told to, and stores all that it had read", async () => {
    const stop = new AbortController();
    const event = (id: string) =>
      JSON.stringify({ Format: "IDEA0", ID: id, DetectTime: "2024-05-01T12:00:00Z", Category: ["Test"] });
    async function* pipe() {
      yield Buffer.from(`${event("a")}\n${event("b")}\n${event("c")}\n`);
      stop.abort();
      // The writer keeps the pipe open.
      await forever;
    }
    const stored: unknown[] = [];
    const storage = {
      insertEvents: async (events: AsyncIterable<unknown>) => {
        for await (const one of events) stored.push(one);
        return { inserted: stored.length, duplicates: 0, different: 0, rejected: [] };
      },
    } as unknown as Pick<EventStorage, "insertEvents">;
    const input = { name: "-", size: null, open: pipe };
    const result = await ingest(storage, [input, { ...input, name: "next" }], { stop: stop.signal });
    expect(result).toMatchObject({ stored: 3, rejections: [] });
    expect(stored).toHaveLength(3);
  });
});
