/** From a statement to a request, and from the reply to what its cardinality promises. */
import { DataError } from "../errors.js";
import type { CallOptions, Cardinality, Result, Statement } from "../statement.js";
import type { Limits, Request } from "./request.js";
import type { Reply } from "./exchange.js";
import { tagOf } from "./query-name.js";

/** The request of a prepared statement. */
export function requestOf<P, R>(statement: Statement<P, R>, params: P): Request {
  const { operation, text, name, plan } = statement;
  return { operation, text, name, plan, values: statement.encode(params), describe: false };
}

/** The limits that a call sets. */
export function limitsOf(options: CallOptions): Limits {
  const { signal, timeoutMs, name } = options;
  return { signal, timeoutMs, tag: name === undefined ? undefined : tagOf(name) };
}

/** What running the statement returns. DataError when the number of rows isn't what the cardinality allows. */
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
    const [row] = reply.rows;
    if (row === undefined || reply.rows.length > 1) {
      throw unexpectedRows(statement.operation, "exactly one row", reply);
    }
    return statement.decode(row);
  },
  optional: (statement, reply) => {
    const [row] = reply.rows;
    if (reply.rows.length > 1) throw unexpectedRows(statement.operation, "at most one row", reply);
    return row === undefined ? null : statement.decode(row);
  },
  many: (statement, reply) => reply.rows.map((row) => statement.decode(row)),
  count: (statement, reply) => {
    // `select count(*)` returns its number in a row; of INSERT, UPDATE and DELETE the command tag has it.
    if (reply.command !== "SELECT") return reply.rowCount ?? 0;
    const [row] = reply.rows;
    if (row === undefined || reply.rows.length > 1)
      throw unexpectedRows(statement.operation, "one number", reply);
    return Number(row[0]);
  },
  none: () => undefined,
};

function unexpectedRows(operation: string, wanted: string, reply: Reply): DataError {
  const message = `${operation}: the statement gave ${reply.rows.length} rows where ${wanted} must come`;
  return new DataError(message, { code: "rows_unexpected", operation });
}
