/** Errors as answers: a status, and JSON that says what is wrong and what to do. */
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { FilterError } from "../../../grammar/filter-error.js";
import { ArgumentError } from "../../../compiler/values/arguments.js";
import {
  DataError,
  EventStorageError,
  QueryCanceledError,
  QueryTimeoutError,
} from "../../../runtime/postgres/errors.js";
import { UsageError } from "../../cli/errors.js";
import { ParameterError } from "../shared/compose.js";

/** Statuses that the server gives. */
export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 421 | 429 | 499 | 500 | 503 | 504;

/** What an answer that is none says. */
export interface HttpProblem {
  readonly status: ProblemStatus;
  readonly code: string;
  readonly message: string;
  readonly diagnostics?: readonly Diagnostic[];
}

/** Ends a request with a problem. */
export class RequestError extends Error {
  override readonly name = "RequestError";

  constructor(
    readonly status: ProblemStatus,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** What is said of an error. Messages of the storage are one line and without passwords; of what is unexpected nothing is said. */
export function problemOf(error: unknown): HttpProblem {
  if (error instanceof RequestError)
    return { status: error.status, code: error.code, message: error.message };
  if (error instanceof FilterError)
    return {
      status: 400,
      code: "filter_invalid",
      message:
        error.diagnostics.find(({ severity }) => severity === "error")?.message ?? "the filter is wrong",
      diagnostics: error.diagnostics,
    };
  if (error instanceof ParameterError) return { status: 400, code: error.code, message: error.message };
  if (error instanceof ArgumentError || error instanceof UsageError)
    return {
      status: 400,
      code: "argument_invalid",
      message: `${error.message}; parameters are given as param=NAME=VALUE`,
    };
  if (error instanceof EventStorageError) return storageProblem(error);
  if (error instanceof DOMException && error.name === "AbortError")
    return { status: 499, code: "query_canceled", message: "the query was cancelled" };
  return {
    status: 500,
    code: "server_error",
    message: "something went wrong on the server; its log says what",
  };
}

function storageProblem(error: EventStorageError): HttpProblem {
  const { code, message } = error;
  if (error instanceof QueryTimeoutError)
    return {
      status: 504,
      code,
      message: "the query took longer than allowed; narrow the time or the filter",
    };
  if (error instanceof QueryCanceledError) return { status: 499, code, message: "the query was cancelled" };
  if (error instanceof DataError) return { status: 400, code, message };
  if (code === "object_missing")
    return {
      status: 503,
      code,
      message: "the store has no tables yet: run eventstore init, then eventstore ingest",
    };
  return { status: code.startsWith("connection") || code === "pool_exhausted" ? 503 : 500, code, message };
}
