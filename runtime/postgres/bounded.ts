/** A session whose statements all keep the limits of one call, also those that only help it. */
import { QueryTimeoutError } from "./errors.js";
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

/** Share of its time that a call may have used before a statement is given less than all of it: to set a limit of its own costs the server time. */
const MOST_OF = 0.9;

/**
 * The session, for one call of several statements: all of them together have `limitMs`, where each alone could take as long. Streams keep a limit for
 * each block.
 *
 * @param limitMs - undefined, 0 or less: no limit
 */
export function deadlineSession(session: Session, limitMs: number | undefined): Session {
  if (limitMs === undefined || !(limitMs > 0)) return session;
  return endingAt(session, performance.now() + limitMs, limitMs);
}

function endingAt(session: Session, end: number, limitMs: number): Session {
  const limited = <O extends Pick<CallOptions, "timeoutMs">>(options: O | undefined): O | undefined => {
    const left = end - performance.now();
    if (left <= 0) throw new QueryTimeoutError(`the call took longer than its ${limitMs} ms`);
    const own = options?.timeoutMs;
    if (left >= MOST_OF * limitMs || (own !== undefined && own > 0 && own <= left)) return options;
    return { ...options, timeoutMs: left } as O;
  };
  return {
    run: async (statement, params, options) => session.run(statement, params, limited(options)),
    query: async (text, values, options) => session.query(text, values, limited(options)),
    stream: (statement, params, options) => session.stream(statement, params, options),
    transaction: async (work, options) =>
      session.transaction((inner) => work(endingAt(inner, end, limitMs)), limited(options)),
  };
}
