/** A session whose statements all keep the limits of one call, also those that only help it. */
import type { Session } from "./session.js";
import type { CallOptions } from "./statement.js";

/**
 * The session, with the signal and the time limit of a call for every statement that has none of its own. A helper that is run without them
 * would hold a call up for as long as any statement may take.
 */
export function boundSession(
  session: Session,
  { signal, timeoutMs }: Pick<CallOptions, "signal" | "timeoutMs">,
): Session {
  if (signal === undefined && timeoutMs === undefined) return session;
  const bound = <O extends Pick<CallOptions, "signal" | "timeoutMs">>(options: O | undefined): O =>
    ({
      ...options,
      signal: options?.signal ?? signal,
      timeoutMs: options?.timeoutMs ?? timeoutMs,
    }) as O;
  return {
    run: (statement, params, options) => session.run(statement, params, bound(options)),
    query: (text, values, options) => session.query(text, values, bound(options)),
    stream: (statement, params, options) => session.stream(statement, params, bound(options)),
    transaction: (work, options) => session.transaction(work, bound(options)),
  };
}
