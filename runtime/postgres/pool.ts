/**
 * A pool of connections whose sessions are set up alike. Waiting for one ends with the AbortSignal, with the time allowed, or with a
 * connection; it never goes on forever.
 */
import pg from "pg";
import type { ClientConfig, PoolClient } from "pg";
import { EventStorageError, QueryCanceledError, StorageConnectionError, mapError } from "./errors.js";
import { exchange, unnamed } from "./exchange.js";
import type { ConnectionCounts } from "./session.js";
import type { SessionSettings } from "./settings.js";

/** Size and patience of a pool. */
export interface PoolOptions {
  readonly max: number;
  /** Milliseconds to wait for a free connection, or for the server to accept a new one. */
  readonly acquireTimeoutMs: number;
}

/** Connections to lend out. */
export interface Pool {
  /** A client of one's own, to be given back by {@link Pool.release}. QueryCanceledError, StorageConnectionError. */
  readonly acquire: (operation: string, signal?: AbortSignal) => Promise<PoolClient>;
  /** Takes a client back; one that isn't `clean` is cut off, so that nobody meets its state. */
  readonly release: (client: PoolClient, clean: boolean) => void;
  readonly counts: () => ConnectionCounts;
  /** Refuses further requests, waits `patienceMs` for clients that are out, then cuts them off. May be called twice. */
  readonly close: (patienceMs: number) => Promise<void>;
}

/** Idle connections are closed after this time. */
const IDLE_MS = 10_000;

/** A pool without connections; the first `acquire` opens one. */
export function createPool(settings: SessionSettings, options: PoolOptions): Pool {
  let config: ClientConfig = settings.withOptions;
  // pg-pool builds each client from its own options; a class of our own lets the start-up change when a pooler refuses it.
  class ConfiguredClient extends pg.Client {
    constructor() {
      super(config);
      // pg-pool takes its own listener off a client that is lent out; an error without a listener would end the process.
      this.on("error", ignore);
    }
  }
  const pool = new pg.Pool({
    Client: ConfiguredClient,
    max: options.max,
    connectionTimeoutMillis: options.acquireTimeoutMs,
    idleTimeoutMillis: IDLE_MS,
    // An idle pool keeps no process alive.
    allowExitOnIdle: true,
    verify: (client, done) => {
      if (config === settings.withOptions) done();
      else setUp(client, settings).then(() => done(), done);
    },
  });
  // An idle connection that breaks has left the pool by the time this is called; the next request opens another.
  pool.on("error", ignore);

  const out = new Set<PoolClient>();
  let closing: Promise<void> | null = null;

  const connect = async (operation: string, signal: AbortSignal | undefined): Promise<PoolClient> => {
    try {
      return await borrow(pool, operation, signal);
    } catch (error) {
      if (config === settings.withoutOptions || !isRefusedOption(error)) throw error;
      config = settings.withoutOptions;
      return borrow(pool, operation, signal);
    }
  };

  return {
    acquire: async (operation, signal) => {
      if (closing !== null) throw closedError(operation);
      try {
        const client = await connect(operation, signal);
        out.add(client);
        return client;
      } catch (error) {
        throw mapError(error, { operation });
      }
    },
    release: (client, clean) => {
      out.delete(client);
      if (!clean) cutOff(client);
      client.release(!clean);
    },
    counts: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: (patienceMs) => {
      closing ??= shutDown(pool, out, patienceMs);
      return closing;
    },
  };
}

/** Closes a client's socket at once; `end()` would wait for a server that may never answer. */
export function cutOff(client: PoolClient): void {
  client.connection.stream.destroy();
}

/** The error of calls that come after close(). */
export function closedError(operation: string): EventStorageError {
  return new EventStorageError(`${operation}: the storage is closed`, { code: "storage_closed", operation });
}

function borrow(pool: pg.Pool, operation: string, signal: AbortSignal | undefined): Promise<PoolClient> {
  return new Promise((resolve, reject) => {
    const abort = (): void =>
      reject(new QueryCanceledError(`${operation}: canceled before it was sent`, { operation }));
    if (signal?.aborted === true) return abort();
    signal?.addEventListener("abort", abort, { once: true });
    pool.connect((error, client) => {
      signal?.removeEventListener("abort", abort);
      if (client === undefined)
        return reject(error ?? new StorageConnectionError(`${operation}: no connection`));
      // pg-pool has no way to leave its queue: who left gives back what comes too late.
      if (signal?.aborted === true) return client.release();
      resolve(client);
    });
  });
}

async function setUp(client: pg.ClientBase, settings: SessionSettings): Promise<void> {
  const names = Object.keys(settings.values);
  const calls = names.map((_, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, false)`);
  await exchange(client, unnamed(`select ${calls.join(", ")}`, Object.entries(settings.values).flat()));
}

/** PgBouncer and its like: `unsupported startup parameter: options`. */
function isRefusedOption(error: unknown): boolean {
  return error instanceof Error && /unsupported startup parameter/u.test(error.message);
}

async function shutDown(pool: pg.Pool, out: ReadonlySet<PoolClient>, patienceMs: number): Promise<void> {
  const patience = setTimeout(() => {
    for (const client of out) cutOff(client);
  }, patienceMs);
  try {
    await pool.end();
  } finally {
    clearTimeout(patience);
  }
}

function ignore(): void {}
