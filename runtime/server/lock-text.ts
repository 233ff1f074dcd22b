/** The content of `server.json`: read with care, for the folder may have come from anywhere, out of an archive for example. */
import { DatabaseSourceError, reasonOf } from "./errors.js";
import type { ProcessMark } from "./processes.js";
import type { Endpoint } from "./types.js";

/**
 * Who has a cluster folder, and where its server listens: the content of `server.json` in that folder.
 *
 * `process`: the server lives as long as the process `owner`. `shared`: `eventstore db start` left it running for every process;
 * then `owner` is only whoever started it, and the server's own life counts.
 */
export interface ClusterLock {
  readonly mode: "process" | "shared";
  readonly owner: ProcessMark;
  /** What the owner runs, for a message. */
  readonly command: string;
  /** ISO time. */
  readonly since: string;
  /** Absent while the server is being started. */
  readonly server?: { readonly process: ProcessMark; readonly endpoint: Endpoint };
}

/**
 * The lock that a text holds; undefined where it is no JSON: a crash can cut the file short.
 *
 * @param path of the file, for the message
 * @throws DatabaseSourceError `data-folder-unusable` where it is JSON of another shape
 */
export function parseLock(text: string, path: string): ClusterLock | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (isLock(value)) return value;
  throw notALock(path);
}

/** The refusal of a `server.json` that is something else, or can't be read. */
export function notALock(path: string, cause?: unknown): DatabaseSourceError {
  return new DatabaseSourceError(
    "data-folder-unusable",
    `The file ${path} does not say who has the data folder: it was not written by eventstore, or was changed since` +
      `${cause === undefined ? "" : ` (${reasonOf(cause)})`}. Make sure that no database server runs on the folder, delete the file, and try again.`,
    { cause },
  );
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isLock(value: unknown): value is ClusterLock {
  return (
    isObject(value) &&
    (value["mode"] === "process" || value["mode"] === "shared") &&
    isMark(value["owner"]) &&
    typeof value["command"] === "string" &&
    typeof value["since"] === "string" &&
    (value["server"] === undefined || isServer(value["server"]))
  );
}

function isServer(value: unknown): value is NonNullable<ClusterLock["server"]> {
  return isObject(value) && isMark(value["process"]) && isEndpoint(value["endpoint"]);
}

/** Numbers from 1: 0 and negative ones would be groups of processes. */
function isMark(value: unknown): value is ProcessMark {
  if (!isObject(value)) return false;
  const { pid, began } = value;
  return Number.isSafeInteger(pid) && Number(pid) > 0 && typeof began === "string";
}

function isEndpoint(value: unknown): value is Endpoint {
  if (!isObject(value)) return false;
  const { kind, port, folder, password } = value;
  if (!Number.isInteger(port) || Number(port) < 1 || Number(port) > 65_535) return false;
  return kind === "socket" ? typeof folder === "string" : kind === "loopback" && typeof password === "string";
}
