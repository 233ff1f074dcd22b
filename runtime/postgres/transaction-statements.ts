/** The commands of transactions. */
import type { Isolation, TransactionOptions } from "./session.js";

/** Isolation levels, as BEGIN takes them: only these texts get into it. */
export const ISOLATION_LEVELS: Readonly<Record<Isolation, string>> = {
  "read committed": "isolation level read committed",
  "repeatable read": "isolation level repeatable read",
  serializable: "isolation level serializable",
};

/** BEGIN with the modes of a transaction. */
export function beginWith({ isolation, readOnly, deferrable }: TransactionOptions): string {
  const modes = [
    ...(isolation === undefined ? [] : [ISOLATION_LEVELS[isolation]]),
    ...(readOnly === undefined ? [] : [readOnly ? "read only" : "read write"]),
    ...(deferrable === undefined ? [] : [deferrable ? "deferrable" : "not deferrable"]),
  ];
  return ["begin", modes.join(", ")].join(" ").trim();
}

/** Sets a savepoint, gives it up, goes back to it. */
export function savepointTexts(name: string): {
  readonly set: string;
  readonly release: string;
  readonly undo: string;
} {
  return {
    set: `savepoint ${name}`,
    release: `release savepoint ${name}`,
    undo: `rollback to savepoint ${name}`,
  };
}

/** Closes a portal. */
export function closePortalText(name: string): string {
  return `close ${name}`;
}
