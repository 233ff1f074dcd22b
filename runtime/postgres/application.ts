/**
 * Connections of an application: its pool or its client of `pg`, used as they are and left open. Settings are told to each exchange or
 * transaction and end with it, so the application meets its sessions as it left them.
 */
import pg from "./driver/pg.js";
import { onAbort } from "./abort.js";
import { connectionsProblem, isPool, type ApplicationConnections } from "./application-connections.js";
import { StorageConnectionError, mapError } from "./errors.js";
import type { ConnectedClient } from "./connect.js";
import type { ConnectionCounts } from "./session.js";
import { canceledWait, closedError, waitedInVain, type ConnectionSource } from "./source.js";

/** How clients are had, and given back. */
interface Lender {
  readonly lend: () => Promise<ConnectedClient>;
  readonly takeBack: (client: ConnectedClient, clean: boolean) => void;
  readonly counts: () => ConnectionCounts;
}

/** Lends the connections of an application. `acquireTimeoutMs`: milliseconds to wait for one. */
export function applicationSource(
  connections: ApplicationConnections,
  acquireTimeoutMs: number,
): ConnectionSource {
  const lender = lenderOf(connections);
  const out = new Set<ConnectedClient>();
  let closed = false;
  let emptied: (() => void) | null = null;

  const take = (operation: string, client: ConnectedClient): ConnectedClient => {
    const problem = connectionsProblem(client);
    if (problem !== null) {
      lender.takeBack(client, false);
      throw unusable(operation, problem);
    }
    // An error without a listener would end the process.
    client.on("error", ignore);
    out.add(client);
    return client;
  };

  const acquire: ConnectionSource["acquire"] = async (operation, signal, limitMs = acquireTimeoutMs) => {
    if (closed) throw closedError(operation);
    if (signal?.aborted === true) throw canceledWait(operation, signal);
    const patienceMs = Math.min(limitMs, acquireTimeoutMs);
    const lent = lender.lend();
    const given = await first(lent, patienceMs, signal).catch((error: unknown) => {
      throw lendingFailed(operation, error);
    });
    if (typeof given === "object") return take(operation, given);
    // Whoever comes too late goes back at once.
    lent.then((client) => lender.takeBack(client, true), ignore);
    if (given === "aborted") throw canceledWait(operation, signal);
    const connections = lender.counts().total;
    throw waitedInVain(operation, { limitMs: patienceMs, connections, ofCall: limitMs < acquireTimeoutMs });
  };

  return {
    owner: "application",
    acquire,
    release: (client, clean) => {
      out.delete(client);
      client.off("error", ignore);
      lender.takeBack(client, clean && client.connection.stream.writable);
      if (out.size === 0) emptied?.();
    },
    counts: lender.counts,
    mode: () => "transaction",
    close: async (patienceMs) => {
      closed = true;
      if (out.size === 0) return;
      const late = setTimeout(() => emptied?.(), patienceMs);
      await new Promise<void>((resolve) => (emptied = resolve));
      clearTimeout(late);
    },
  };
}

/** A second line to the server of an application's connections: a connection or two of our own, opened as theirs were. */
export function besideApplication(
  connections: ApplicationConnections,
  acquireTimeoutMs: number,
): ConnectionSource {
  const pool = new pg.Pool({ ...parametersOf(connections), max: 2, allowExitOnIdle: true });
  pool.on("error", ignore);
  const source = applicationSource(pool, acquireTimeoutMs);
  let ended: Promise<void> | null = null;
  return {
    ...source,
    close: async (patienceMs) => {
      await source.close(patienceMs);
      await (ended ??= pool.end());
    },
  };
}

function parametersOf(connections: ApplicationConnections): pg.PoolConfig {
  if (isPool(connections)) {
    // pg hides the password from whoever copies the options.
    const { options } = connections;
    const { password } = options;
    return { ...options, ...(password === undefined ? {} : { password }), min: 0, onConnect: undefined };
  }
  const { host, port, user, database, password, ssl } = connections as unknown as pg.Client;
  return { host, port, ssl, user, database, ...(typeof password === "string" ? { password } : {}) };
}

function lenderOf(connections: ApplicationConnections): Lender {
  if (!isPool(connections)) return lenderOfOne(connections as unknown as ConnectedClient);
  return {
    lend: async () => (await connections.connect()) as unknown as ConnectedClient,
    takeBack: (client, clean) => (client as unknown as pg.PoolClient).release(clean ? undefined : true),
    counts: () => ({
      total: connections.totalCount,
      idle: connections.idleCount,
      waiting: connections.waitingCount,
    }),
  };
}

/** Who uses a client, over all stores that were given it: each waits for the one before. */
const queues = new WeakMap<ConnectedClient, Promise<void>>();

function lenderOfOne(client: ConnectedClient): Lender {
  let waiting = 0;
  let out = false;
  let release: () => void = ignore;
  return {
    lend: async () => {
      const before = queues.get(client);
      let end: () => void = ignore;
      queues.set(client, new Promise((resolve) => (end = resolve)));
      waiting += 1;
      await before;
      waiting -= 1;
      release = end;
      out = true;
      return client;
    },
    takeBack: () => {
      out = false;
      release();
    },
    counts: () => ({ total: 1, idle: out ? 0 : 1, waiting }),
  };
}

/** The first of: the client, the end of patience, the abortion. */
async function first(
  lent: Promise<ConnectedClient>,
  limitMs: number,
  signal: AbortSignal | undefined,
): Promise<ConnectedClient | "late" | "aborted"> {
  let timer: NodeJS.Timeout | undefined;
  let stop: () => void = ignore;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, limitMs, "late");
  });
  const aborted = new Promise<"aborted">((resolve) => {
    stop = onAbort(signal, () => resolve("aborted"));
  });
  try {
    return await Promise.race([lent, late, aborted]);
  } finally {
    clearTimeout(timer);
    stop();
  }
}

function lendingFailed(operation: string, error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (/calling end on the pool/u.test(message)) return unusable(operation, "is a pool that has ended");
  if (/timeout exceeded when trying to connect/u.test(message))
    return new StorageConnectionError(
      `${operation}: the given pool had no connection in the time that it allows`,
      {
        code: "pool_exhausted",
        operation,
        cause: error,
      },
    );
  return mapError(error, { operation });
}

function unusable(operation: string, problem: string): StorageConnectionError {
  const message = `${operation}: what was given as pool ${problem}`;
  return new StorageConnectionError(message, { code: "connection_refused", operation, retryable: false });
}

function ignore(): void {}
