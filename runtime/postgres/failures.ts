/** What an error of the server, of the network or of `pg` says, and which kind of failure that is. */
import type { StorageErrorDetails } from "../../compiler/values/errors.js";

/** The parts of an error that decide its kind. */
export interface FailureReport {
  readonly message: string;
  readonly detail: string;
  readonly hint: string;
  /** What the server was doing. */
  readonly context: string;
  readonly sqlState: string | undefined;
  /** The server ended the session with this error, not just the statement. */
  readonly fatal: boolean;
  readonly constraint: string | undefined;
  /** `code` of a network error: ECONNREFUSED. */
  readonly network: string | undefined;
  /** The network failed on a connection that had been made: what was on its way may have arrived. */
  readonly underWay: boolean;
}

const SQL_STATE = /^[0-9A-Z]{5}$/u;

/** `ERROR` in the languages that PostgreSQL's messages are translated to; any other severity ends the session. */
const STATEMENT_ERRORS: ReadonlySet<string> = new Set(
  "ERROR FEHLER ERREUR ERRORE ERRO HATA FEL CHYBA BŁĄD ОШИБКА ПОМИЛКА ΣΦΑΛΜΑ შეცდომა エラー 错误 錯誤 오류".split(
    " ",
  ),
);

/** Reads anything that was thrown. */
export function readReport(error: unknown): FailureReport {
  // Node reports a name with several addresses as an AggregateError with an empty message and the code of the first attempt.
  const gathered: readonly unknown[] =
    error instanceof AggregateError && error.message === "" ? error.errors : [error];
  const source = gathered[0];
  const fields: Readonly<Record<string, unknown>> =
    typeof source === "object" && source !== null ? textsOf(source) : {};
  const text = (key: string): string | undefined =>
    typeof fields[key] === "string" ? fields[key] : undefined;
  const code = text("code");
  const severity = text("severity");
  // A server error has a severity; Node's EPIPE would otherwise pass for a SQLSTATE.
  const fromServer = severity !== undefined && code !== undefined && SQL_STATE.test(code);
  return {
    message: text("message") ?? String(source),
    detail: fromServer ? (text("detail") ?? "") : "",
    hint: fromServer ? (text("hint") ?? "") : "",
    context: fromServer ? (text("where") ?? "") : "",
    sqlState: fromServer ? code : undefined,
    fatal: fromServer && !STATEMENT_ERRORS.has(severity),
    constraint: text("constraint"),
    network: fromServer ? undefined : code,
    underWay: /^(read|write|writev|shutdown)$/u.test(text("syscall") ?? ""),
  };
}

function textsOf(source: object): Readonly<Record<string, unknown>> {
  const keys = ["message", "code", "severity", "detail", "hint", "where", "constraint", "syscall"];
  return Object.fromEntries(keys.map((key): [string, unknown] => [key, Reflect.get(source, key)]));
}

/** Code of a failure, and whether the call may be made again. */
export type ServerFailure = Pick<StorageErrorDetails, "code" | "retryable">;

/** A process that worked for the statement was ended, by hand or by the system; the session itself goes on. */
export function wasWorkerEnded({ sqlState, fatal, message, context }: FailureReport): boolean {
  if (fatal || sqlState === undefined || REMOTE_CONTEXT.test(context)) return false;
  return /^57P0[12]$/u.test(sqlState) || message === "lost connection to parallel worker";
}

/** Messages that pg throws without a code. */
const LOST_MESSAGE =
  /^(connection terminated|client has encountered a connection error|client was closed|this socket|server closed)/iu;

/** What a pooler says of the server behind it; it has one SQLSTATE for all of it, 08P01. */
const POOLER_LOST =
  /server conn crashed|server closed|terminat(ed|ing)|shut(ting)? ?down|server_lifetime|crash/iu;
const POOLER_BUSY =
  /query_wait_timeout|login_timeout|connect_timeout|too many|no more connections|cannot connect|login failed/iu;

/** What the coordinator of a Citus cluster says of a worker that went away, with XX000 or 08006; these messages are in English everywhere. */
const REMOTE_LOST = /^(connection to the remote node .* failed|failure on connection marked as essential)/u;

/** The same where rows were on their way to the worker: with XX000, in the words of the worker or of libpq. */
const COPY_LOST =
  /^(terminating connection|server closed the connection|SSL (SYSCALL|connection)|could not (receive|send) data)/u;

/** What its coordinator was doing where the error is one that a worker reported: in English everywhere as well. */
const REMOTE_CONTEXT = /^while executing command on /mu;

/** With FATAL or PANIC: a session, or the server, ended within its work for the lack of memory or disk, or an error of its own. */
const SERVER_DOWN = /^(53[12]00|58030|XX00.)$/u;

