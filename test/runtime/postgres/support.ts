/** Executors, statements and a second line to the server for the tests of this folder. */
import { afterAll, afterEach, beforeAll } from "vitest";
import { openExecutor } from "../../../runtime/index.js";
import type { Cardinality, Executor, ExecutorOptions, Statement } from "../../../runtime/index.js";
import { describeEngines, withDatabase } from "../../support/database.js";
import type { TestDatabase } from "../../support/database.js";

/** Opens an executor on the database of the suite; it is closed after the test. */
export type OpenExecutor = (options?: ExecutorOptions) => Executor;

/** A suite for each engine, on an empty database of its own. */
export function describeExecutors(name: string, body: (open: OpenExecutor, url: () => string) => void): void {
  describeEngines(name, (engine) => {
    let database: TestDatabase | undefined;
    const open: Executor[] = [];
    beforeAll(async () => {
      database = await withDatabase(engine);
    });
    afterEach(async () => {
      await Promise.all(open.splice(0).map((executor) => executor.close()));
    });
    afterAll(async () => {
      await database?.dispose();
    });
    const url = (): string => database?.connectionString ?? "";
    body((options = {}) => {
      const defaults = { connectionString: url(), acquireTimeoutMs: 5_000, graceMs: 2_000 };
      const executor = openExecutor({ ...defaults, ...options });
      open.push(executor);
      return executor;
    }, url);
  });
}

/** A statement on numbers: text parameters in, the first column out. */
export function statement<C extends Cardinality>(
  text: string,
  cardinality: C,
  options: { readonly name?: string; readonly idempotent?: boolean } = {},
): Statement<readonly number[], number, C> {
  return {
    operation: "test",
    name: options.name ?? `test_${text.length}_${Buffer.from(text).toString("base64url").slice(0, 40)}`,
    text,
    cardinality,
    idempotent: options.idempotent ?? false,
    encode: (values) => values.map(String),
    decode: ([value]) => Number(value),
  };
}

/** Resolves when the condition holds; the test's own time limit ends a vain wait. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}
