import { describe, expect, it } from "vitest";
import {
  DataError,
  EventStorageError,
  QueryCanceledError,
  QueryTimeoutError,
  StorageConnectionError,
  StorageIntegrityError,
  TransactionConflictError,
  isConnectionLoss,
  isItemError,
  mapError,
  oneLine,
} from "../../../runtime/postgres/errors.js";
import { DatabaseSourceError } from "../../../runtime/server/errors.js";

/** An error as pg-protocol builds it. */
function serverError(code: string, message = "it failed", more: object = {}): Error {
  return Object.assign(new Error(message), { code, severity: "ERROR", ...more });
}

function networkError(code: string): Error {
  return Object.assign(new Error(`connect ${code} 127.0.0.1:1`), { code, errno: -111, syscall: "connect" });
}

const operation = "insertEvent";

describe("mapError", () => {
  it.each([
    ["22P02", DataError, "data_invalid"],
    ["22003", DataError, "data_invalid"],
    ["23505", StorageIntegrityError, "integrity_violation"],
    ["23503", StorageIntegrityError, "integrity_violation"],
    ["23514", StorageIntegrityError, "integrity_violation"],
    ["40001", TransactionConflictError, "transaction_conflict"],
    ["40P01", TransactionConflictError, "transaction_conflict"],
    ["55P03", QueryTimeoutError, "lock_timeout"],
    ["25P03", QueryTimeoutError, "query_timeout"],
    ["57P01", StorageConnectionError, "connection_lost"],
    ["57P02", StorageConnectionError, "connection_lost"],
    ["57P03", StorageConnectionError, "connection_refused"],
    ["53300", StorageConnectionError, "connection_refused"],
    ["08006", StorageConnectionError, "connection_lost"],
    ["28P01", StorageConnectionError, "connection_refused"],
    ["3D000", StorageConnectionError, "connection_refused"],
    ["53100", EventStorageError, "resources_exhausted"],
    ["53200", EventStorageError, "resources_exhausted"],
    ["42501", EventStorageError, "privilege_missing"],
    ["42P01", EventStorageError, "object_missing"],
    ["42601", EventStorageError, "statement_invalid"],
    ["XX000", EventStorageError, "storage_error"],
  ] as const)("maps SQLSTATE %s", (sqlState, type, code) => {
    const cause = serverError(sqlState, "it failed", {
      severity: /^(57P|08|28|3D|53300)/u.test(sqlState) ? "FATAL" : "ERROR",
    });
    const error = mapError(cause, { operation });
    expect(error.constructor).toBe(type);
    expect(error).toMatchObject({ code, operation, sqlState, message: "insertEvent: it failed", cause });
  });

  it.each([
    ["ECONNREFUSED", "connection_refused"],
    ["ENOENT", "connection_refused"],
    ["ENOTFOUND", "connection_failed"],
    ["ECONNRESET", "connection_lost"],
    ["EPIPE", "connection_lost"],
  ])("maps the network error %s", (code, expected) => {
    const error = mapError(networkError(code), { operation });
    expect(error).toBeInstanceOf(StorageConnectionError);
    expect(error).toMatchObject({ code: expected, retryable: true, sqlState: undefined });
  });

  it.each(["EHOSTUNREACH", "ENETDOWN", "EPERM"])(
    "%s is no connection, or one that was lost with what was on its way",
    (code) => {
      expect(mapError(networkError(code), { operation })).toMatchObject({ code: "connection_failed" });
      const later = Object.assign(networkError(code), { syscall: "read" });
      expect(mapError(later, { operation })).toMatchObject({ code: "connection_lost", retryable: true });
    },
  );

  it.each([
    ["XX000", "PANIC", "connection_lost", true],
    ["53100", "PANIC", "connection_lost", true],
    ["53100", "ERROR", "resources_exhausted", true],
    ["57P04", "FATAL", "connection_lost", false],
    ["08006", "ERROR", "storage_error", true],
    ["22023", "FATAL", "data_invalid", false],
  ])("%s with %s", (sqlState, severity, code, retryable) => {
    const error = mapError(serverError(sqlState, "it failed", { severity }), { operation });
    expect(error).toMatchObject({ code, retryable });
  });

  it.each([
    ["standby", /; this server is a standby, .* name its primary/],
    ["default", /; this server reads only, by default_transaction_read_only /],
    ["own", /; this store was opened for reading only$/],
    [undefined, /; the transaction is read-only, or the server is a standby/],
  ] as const)("says why nothing can be written, and what to do: %s", (readOnly, message) => {
    const error = mapError(serverError("25006", "it failed"), { operation, readOnly });
    expect(error.constructor).toBe(EventStorageError);
    expect(error).toMatchObject({ code: "read_only", message: expect.stringMatching(message) as unknown });
  });

  it("names the mode that a pooler of statements should have", () => {
    const said = serverError("08P01", "transaction blocks not allowed in statement pooling mode", {
      severity: "FATAL",
    });
    const error = mapError(said, { operation });
    expect(error).toMatchObject({ code: "connection_refused", retryable: false });
    expect(error.message).toMatch(/set pool_mode = transaction, or session/);
  });

  it("a session that the server refuses for its settings is not asked for again", () => {
    for (const cause of [
      serverError("22023", "invalid value for parameter", { severity: "FATAL" }),
      serverError("08P01", "invalid startup packet layout: expected terminator", { severity: "FATAL" }),
    ])
      expect(new DatabaseSourceError("connection-failed", "no", { cause }).retryable).toBe(false);
    const cause = networkError("ECONNREFUSED");
    expect(new DatabaseSourceError("connection-failed", "no", { cause }).retryable).toBe(true);
  });

  it("reads the first of the errors that Node gathers for a name with several addresses", () => {
    const error = mapError(new AggregateError([networkError("ECONNREFUSED"), networkError("EACCES")]), {
      operation,
    });
    expect(error).toMatchObject({ name: "StorageConnectionError", code: "connection_refused" });
  });

  it.each([
    ["Connection terminated unexpectedly", "connection_lost"],
    ["Client has encountered a connection error and is not queryable", "connection_lost"],
    ["timeout expired", "connection_failed"],
  ])("maps the message of pg: %s", (message, code) => {
    expect(mapError(new Error(message), { operation })).toMatchObject({
      name: "StorageConnectionError",
      code,
    });
  });

  it.each([
    ["a protocol error of a statement", { severity: "ERROR" }, "statement_invalid", false],
    [
      "what a pooler does not take",
      { message: "unsupported startup parameter: x" },
      "connection_refused",
      false,
    ],
    ["a pooler whose server is gone", { message: "server conn crashed?" }, "connection_lost", true],
    ["a pooler without a free server", { message: "query_wait_timeout" }, "connection_refused", true],
  ])(
    "reads 08P01 of %s",
    (_, { message = "x", severity = "FATAL" }: { message?: string; severity?: string }, code, retryable) => {
      expect(mapError(serverError("08P01", message, { severity }), { operation })).toMatchObject({
        code,
        retryable,
      });
    },
  );

  it("tells an ended worker of a statement from an ended session", () => {
    for (const severity of ["ERROR", "FEHLER"])
      expect(
        mapError(serverError("57P01", "terminating connection", { severity }), { operation }),
      ).toMatchObject({
        name: "QueryCanceledError",
        retryable: true,
      });
  });

  it.each([
    [
      "08006",
      "connection to the remote node postgres@10.0.0.7:5432 failed with the following error: refused",
    ],
    ["XX000", "failure on connection marked as essential: 10.0.0.7:5432"],
    ["XX000", "terminating connection due to administrator command"],
  ])("takes a worker of a cluster that went away for a lost connection: %s", (sqlState, message) => {
    expect(mapError(serverError(sqlState, message), { operation })).toMatchObject({
      name: "StorageConnectionError",
      code: "connection_lost",
      retryable: true,
    });
  });

  it("names the setting when the server has no room for locks, and calls that no matter of trying again", () => {
    const hint = "You might need to increase max_locks_per_transaction.";
    const full = mapError(serverError("53200", "out of shared memory", { hint }), { operation });
    expect(full).toMatchObject({ code: "resources_exhausted", retryable: false });
    expect(full.message).toContain("raise max_locks_per_transaction");
    expect(mapError(serverError("53200", "out of memory"), { operation }).retryable).toBe(true);
  });

  it("says what to do about a library that does not fit", () => {
    const message = 'could not load library "/usr/lib/postgresql/15/lib/ip4r.so": undefined symbol: x';
    expect(mapError(serverError("XX000", message), { operation }).message).toContain("restart the server");
  });

  it("tells a cancellation from a timeout", () => {
    const timeout = serverError("57014", "canceling statement due to statement timeout");
    const user = serverError("57014", "canceling statement due to user request");
    const foreign = serverError("57014", "storniere Anfrage");
    expect(mapError(timeout, { operation })).toBeInstanceOf(QueryTimeoutError);
    expect(mapError(timeout, { operation, aborted: true })).toBeInstanceOf(QueryCanceledError);
    expect(mapError(user, { operation, expired: true })).toBeInstanceOf(QueryCanceledError);
    expect(mapError(foreign, { operation, expired: true })).toBeInstanceOf(QueryTimeoutError);
    expect(mapError(foreign, { operation })).toBeInstanceOf(QueryCanceledError);
  });

  it("names the constraint and keeps the detail on one line", () => {
    const cause = serverError("23505", "duplicate key\nvalue", {
      constraint: "events_pkey",
      detail: "Key (id)=(a).",
    });
    const error = mapError(cause, { operation });
    expect(error).toMatchObject({
      constraint: "events_pkey",
      message: "insertEvent: duplicate key value (Key (id)=(a).)",
    });
  });

  it("leaves errors of the family alone and takes anything else", () => {
    const known = new DataError("x");
    expect(mapError(known, { operation })).toBe(known);
    expect(mapError("thrown text", { operation }).message).toBe("insertEvent: thrown text");
    expect(mapError(undefined, { operation })).toBeInstanceOf(EventStorageError);
  });

  it("never repeats a password", () => {
    const text = "cannot open postgres://user:s3cr:et@host/db?x=1 with password=s3cr, password='s3c r'";
    expect(oneLine(text)).not.toMatch(/s3c/u);
    expect(mapError(new Error(text), { operation }).message).not.toMatch(/s3c/u);
  });
});

describe("kinds of errors", () => {
  it("knows a lost connection", () => {
    expect(
      isConnectionLoss(mapError(serverError("57P01", "bye", { severity: "FATAL" }), { operation })),
    ).toBe(true);
    expect(isConnectionLoss(mapError(networkError("ECONNREFUSED"), { operation }))).toBe(false);
  });

  it("knows what an item can be blamed for", () => {
    for (const state of ["22P02", "23505", "54000", "P0001"]) {
      expect(isItemError(mapError(serverError(state), { operation }))).toBe(true);
    }
    for (const state of ["57P01", "53100", "57014", "40001", "42501"]) {
      expect(isItemError(mapError(serverError(state), { operation }))).toBe(false);
    }
  });
});
