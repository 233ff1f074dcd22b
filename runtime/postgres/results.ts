/** From a statement to a request, and from the reply to what its cardinality promises. */
import { DataError } from "./errors.js";
import type { CallOptions, Cardinality, Result, Statement } from "./statement.js";
import type { Limits, Request } from "./request.js";
import type { Reply } from "./exchange.js";
import { tagOf } from "./query-name.js";

/** The request of a prepared statement. */
export function requestOf<P, R>(statement: Statement<P, R>, params: P): Request {
  const { operation, text, name, plan } = statement;
  return { operation, text, name, plan, values: statement.encode(params), describe: false };
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

/** Rows of a statement with rows. @throws what the statement's mapper throws for one of them */
function mappedRows<R>(statement: AnyStatement<R>, { rows, decoded }: Reply): R[] {
  if (decoded === null) return rows.map((row) => statement.decode(row));
  if (decoded.failure !== null) throw decoded.failure.error;
  // The mapper that went with the request is the statement's.
  return decoded.rows as R[];
}

function unexpectedRows(operation: string, wanted: string, rows: number): DataError {
  const message = `${operation}: the statement gave ${rows} rows where ${wanted} must come`;
  return new DataError(message, { code: "rows_unexpected", operation });
}
