/**
 * Which prepared statements a connection holds. Each costs the server 12–20 kB for the life of the session, so there is a budget, and
 * the least recently used one is closed in the same exchange that prepares the next.
 */
import type { Message } from "./exchange.js";

/** Prepared statements of one connection. */
export interface StatementCache {
  readonly has: (name: string) => boolean;
  /** Messages to send before binding `name`: none when it is there; otherwise what closes the surplus, and prepares it. */
  readonly prepare: (name: string, text: string) => readonly Message[];
  /** The exchange with the messages of `prepare` succeeded: the server holds the statement. */
  readonly confirm: (name: string) => void;
  /** The server's copy is unusable (DDL changed its result): prepare it again next time. */
  readonly forget: (name: string) => void;
  /** The server forgot them all (DISCARD). */
  readonly clear: () => void;
  readonly size: () => number;
}

/** An empty cache of at most `budget` statements (at least one). */
export function createStatementCache(budget: number): StatementCache {
  // A Set keeps the order of insertion: the first is the least recently used.
  const held = new Set<string>();
  const limit = Math.max(1, budget);

  const evict = (): Message[] => {
    const closes: Message[] = [];
    for (const name of held) {
      if (held.size < limit) break;
      held.delete(name);
      closes.push({ kind: "close", statement: name });
    }
    return closes;
  };

  return {
    has: (name) => held.has(name),
    prepare: (name, text) => {
      if (held.has(name)) return [];
      // Closing a statement that isn't there is no error. One may be: when an exchange failed after its Parse, or behind a pooler.
      return [...evict(), { kind: "close", statement: name }, { kind: "parse", statement: name, text }];
    },
    confirm: (name) => {
      held.delete(name);
      held.add(name);
    },
    forget: (name) => void held.delete(name),
    clear: () => held.clear(),
    size: () => held.size,
  };
}
