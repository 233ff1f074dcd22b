/**
 * A pool of connections whose sessions are set up alike. Whoever waits gets the next connection that is free, be it one that was given back
 * or a new one. Waiting ends with the AbortSignal, with the time allowed, or with a connection; it never goes on forever.
 */
import { onAbort } from "./abort.js";
import { mapError } from "./errors.js";
import { connectTo, cutOff, hangUp, type ConnectedClient } from "./connect.js";
import { exchange, unnamed } from "./exchange.js";
import { isRefusedOption, recognisePooler, type PoolerMode } from "./pooler.js";
import { sessionSettingsText } from "./session-statements.js";
import type { SessionSettings } from "./settings.js";
import { canceledWait, closedError, waitedInVain, type ConnectionSource } from "./source.js";

/** Size and patience of a pool. */
export interface PoolOptions {
  readonly max: number;
  /** Milliseconds to wait for a free connection, or for the server to accept a new one. */
  readonly acquireTimeoutMs: number;
  /** What comes before the server; recognised when absent. */
  readonly pooler?: PoolerMode | undefined;
}

/** Idle connections are closed after this time. */
const IDLE_MS = 10_000;

/**
 * A connection through a pooler that isn't made in this time, while others are, waits in its queue: the pool is large enough without it. A server
 * that takes so long is busy, or recovers.
 */
const QUEUED_MS = 1_000;

/** How long the pool stays smaller after that. */
const SHRUNK_MS = 30_000;

interface Waiter {
  readonly give: (client: ConnectedClient) => void;
  readonly fail: (error: unknown) => void;
}

/** A pool without connections; the first `acquire` opens one. */
export function createPool(settings: SessionSettings, options: PoolOptions): ConnectionSource {
  const { max, acquireTimeoutMs } = options;
  const connect = createConnector(settings, options);
  const waiters = new Set<Waiter>();
  const idle: { readonly client: ConnectedClient; readonly timer: NodeJS.Timeout }[] = [];
  const out = new Set<ConnectedClient>();
  const connecting = new Set<AbortController>();
  let shrunk: { readonly to: number; readonly until: number } | null = null;
  let closing: Promise<void> | null = null;
  let emptied: (() => void) | null = null;

  const size = (): number => idle.length + out.size;
  const limit = (): number => (shrunk !== null && Date.now() < shrunk.until ? shrunk.to : max);
  const nextWaiter = (): Waiter | undefined => waiters.values().next().value;

  /** Gives a client to whoever waits longest, or keeps it for a while. */
  const offer = (client: ConnectedClient): void => {
    const waiter = nextWaiter();
    if (waiter !== undefined) return waiter.give(client);
    if (closing !== null) return void hangUp(client);
    const timer = setTimeout(() => {
      idle.splice(indexOf(client), 1);
      void hangUp(client);
    }, IDLE_MS);
    timer.unref();
    client.unref();
    idle.push({ client, timer });
  };
  const indexOf = (client: ConnectedClient): number => idle.findIndex((entry) => entry.client === client);

  /** Takes a client out of those that are idle; the newest, so that a pool that became too large shrinks. */
  const takeIdle = (): ConnectedClient | undefined => {
    const entry = idle.pop();
    if (entry === undefined) return undefined;
    clearTimeout(entry.timer);
    entry.client.ref();
    return entry.client;
  };

  const open = async (): Promise<void> => {
    const attempt = new AbortController();
    connecting.add(attempt);
    // Again and again: what comes before the server, and how much of it there is, may be known later than that.
    const queued = setInterval(() => {
      if (size() === 0 || connect.mode() === "none") return;
      shrunk = { to: size(), until: Date.now() + SHRUNK_MS };
      attempt.abort();
    }, QUEUED_MS);
    try {
      const client = await connect(attempt.signal);
      client.on("end", () => forget(client));
      connecting.delete(attempt);
      offer(client);
    } catch (error) {
      connecting.delete(attempt);
      // Others will be given back; nobody need fail because there can be no more.
      if (size() > 0 && (attempt.signal.aborted || isTooMany(error)))
        shrunk = { to: size(), until: Date.now() + SHRUNK_MS };
      else nextWaiter()?.fail(error);
    } finally {
      clearInterval(queued);
    }
    grow();
  };

  /** A connection that broke while it was idle. */
  const forget = (client: ConnectedClient): void => {
    const at = indexOf(client);
    if (at < 0) return;
    clearTimeout(idle[at]!.timer);
    idle.splice(at, 1);
  };

  /** Opens what is missing for those who wait. */
  const grow = (): void => {
    while (connecting.size < waiters.size && size() + connecting.size < limit()) void open();
  };

  const wait = (operation: string, signal: AbortSignal | undefined, limitMs: number) =>
    new Promise<ConnectedClient>((resolve, reject) => {
      const leave = (): void => {
        waiters.delete(waiter);
        clearTimeout(timer);
        deaf();
      };
      const fail = (error: unknown): void => {
        leave();
        reject(mapError(error, { operation }));
      };
      const waiter: Waiter = {
        give: (client) => {
          leave();
          out.add(client);
          resolve(client);
        },
        fail,
      };
      const patienceMs = Math.min(limitMs, acquireTimeoutMs);
      const late = (): void => {
        const ofCall = limitMs < acquireTimeoutMs;
        fail(waitedInVain(operation, { limitMs: patienceMs, connections: size(), ofCall }));
      };
      const timer = setTimeout(late, patienceMs);
      const deaf = onAbort(signal, () => fail(canceledWait(operation, signal)));
      waiters.add(waiter);
      grow();
    });

  return {
    owner: "us",
    acquire: async (operation, signal, limitMs = acquireTimeoutMs) => {
      if (closing !== null) throw closedError(operation);
      if (signal?.aborted === true) throw canceledWait(operation, signal);
      const client = waiters.size === 0 ? takeIdle() : undefined;
      if (client === undefined) return wait(operation, signal, limitMs);
      out.add(client);
      return client;
    },
    release: (client, clean) => {
      out.delete(client);
      if (clean && client.connection.stream.writable) offer(client);
      else cutOff(client);
      if (out.size === 0) emptied?.();
      grow();
    },
    counts: () => ({ total: size(), idle: idle.length, waiting: waiters.size }),
    mode: connect.mode,
    close: (patienceMs) => {
      closing ??= shutDown(patienceMs);
      return closing;
    },
  };

  async function shutDown(patienceMs: number): Promise<void> {
    for (const waiter of waiters) waiter.fail(closedError("acquire"));
    for (const attempt of connecting) attempt.abort();
    if (out.size > 0) {
      let patience: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        emptied = resolve;
        patience = setTimeout(resolve, patienceMs);
      });
      clearTimeout(patience);
      for (const client of out) cutOff(client);
    }
    for (let client = takeIdle(); client !== undefined; client = takeIdle()) await hangUp(client);
  }
}

