/** Where connections come from: a pool of our own, or what an application lends us. */
import { canceled } from "./abort.js";
import type { ConnectedClient } from "./connect.js";
import { EventStorageError, QueryTimeoutError, StorageConnectionError } from "./errors.js";
import type { PoolerMode } from "./pooler.js";
import type { ConnectionCounts } from "./session.js";

/** Connections to lend out, one user at a time. */
export interface ConnectionSource {
  /** `application`: its connections come as they are, go back as they were, and are left open. */
  readonly owner: "us" | "application";
  /**
   * A client of one's own, to be given back by {@link ConnectionSource.release}. `limitMs`: less patience than the source's.
   * QueryCanceledError, StorageConnectionError.
   */
  readonly acquire: (operation: string, signal?: AbortSignal, limitMs?: number) => Promise<ConnectedClient>;
  /** Takes a client back; one that isn't `clean` is cut off, so that nobody meets its state. */
  readonly release: (client: ConnectedClient, clean: boolean) => void;
  readonly counts: () => ConnectionCounts;
  /** What comes before the server; `none` before the first connection. An application's sessions are like those that a pooler lends. */
  readonly mode: () => PoolerMode;
  /** Refuses further requests, waits `patienceMs` for clients that are out, then cuts off those that are ours. May be called twice. */
  readonly close: (patienceMs: number) => Promise<void>;
}

/** The error of calls that come after close(). */
export function closedError(operation: string): EventStorageError {
  return new EventStorageError(`${operation}: the storage is closed`, { code: "storage_closed", operation });
}

/** The error of a call whose AbortSignal was aborted before it had a connection. */
export function canceledWait(operation: string, signal: AbortSignal | undefined): EventStorageError {
  return canceled("canceled before it was sent", operation, signal);
}

/** How long a call has waited for a connection, and for how many. */
export interface Wait {
  readonly limitMs: number;
  readonly connections: number;
  /** The call had less time than the source has patience. */
  readonly ofCall: boolean;
}

/** The error of a call that has waited for a connection long enough. */
export function waitedInVain(operation: string, { limitMs, connections, ofCall }: Wait): EventStorageError {
  const what =
    connections === 0 ? "the server did not answer" : `none of ${connections} connections became free`;
  const message = `${operation}: ${what} within ${Math.round(limitMs)} ms`;
  if (ofCall) return new QueryTimeoutError(message, { operation });
  const code = connections === 0 ? "connection_failed" : "pool_exhausted";
  return new StorageConnectionError(message, { code, operation });
}
