/** Ingest under way, one by one and in bulk, for the tests of faults. */
import { expect } from "vitest";
import { StorageConnectionError, type BulkResult, type EventStorage } from "../../../runtime/store/index.js";
import { checkConsistency, eventAt, secondsAfterNoon } from "./support.js";

/** What became of each event, by id. */
export type Outcomes = Map<string, "stored" | "failed">;

/** Resolves after this many milliseconds. */
export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const PRODUCERS = 24;

/**
 * 24 producers that store `each` events one by one, each as fast as it is acknowledged. Every one is told what became of its event: stored,
 * or that the connection was lost.
 */
export async function produce(storage: EventStorage, prefix: string, each: number): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  await Promise.all(
    Array.from({ length: PRODUCERS }, async (_, producer) => {
      for (let index = 0; index < each; index++) {
        const id = `${prefix}-${producer}-${index}`;
        try {
          await storage.insertEvent(eventAt(id, secondsAfterNoon(index % 3600)));
          outcomes.set(id, "stored");
        } catch (error) {
          expect(error).toBeInstanceOf(StorageConnectionError);
          outcomes.set(id, "failed");
        }
      }
    }),
  );
  expect(outcomes.size).toBe(PRODUCERS * each);
  return outcomes;
}

/** The result of a bulk, and how many events its last progress acknowledged. */
export interface Loaded extends BulkResult {
  readonly acknowledged: number;
}

/** Bulk of this many events, paced a little so that faults fall into its middle. */
export async function load(storage: EventStorage, prefix: string, count: number): Promise<Loaded> {
  async function* source() {
    for (let index = 0; index < count; index++) {
      if (index % 250 === 0) await pause(1);
      yield eventAt(`${prefix}-${index}`, secondsAfterNoon(index % 3600));
    }
  }
  let acknowledged = 0;
  const result = await storage.insertEvents(source(), {
    onProgress: ({ inserted, duplicates }) => (acknowledged += inserted.length + duplicates.length),
  });
  return { ...result, acknowledged };
}

/** Every acknowledged event is there, and every event of the store exactly once. */
export async function expectStored(storage: EventStorage, outcomes: Outcomes): Promise<void> {
  const events = await checkConsistency(storage);
  const { rows } = await storage.query("select id from events");
  const stored = new Set(rows.map(({ id }) => id));
  expect(stored.size).toBe(events);
  for (const [id, outcome] of outcomes) if (outcome === "stored") expect(stored.has(id), id).toBe(true);
}
