/** The session that statements over slices run in. */
import type { Session } from "../../postgres/session.js";
import type { CallOptions, Cardinality, Result, Statement } from "../../postgres/statement.js";
import type { StoreContext } from "../context.js";

/** Carries a result out of a savepoint that is rolled back. */
class Released<T> extends Error {
  override readonly name = "Released";

  constructor(readonly result: T) {
    super("the locks of a statement are given back");
  }
}

/**
 * The session, with each statement planned for its values. Of a transaction, which keeps the locks of all its statements, each statement that only
 * reads runs in a savepoint that is rolled back: that gives its locks back, and its snapshot is that of the transaction.
 */
export function planningEach(
  session: Session,
  { inTransaction }: Pick<StoreContext, "inTransaction">,
): Session {
  return {
    ...session,
    run: async <P, R, C extends Cardinality>(
      statement: Statement<P, R, C>,
      params: P,
      options?: CallOptions,
    ): Promise<Result<C, R>> => {
      const planned: Statement<P, R, C> = { ...statement, plan: "values" };
      if (!inTransaction || !statement.idempotent) return session.run(planned, params, options);
      try {
        return await session.transaction(async (savepoint) => {
          throw new Released(await savepoint.run(planned, params, options));
        });
      } catch (error) {
        if (error instanceof Released) return error.result as Result<C, R>;
        throw error;
      }
    },
    stream: (statement, params, options) => session.stream({ ...statement, plan: "values" }, params, options),
  };
}
