/** The methods of a session over whatever lends it a connection: the pool, or a transaction. */
import type { CallOptions, Cardinality, Result, Statement } from "../statement.js";
import type { Connection } from "./connection.js";
import { observe, stopwatch } from "./observe.js";
import type { Observed } from "./observe.js";
import { limitsOf, requestOf, resultOf } from "./results.js";
import type { Limits, Request } from "./request.js";
import type {
  EventHook,
  QueryOptions,
  QueryRows,
  Session,
  StreamOptions,
  TransactionOptions,
} from "./session.js";
import { streamRows } from "./stream.js";
import type { BlockSource } from "./stream.js";
import { toQueryRows, toWire } from "./values.js";

/** A call that wants a connection. */
export interface Call extends Observed {
  readonly signal: AbortSignal | undefined;
  /** It may be made again when it is not known whether it took effect. */
  readonly idempotent: boolean;
}

/** A portal to be fetched from in blocks. */
export interface BlockRequest {
  readonly request: Request;
  readonly blockSize: number;
  readonly limits: Limits;
}

/** What the methods of a session stand on. */
export interface SessionHost {
  readonly hook: EventHook | undefined;
  /** Gives `work` a connection for its own use until it settles. */
  readonly use: <T>(call: Call, work: (connection: Connection) => Promise<T>) => Promise<T>;
  readonly openBlocks: (blocks: BlockRequest, signal: AbortSignal) => Promise<BlockSource>;
  readonly transaction: <T>(
    work: (session: Session) => Promise<T>,
    options: TransactionOptions,
  ) => Promise<T>;
  /** Aborted when the session ends: open streams end with it. */
  readonly closing: AbortSignal;
}

const DEFAULT_BLOCK_SIZE = 1_000;

/** A session on a host. */
export function createSession(host: SessionHost): Session {
  return {
    run: <P, R, C extends Cardinality>(
      statement: Statement<P, R, C>,
      params: P,
      options: CallOptions = {},
    ): Promise<Result<C, R>> => {
      const { operation, name, idempotent } = statement;
      const call: Call = { operation, statement: name, retries: 0, signal: options.signal, idempotent };
      const work = async (connection: Connection) =>
        connection.execute(requestOf(statement, params), limitsOf(options));
      const run = async () => {
        const reply = await host.use(call, work);
        return { result: resultOf(statement, reply), rows: reply.rowCount ?? reply.rows.length };
      };
      return observe(host.hook, call, run, ({ rows }) => rows).then(({ result }) => result);
    },

    query: (
      text: string,
      values: readonly unknown[] = [],
      options: QueryOptions = {},
    ): Promise<QueryRows> => {
      const { operation = "query", idempotent = false, signal } = options;
      const call: Call = { operation, statement: null, retries: 0, signal, idempotent };
      const work = async (connection: Connection) => {
        const request = { operation, text, name: null, values: values.map(toWire), describe: true };
        return toQueryRows(await connection.execute(request, limitsOf(options)));
      };
      return observe(
        host.hook,
        call,
        () => host.use(call, work),
        ({ rowCount }) => rowCount,
      );
    },

    stream: <P, R>(
      statement: Statement<P, R>,
      params: P,
      options: StreamOptions = {},
    ): AsyncIterableIterator<R> => {
      const { operation, name } = statement;
      const { signal, blockSize = DEFAULT_BLOCK_SIZE } = options;
      const report = stopwatch(host.hook, { operation, statement: name, retries: 0 });
      return streamRows({
        operation,
        // Not by its prepared name: that could be stale after DDL, and the stream's transaction couldn't be repaired.
        open: (ending) =>
          host.openBlocks(
            {
              request: { ...requestOf(statement, params), name: null },
              blockSize,
              limits: limitsOf(options),
            },
            ending,
          ),
        decode: statement.decode,
        signal: signal === undefined ? host.closing : AbortSignal.any([signal, host.closing]),
        report,
      });
    },

    transaction: (work, options = {}) => host.transaction(work, options),
  };
}

let portals = 0;

/** A name for a portal that no other of this process has. */
export function portalName(): string {
  portals += 1;
  return `stream_${portals}`;
}
