/** What went wrong while looking for a database or starting one. Stable: callers may switch on it. */
export type DatabaseSourceErrorCode =
  | "no-source"
  | "no-store"
  | "source-unavailable"
  | "connection-failed"
  | "server-too-old"
  | "ip4r-missing"
  | "extension-missing"
  | "initdb-failed"
  | "start-failed"
  | "stop-failed"
  | "data-folder-in-use"
  | "data-folder-unusable"
  | "container-failed";

/** No database could be had. Its message is one paragraph for a person: what, where, what to do; it holds no password. */
export class DatabaseSourceError extends Error {
  override readonly name = "DatabaseSourceError";

  constructor(
    readonly code: DatabaseSourceErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
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
