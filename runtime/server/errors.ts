import type { DatabaseSourceErrorCode } from "../../compiler/values/errors.js";
import { mapError, StorageConnectionError } from "../postgres/errors.js";

export type { DatabaseSourceErrorCode } from "../../compiler/values/errors.js";

/**
 * No database could be had when a store was opened. Its message is one paragraph for a person: what, where, what to do; it holds no password.
 * `retryable` where the server did not answer, or could not take a session just then.
 */
export class DatabaseSourceError extends StorageConnectionError {
  /** Which source failed, and how. */
  declare readonly code: DatabaseSourceErrorCode;

  constructor(code: DatabaseSourceErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    const retryable = code === "connection-failed" && !isRefusal(options.cause);
    super(message, { code, operation: "openStorage", retryable, ...options });
  }
}

/** A password, a certificate or a setting that is wrong, which time does not mend. */
function isRefusal(cause: unknown): boolean {
  return !mapError(cause, { operation: "openStorage" }).retryable;
}

/** The message of anything thrown, on one line. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(reasonOf).join("; ");
  return (error instanceof Error ? error.message : String(error)).trim().replace(/\s*\n\s*/g, " ");
}

/** The `code` of a system or PostgreSQL error (`ENOENT`, `57P03`), or undefined. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