/** The kind of failure of a connection, or null when the error is about something else. */
export function connectionFailure(report: FailureReport): ServerFailure | null {
  const state = report.sqlState ?? "";
  if (REMOTE_LOST.test(report.message)) return { code: "connection_lost" };
  if (state === "XX000" && COPY_LOST.test(report.message)) return { code: "connection_lost" };
  if (state === "57P03" || state === "53300") return { code: "connection_refused" };
  // The database was dropped.
  if (state === "57P04") return { code: "connection_lost", retryable: false };
  if (report.fatal && SERVER_DOWN.test(state)) return { code: "connection_lost" };
  if (state.startsWith("57P0")) return { code: "connection_lost" };
  if (state.startsWith("28") || state === "3D000") return { code: "connection_refused", retryable: false };
  if (state === "08P01") return protocolFailure(report);
  if (state.startsWith("08")) return report.fatal ? { code: "connection_lost" } : null;
  if (state !== "") return null;
  return networkFailure(report);
}

/** A message that the server did not understand, or a pooler's complaint. */
function protocolFailure({ fatal, message }: FailureReport): ServerFailure | null {
  if (!fatal) return null;
  if (POOLER_LOST.test(message)) return { code: "connection_lost" };
  return { code: "connection_refused", retryable: POOLER_BUSY.test(message) };
}

function networkFailure({ network, message, underWay }: FailureReport): ServerFailure | null {
  if (underWay && network !== undefined) return { code: "connection_lost" };
  switch (network) {
    case "ECONNREFUSED":
    case "ENOENT":
      return { code: "connection_refused" };
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EAI_FAIL":
    case "EHOSTUNREACH":
    case "EHOSTDOWN":
    case "ENETUNREACH":
    case "ENETDOWN":
    case "EADDRNOTAVAIL":
    case "ENOBUFS":
    case "EMFILE":
    case "ENFILE":
    case "EACCES":
    case "EPERM":
      return { code: "connection_failed" };
    case "ECONNRESET":
    case "ECONNABORTED":
    case "EPIPE":
    case "ETIMEDOUT":
    case "ENOTCONN":
    case "ERR_STREAM_DESTROYED":
    case "ERR_STREAM_WRITE_AFTER_END":
    case "ERR_SOCKET_CLOSED":
      return { code: "connection_lost" };
    default:
      break;
  }
  if (/timeout expired|due to connection timeout/u.test(message)) return { code: "connection_failed" };
  if (isTlsProblem(network, message)) return { code: "connection_failed", retryable: false };
  return LOST_MESSAGE.test(message) ? { code: "connection_lost" } : null;
}

/** TLS could not be agreed on: a certificate is wrong, or one side has none. */
export function isTlsProblem(code: string | undefined, message: string): boolean {
  return /^ERR_(OSSL|SSL|TLS)_/u.test(code ?? "") || /SSL|TLS|certificate/u.test(message);
}

/** The kind of any other failure. */
export function otherFailure(report: FailureReport): ServerFailure {
  const state = report.sqlState ?? "";
  if (state === "42501") return { code: "privilege_missing" };
  if (["42P01", "42883", "42704", "42703", "3F000"].includes(state)) return { code: "object_missing" };
  if (state === "25006") return { code: "read_only" };
  if (state === "25P02") return { code: "transaction_aborted" };
  if (isLockTableFull(report)) return { code: "resources_exhausted" };
  if (state.startsWith("53") || state === "58030") return { code: "resources_exhausted", retryable: true };
  // The session has lost its prepared statements, to DEALLOCATE ALL or a pooler: they are prepared again.
  if (state === "26000") return { code: "statement_invalid", retryable: true };
  // A server behind the server, of a foreign table or dblink.
  if (/^080(00|01|03|06)$/u.test(state)) return { code: "storage_error", retryable: true };
  if (state.startsWith("42") || state === "08P01") return { code: "statement_invalid" };
  return { code: "storage_error" };
}

/** The server's table of locks is full; its hint names the setting in every language. */
function isLockTableFull({ sqlState, hint, message }: FailureReport): boolean {
  return sqlState === "53200" && /max_locks_per_transaction|shared memory/u.test(`${hint} ${message}`);
}

/** Why a server refuses to write: it is a standby, it was told to, the store was opened so, or it has not said. */
export type ReadOnlyReason = "standby" | "default" | "own" | "unknown";

const READ_ONLY: Readonly<Record<ReadOnlyReason, string>> = {
  standby:
    "; this server is a standby, which only reads: name its primary, or all hosts with target_session_attrs=read-write",
  default:
    "; this server reads only, by default_transaction_read_only of itself, the database or the role: take it back there, or name another server",
  own: "; this store was opened for reading only",
  unknown: "; the transaction is read-only, or the server is a standby: write in another one, on the primary",
};

/** What to do about a failure, after its message; empty where the message says it all. */
export function adviceFor(report: FailureReport, readOnly: ReadOnlyReason = "unknown"): string {
  if (report.sqlState === "25006") return READ_ONLY[readOnly];
  if (isLockTableFull(report))
    return "; the server has no room for more locks: raise max_locks_per_transaction there and restart it; within a transaction, use fewer statements";
  if (/statement pooling mode/u.test(report.message))
    return "; what this store does takes transactions: set pool_mode = transaction, or session, in the pooler";
  if (isDamagedLibrary(report.message))
    return "; a library does not fit the running server, as after an upgrade: restart the server";
  return "";
}

/** A library of an extension that the running server can't load, or that lacks what the server looks for. */
export function isDamagedLibrary(message: string): boolean {
  return /could not load library|incompatible library|could not find function .* in file|undefined symbol/u.test(
    message,
  );
}
