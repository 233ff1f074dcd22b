/** The methods of a session over whatever lends it a connection: the pool, or a transaction. */
import type { CallOptions, Cardinality, Result, Statement } from "./statement.js";
import type { Reply } from "./exchange.js";
import { stopwatch } from "./observe.js";
import type { Observed } from "./observe.js";
import { decodingRequestOf, limitsOf, mapRow, requestOf, resultOf } from "./results.js";
import type { Limits, Request } from "./request.js";
import type {
  EventHook,
  QueryOptions,
  QueryRows,
  Session,
  StreamOptions,
  TransactionOptions,
} from "./session.js";
import { blockSizes, streamRows } from "./stream.js";
import type { BlockSource } from "./stream.js";
import { toQueryRows, toWire } from "./values.js";

/** A request that wants a connection. */
export interface Call {
  readonly request: Request;
  readonly limits: Limits;
  /** It may be made again when it is not known whether it took effect. */
  readonly idempotent: boolean;
  /** Whoever makes it again counts it there. */
  readonly observed: Observed;
}

/** A portal to be fetched from in blocks. */
export interface BlockRequest {
  readonly request: Request;
  /** Rows of the next block. */
  readonly blockSize: () => number;
  readonly limits: Limits;
}

/** What the methods of a session need. */
export interface SessionHost {
  readonly hook: EventHook | undefined;
  /** A call may be made again on another connection. */
  readonly repeatable: boolean;
  /** Runs a request on a connection that is its own meanwhile. */
  readonly execute: (call: Call) => Promise<Reply>;
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
    run: async <P, R, C extends Cardinality>(
      statement: Statement<P, R, C>,
      params: P,
      options: CallOptions = {},
    ): Promise<Result<C, R>> => {
      const { operation, name, idempotent } = statement;
      const observed: Observed = { operation, statement: name, retries: 0 };
      const report = stopwatch(host.hook, observed);
      try {
        const request = decodingRequestOf(statement, params);
        const reply = await host.execute({ request, limits: limitsOf(options), idempotent, observed });
        const result = resultOf(statement, reply);
        report(reply.rowCount ?? reply.rows.length, undefined);
        return result;
      } catch (error) {
        report(0, error);
        throw error;
      }
    },

    query: async (
      text: string,
      values: readonly unknown[] = [],
      options: QueryOptions = {},
    ): Promise<QueryRows> => {
      const { operation = "query", idempotent = false } = options;
      const observed: Observed = { operation, statement: null, retries: 0 };
      const report = stopwatch(host.hook, observed);
      try {
        const request = { operation, text, name: null, values: values.map(toWire), describe: true };
        const reply = await host.execute({ request, limits: limitsOf(options), idempotent, observed });
        const rows = toQueryRows(reply);
        report(rows.rowCount, undefined);
        return rows;
      } catch (error) {
        report(0, error);
        throw error;
      }
    },

    stream: (statement, params, options = {}) => streamOn(host, statement, params, options),

    transaction: (work, options = {}) => host.transaction(work, options),
  };
}

function streamOn<P, R>(
  host: SessionHost,
  statement: Statement<P, R>,
  params: P,
  options: StreamOptions,
): AsyncIterableIterator<R> {
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
          blockSize: blockSizes(blockSize),
          limits: limitsOf(options),
        },
        ending,
      ),
    decode: (row) => mapRow(statement, row),
    // A transaction that has lost its connection has lost what it did before, too.
    repeatable: host.repeatable && statement.idempotent,
    signal: signal === undefined ? host.closing : AbortSignal.any([signal, host.closing]),
    report,
  });
}

let portals = 0;

/** A name for a portal that no other of this process has. */
export function portalName(): string {
  portals += 1;
  return `stream_${portals}`;
}
