/**
 * Which prepared statements a connection holds. Each costs the server memory for the life of the session: its query, and its plan once it is planned
 * for all values, which of a search over many partitions is a megabyte. So there is a budget of statements and one of bytes, and the least
 * recently used ones are closed in the same exchange that prepares the next.
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

/** Bytes of a session that its prepared statements may take, as far as their texts tell: with all else that it holds it keeps below 64 MB. */
const MAX_BYTES = 48_000_000;
/**
 * Bytes of a short statement, and of each character of a longer one, whose text grows with what is planned for it. Of 117 searches over 14 partitions,
 * 722,000 characters, the server held 108 MB; of counts and tops, which are short, half of what this tells.
 */
const STATEMENT_BYTES = 10_000;
const CHARACTER_BYTES = 150;

/** What a statement costs the server, about. */
function bytesOf(text: string): number {
  return STATEMENT_BYTES + CHARACTER_BYTES * text.length;
}

/** An empty cache of at most `budget` statements (at least one), and `maxBytes` bytes. */
export function createStatementCache(budget: number, maxBytes = MAX_BYTES): StatementCache {
  // A Map keeps the order of insertion: the first is the least recently used.
  const held = new Map<string, number>();
  /** The statement of the exchange under way. */
  let sent = { name: "", bytes: 0 };
  const limit = Math.max(1, budget);
  let bytes = 0;

  const drop = (name: string): void => {
    bytes -= held.get(name) ?? 0;
    held.delete(name);
  };
  const evict = (room: number): Message[] => {
    const closes: Message[] = [];
    for (const name of held.keys()) {
      if (held.size < limit && bytes + room <= maxBytes) break;
      drop(name);
      closes.push({ kind: "close", statement: name });
    }
    return closes;
  };

  return {
    has: (name) => held.has(name),
    prepare: (name, text) => {
      if (held.has(name)) return [];
      const room = bytesOf(text);
      sent = { name, bytes: room };
      // Closing a statement that isn't there is no error. One may be: when an exchange failed after its Parse, or behind a pooler.
      return [...evict(room), { kind: "close", statement: name }, { kind: "parse", statement: name, text }];
    },
    confirm: (name) => {
      const own = held.get(name) ?? (sent.name === name ? sent.bytes : STATEMENT_BYTES);
      drop(name);
      held.set(name, own);
      bytes += own;
    },
    forget: drop,
    clear: () => {
      held.clear();
      bytes = 0;
    },
    size: () => held.size,
  };
}
