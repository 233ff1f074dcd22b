/** From a statement to a request, and from the reply to what its cardinality promises. */
import { DataError, EventStorageError } from "./errors.js";
import type { CallOptions, Cardinality, Result, Statement, WireRow } from "./statement.js";
import type { Limits, Request } from "./request.js";
import type { Reply } from "./exchange.js";
import { tagOf } from "./query-name.js";

/** The request of a prepared statement. */
export function requestOf<P, R>(statement: Statement<P, R>, params: P): Request {
  const { operation, text, plan } = statement;
  const values = encode(statement, params);
  // The server plans a statement without a name for the values that come with it.
  if (plan === "values") return { operation, text, name: null, values, describe: false };
  return { operation, text, name: statement.name, plan, values, describe: false };
}

/** Values that fit no placeholder are the caller's mistake, whoever finds it. */
function encode<P, R>(statement: Statement<P, R>, params: P) {
  try {
    return statement.encode(params);
  } catch (error) {
    if (error instanceof EventStorageError || !(error instanceof RangeError || error instanceof TypeError))
      throw error;
    const { operation } = statement;
    throw new DataError(`${operation}: ${error.message}`, { operation, cause: error });
  }
}

/** {@link requestOf} for a reply that goes to {@link resultOf}: rows are mapped while the next ones are on their way. */
export function decodingRequestOf<P, R>(statement: Statement<P, R>, params: P): Request {
  return {
    ...requestOf(statement, params),
    decode: MAPPED[statement.cardinality] ? statement.decode : undefined,
  };
}

/** Whether a cardinality has rows that are mapped. */
const MAPPED: Readonly<Record<Cardinality, boolean>> = {
  one: true,
  optional: true,
  many: true,
  count: false,
  none: false,
};

/** The limits that a call sets. */
export function limitsOf(options: CallOptions): Limits {
  const { signal, timeoutMs, name } = options;
  return { signal, timeoutMs, tag: name === undefined ? undefined : tagOf(name) };
}

/**
 * What running the statement returns, from the reply to its {@link decodingRequestOf}. DataError when the number of rows isn't what the
 * cardinality allows.
 */
export function resultOf<P, R, C extends Cardinality>(
  statement: Statement<P, R, C>,
  reply: Reply,
): Result<C, R> {
  return results[statement.cardinality]<R>(statement, reply);
}

type AnyStatement<R> = Pick<Statement<never, R>, "operation" | "decode">;

const results: {
  readonly [C in Cardinality]: <R>(statement: AnyStatement<R>, reply: Reply) => Result<C, R>;
} = {
  one: (statement, reply) => {
    const rows = mappedRows(statement, reply);
    if (rows.length !== 1) throw unexpectedRows(statement.operation, "exactly one row", rows.length);
    return rows[0]!;
  },
  optional: (statement, reply) => {
    const rows = mappedRows(statement, reply);
    if (rows.length > 1) throw unexpectedRows(statement.operation, "at most one row", rows.length);
    return rows[0] ?? null;
  },
  many: mappedRows,
  count: (statement, reply) => {
    // `select count(*)` returns its number in a row; of INSERT, UPDATE and DELETE the command tag has it.
    if (reply.command !== "SELECT") return reply.rowCount ?? 0;
    const [row, ...others] = reply.rows;
    if (row === undefined || others.length > 0)
      throw unexpectedRows(statement.operation, "one number", reply.rows.length);
    return Number(row[0]);
  },
  none: () => undefined,
};

/** Rows of a statement with rows. @throws DataError when the statement's mapper refuses one of them */
function mappedRows<R>(statement: AnyStatement<R>, { rows, decoded }: Reply): R[] {
  if (decoded === null) return rows.map((row) => mapRow(statement, row));
  if (decoded.failure !== null) throw unreadable(statement.operation, decoded.failure.error);
  // The mapper that went with the request is the statement's.
  return decoded.rows as R[];
}

/** A row of a statement, mapped. @throws DataError when the mapper refuses a value */
export function mapRow<R>(statement: AnyStatement<R>, row: WireRow): R {
  try {
    return statement.decode(row);
  } catch (error) {
    throw unreadable(statement.operation, error);
  }
}

function unreadable(operation: string, error: unknown): unknown {
  if (error instanceof EventStorageError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new DataError(`${operation}: a value from the database can't be read: ${reason}`, {
    operation,
    cause: error,
  });
}

function unexpectedRows(operation: string, wanted: string, rows: number): DataError {
  const message = `${operation}: the statement gave ${rows} rows where ${wanted} must come`;
  return new DataError(message, { code: "rows_unexpected", operation });
}
