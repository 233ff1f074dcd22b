/** Replays the disagreements that fuzzing found: files of test/golden/fuzz, written by `npm run fuzz` or by hand. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compileFilter } from "../../compiler/compile.js";
import { describeEngines, withDatabase, type TestDatabase } from "../support/database.js";
import { POOL_NOW, referenceMatch, type FilterCall } from "../testing/index.js";
import {
  differences,
  fromJson,
  openDifferentialStore,
  type DifferentialStore,
} from "./differential-store.js";

/** A filter, an event, and whether it matches by the specification. */
interface GoldenCase extends FilterCall {
  readonly event: unknown;
  readonly matches: boolean;
}

const folder = join(import.meta.dirname, "../golden/fuzz");
const cases = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, ...(fromJson(readFileSync(join(folder, name), "utf8")) as GoldenCase) }));

describeEngines("golden cases of fuzzing", (engine) => {
  let database: TestDatabase;
  let store: DifferentialStore;

  beforeAll(async () => {
    database = await withDatabase(engine);
    store = await openDifferentialStore(database);
  });
  afterAll(async () => {
    await store.close();
    await database.dispose();
  });

  it.each(cases)("$name: $filter", async ({ filter, args, event, matches }) => {
    await store.load([event]);
    expect(await differences([store], [{ filter, args }])).toEqual([]);
    expect(referenceMatch(filter, event, { args, now: POOL_NOW })).toBe(matches);
    expect(compileFilter(filter).matches(event, args, { now: POOL_NOW })).toBe(matches);
  });
});
