/** The standbys of a store: their connections, and which of them the next read takes. */
import { openExecutor } from "../../postgres/executor.js";
import type { Executor, ExecutorOptions, QueryActivity, StatusOptions } from "../../postgres/session.js";
import { resolveTarget } from "../../postgres/target.js";
import type { EventOperations } from "../operations.js";
import type { StandbyStatus } from "../types/upkeep.js";
import { ANSWER_MS, createMonitor } from "./monitor.js";
import { isLoss, type Reader } from "./route.js";

/** Milliseconds that a standby may be behind where nothing is said. */
const DEFAULT_MAX_LAG_MS = 5_000;

/** Milliseconds that a read waits for a connection to a standby at most: the primary may have one. */
const PATIENCE_MS = 3_000;

/** The standbys of one store. */
export interface Standbys {
  /** A standby that is fresh enough and has the fewest reads; null: the primary. */
  readonly choose: (signal?: AbortSignal) => Promise<Reader | null>;
  /** How each of them is, asked now. */
  readonly status: () => Promise<readonly StandbyStatus[]>;
  /** What runs on those that answer. */
  readonly queriesStatus: (options?: StatusOptions) => Promise<readonly QueryActivity[]>;
  /** The running query of that name, on whichever runs it. */
  readonly queryStatus: (name: string, options?: StatusOptions) => Promise<QueryActivity | null>;
  /** Cancels the query of that name on whichever runs it. */
  readonly queryCancel: (name: string, options?: StatusOptions) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** Where the standbys are, and how the store talks to its primary. */
export interface StandbyOptions {
  readonly readFrom: readonly string[];
  readonly maxLagMs?: number | undefined;
  /** Of the connections of the store; those to standbys are alike. */
  readonly connect: ExecutorOptions;
  /** The operations over a standby. */
  readonly operationsOver: (executor: Executor) => EventOperations;
}

/** Opens nothing yet: the first read connects. @throws StorageConnectionError `configuration_invalid` for a URL that is none */
export function createStandbys({
  readFrom,
  maxLagMs = DEFAULT_MAX_LAG_MS,
  connect,
  operationsOver,
}: StandbyOptions): Standbys {
  const open = (overrides: ExecutorOptions): Executor => openExecutor({ ...connect, ...overrides });
  const { password, ssl, searchPath, pooler, connections } = connect;
  const question: ExecutorOptions = {
    max: 1,
    timeoutMs: ANSWER_MS,
    acquireTimeoutMs: ANSWER_MS,
    graceMs: ANSWER_MS,
    onEvent: undefined,
  };
  const primary = connections === undefined ? open(question) : openExecutor({ ...question, connections });
  const standbys = readFrom.map((connectionString) => {
    const place = { connectionString, password, ssl, searchPath, pooler, connections: undefined };
    const acquireTimeoutMs = Math.min(connect.acquireTimeoutMs ?? PATIENCE_MS, PATIENCE_MS);
    const executor = open({ ...place, acquireTimeoutMs, readOnly: true });
    const { description } = resolveTarget({ connectionString });
    return {
      description,
      executor,
      operations: operationsOver(executor),
      probe: open({ ...place, ...question }),
      reads: 0,
    };
  });
  const monitor = createMonitor({ primary, standbys: standbys.map(({ probe }) => probe), maxLagMs });
  let turn = 0;

  /** The fresh one with the fewest reads; of several the next in turn. */
  const pick = (): number | null => {
    const states = monitor.states();
    turn += 1;
    const order = standbys.map((_, index) => (index + turn) % standbys.length);
    const [first] = order
      .filter((index) => states[index]?.state === "fresh")
      .sort((a, b) => standbys[a]!.reads - standbys[b]!.reads);
    return first ?? null;
  };

  const ofAll = async <T>(ask: (executor: Executor) => Promise<T>, otherwise: T): Promise<readonly T[]> =>
    monitor
      .lookAtAll()
      .then(() =>
        Promise.all(
          standbys.map(({ executor }, at) =>
            monitor.states()[at]?.state === "lost" ? otherwise : ask(executor).catch(() => otherwise),
          ),
        ),
      );

  return {
    choose: async (signal) => {
      await monitor.look();
      const at = signal?.aborted === true ? null : pick();
      const standby = at === null ? undefined : standbys[at];
      if (at === null || standby === undefined) return null;
      standby.reads += 1;
      return {
        operations: standby.operations,
        done: (error) => {
          standby.reads -= 1;
          if (isLoss(error)) monitor.lost(at, error);
        },
      };
    },
    status: async () => {
      await monitor.lookAtAll();
      return monitor.states().map((state, at) => ({ description: standbys[at]!.description, ...state }));
    },
    queriesStatus: async (options) => (await ofAll((executor) => executor.queriesStatus(options), [])).flat(),
    queryStatus: async (name, options) =>
      (await ofAll((executor) => executor.queryStatus(name, options), null)).find(
        (found) => found !== null,
      ) ?? null,
    queryCancel: async (name, options) =>
      (await ofAll((executor) => executor.queryCancel(name, options), false)).includes(true),
    close: async () => {
      await Promise.all(
        [primary, ...standbys.flatMap(({ executor, probe }) => [executor, probe])].map((one) => one.close()),
      );
    },
  };
}
