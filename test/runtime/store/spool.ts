/** A folder of a watching ingest: delivering files into it, and what has to be true of it at the end. */
import { mkdtemp, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import type { EventStorage } from "../../../runtime/store/index.js";
import { checkConsistency, eventAt, secondsAfterNoon } from "./support.js";

/** Events of a file that can be stored. */
export const FILE_EVENTS = 40;

/** A delivered file. */
export interface Delivery {
  readonly name: string;
  /** Identifiers of its events that can be stored. */
  readonly ids: readonly string[];
  /** Whether there is also a line that is no JSON, and an event that cannot be stored. */
  readonly spoilt: boolean;
}

/** An empty folder to be watched. */
export function spoolFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "eventstore-spool-"));
}

/** Writes a file as a producer should: under another name, then renamed. Every fifth is spoilt. */
export async function deliver(folder: string, prefix: string, number: number): Promise<Delivery> {
  const name = `${prefix}-${String(number).padStart(4, "0")}.ndjson`;
  const ids = Array.from({ length: FILE_EVENTS }, (_, index) => `${prefix}-${number}-${index}`);
  const spoilt = number % 5 === 4;
  const lines = ids.map((id, index) => JSON.stringify(eventAt(id, secondsAfterNoon(index))));
  if (spoilt) lines.splice(7, 0, "{broken", JSON.stringify({ Format: "IDEA0", ID: `${prefix}-timeless` }));
  await writeFile(join(folder, `.${name}`), lines.map((line) => `${line}\n`).join(""));
  await rename(join(folder, `.${name}`), join(folder, name));
  return { name, ids, spoilt };
}

/** Names in a folder of the spool, in order; none where there is no such folder. */
export async function namesIn(...path: string[]): Promise<readonly string[]> {
  return (await readdir(join(...path)).catch(() => [])).sort();
}

/** Whether every file is acknowledged: none waits, and no worker has one. */
export async function isWorkedOff(folder: string): Promise<boolean> {
  const waiting = (await namesIn(folder)).filter((name) => name.endsWith(".ndjson"));
  const workers = await namesIn(folder, "work");
  const claimed = await Promise.all(workers.map((worker) => namesIn(folder, "work", worker)));
  return waiting.length === 0 && claimed.flat().length === 0;
}

/**
 * Every event of every file is stored exactly once, and every file is where it belongs: in `done/` when all of it is stored, else in
 * `errors/` with a report of what is not. A worker that ends between storing and moving a file has it read again, which may leave it there
 * twice: under its name and as `name-2`.
 */
export async function expectWorkedOff(
  storage: EventStorage,
  folder: string,
  deliveries: readonly Delivery[],
): Promise<void> {
  const wanted = deliveries.flatMap(({ ids }) => ids).sort();
  expect(await checkConsistency(storage)).toBe(wanted.length);
  const { rows } = await storage.query(`select id from events order by id collate "C"`);
  expect(rows.map(({ id }) => id)).toEqual(wanted);
  const original = (name: string): string => name.replace(/-\d(?=\.ndjson)/, "");
  const places = { done: await namesIn(folder, "done"), errors: await namesIn(folder, "errors") };
  const files = (names: readonly string[]): readonly string[] =>
    [...new Set(names.filter((name) => name.endsWith(".ndjson")).map(original))].sort();
  const expected = (spoilt: boolean): readonly string[] =>
    deliveries.filter((file) => file.spoilt === spoilt).map(({ name }) => name);
  expect(files(places.done)).toEqual(expected(false));
  expect(files(places.errors)).toEqual(expected(true));
  for (const name of places.errors.filter((file) => file.endsWith(".ndjson"))) {
    const report = await readFile(join(folder, "errors", `${name}.txt`), "utf8");
    expect(report).toMatch(/:8: not JSON.*\n.*:9: .*DetectTime/);
  }
}
