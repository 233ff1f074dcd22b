/** Executors, statements and a second line to the server for the tests of this folder. */
import { afterEach } from "vitest";
import { openExecutor } from "../../../runtime/index.js";
import type { Cardinality, Executor, ExecutorOptions, Statement } from "../../../runtime/index.js";

/** A database of any content; the tests leave a few empty tables of their own there. */
export const databaseUrl = process.env["DATABASE_URL"] ?? "";

/** Executors on the database at `url`, closed after each test. */
export function executors(url: string): (options?: ExecutorOptions) => Executor {
  const open: Executor[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((executor) => executor.close()));
  });
  return (options = {}) => {
    const executor = openExecutor({
      connectionString: url,
      acquireTimeoutMs: 5_000,
      graceMs: 2_000,
      ...options,
    });
    open.push(executor);
    return executor;
  };
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