/** Opens single connections, and learns what comes before the server. */
interface Connector {
  (signal: AbortSignal): Promise<ConnectedClient>;
  readonly mode: () => PoolerMode;
}

function createConnector(settings: SessionSettings, { acquireTimeoutMs, pooler }: PoolOptions): Connector {
  const { target, applicationName } = settings;
  const limitMs = acquireTimeoutMs;
  let mode: PoolerMode | undefined = pooler;
  let takesOptions = pooler === undefined || pooler === "none";

  const start = async (signal: AbortSignal): Promise<ConnectedClient> => {
    const withOptions = takesOptions;
    try {
      const given = withOptions ? settings.options : target.options;
      return await connectTo(target, { applicationName, options: given, limitMs, signal });
    } catch (error) {
      if (!isRefusedOption(error)) throw error;
      takesOptions = false;
      mode ??= "transaction";
      return connectTo(target, { applicationName, options: "", limitMs, signal });
    }
  };

  const connect = async (signal: AbortSignal): Promise<ConnectedClient> => {
    const client = await start(signal);
    try {
      // A pooler welcomes more clients than it has servers for: only who got an answer has one.
      if (mode !== "none") {
        const found = await recognisePooler(client, limitMs, signal);
        mode ??= found;
      }
      if (mode === "session") await setUp(client, settings);
      return client;
    } catch (error) {
      cutOff(client);
      throw error;
    }
  };
  return Object.assign(connect, { mode: () => mode ?? "none" });
}

/** Sets a session up by a statement. */
async function setUp(client: ConnectedClient, settings: SessionSettings): Promise<void> {
  const values = Object.entries(settings.values);
  await exchange(client, unnamed(sessionSettingsText(values.length), values.flat()));
}

/** too_many_connections, or a pooler's words for it. */
function isTooMany(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    mapError(error, { operation: "connect" }).sqlState === "53300" ||
    /too many|no more connections/u.test(error.message)
  );
}
