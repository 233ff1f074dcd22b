/** What an application may lend: a pool or a client of `pg`, and why something else is neither. */
import type pg from "pg";

/** A pool of `pg`, or a client that is connected: one of its own, or one that a pool has lent. */
export type ApplicationConnections = pg.Pool | pg.ClientBase;

/**
 * What is wrong with something that is to be a pool or client of `pg`, as the end of a sentence; null when it can be used.
 *
 * @example
 * connectionsProblem(new pg.Pool()) // null
 */
export function connectionsProblem(given: unknown): string | null {
  if (typeof given !== "object" || given === null) return NEITHER;
  if (isPool(given))
    return isSet(given, "ended") || isSet(given, "ending") ? "is a pool that has ended" : null;
  if (typeof read(given, "query") !== "function") return NEITHER;
  if (read(given, "native") !== undefined)
    return "is a client of pg-native, which has no access to the protocol";
  if (typeof read(read(read(given, "connection"), "stream"), "write") !== "function") return NEITHER;
  if (isSet(given, "_ended") || isSet(given, "_ending")) return "is a client that has ended";
  if (isSet(given, "pipeline")) return "is a client in pipeline mode, where no cursor has a place of its own";
  if (typeof read(given, "getTransactionStatus") !== "function")
    return "is a client of an old pg, which doesn't say whether it is within a transaction; upgrade pg";
  if (read(given, "processID") === null && !isSet(given, "_connecting"))
    return "is a client that is not connected; await its connect() first";
  return null;
}

const NEITHER = "is no pool or client of pg";

/** Whether something is a pool of `pg`. */
export function isPool(given: object): given is pg.Pool {
  return typeof read(given, "connect") === "function" && typeof read(given, "totalCount") === "number";
}

function read(from: unknown, key: string): unknown {
  return typeof from === "object" && from !== null ? Reflect.get(from, key) : undefined;
}

function isSet(from: object, key: string): boolean {
  return read(from, key) === true;
}
