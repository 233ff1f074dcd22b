/** Opening a connection: the places of a target one after the other, until one takes the session and is of the kind that is asked for. */
import { canceled, onAbort } from "./abort.js";
import pg from "./driver/pg.js";
import { EventStorageError, StorageConnectionError } from "./errors.js";
import type { ReadOnlyReason } from "./failures.js";
import { exchange, unnamed } from "./exchange.js";
import type { Message, Reply } from "./exchange.js";
import { KIND_OF_SERVER } from "./session-statements.js";
import type { ConnectionTarget, ServerAddress } from "./target.js";

/** A connected client, for the use of one pool. */
export type ConnectedClient = pg.Client & {
  readonly processID?: number;
  readonly secretKey?: number;
  /** Whether the connection keeps the process alive. */
  ref(): void;
  unref(): void;
};

/** How {@link connectTo} connects. */
export interface ConnectOptions {
  /** Startup packet: `application_name`, and server settings as `-c name=value …`. */
  readonly applicationName: string;
  readonly options: string;
  /** Milliseconds for all places together. */
  readonly limitMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A client connected to the first place that will do.
 *
 * @throws the error of the last place tried; StorageConnectionError when the time is over or no server is of the wanted kind
 */
export async function connectTo(target: ConnectionTarget, options: ConnectOptions): Promise<ConnectedClient> {
  const deadline = performance.now() + options.limitMs;
  let failure: unknown = new StorageConnectionError("there is no host to connect to");
  const places = target.balances ? shuffled(target.places) : target.places;
  for (const wanted of passes(target)) {
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at]!;
      if (isKnownNotToDo(target, place)) continue;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw failure;
      // Of several hosts no one may use up the time of all.
      const shareMs = target.connectTimeoutMs ?? leftMs / (hostsFrom(places, at) || 1);
      try {
        const client = await connectOnce(target, place, { ...options, limitMs: Math.min(leftMs, shareMs) });
        if (await fits(client, wanted, deadline)) {
          modes.set(target, { ...modes.get(target), [hostOf(place)]: place.tls !== false });
          return client;
        }
        await hangUp(client);
        failure = new StorageConnectionError(`no server of ${target.description} is ${wanted}`, {
          code: "connection_refused",
        });
      } catch (error) {
        if (options.signal?.aborted === true) throw error;
        failure = error;
        at = nextAttempt(places, at, error) - 1;
      }
    }
  }
  throw failure;
}

/** Whether hosts of a target took TLS, so that later connections need not try both ways. */
const modes = new WeakMap<ConnectionTarget, Readonly<Record<string, boolean>>>();

function isKnownNotToDo(target: ConnectionTarget, place: ServerAddress): boolean {
  const known = modes.get(target)?.[hostOf(place)];
  return known !== undefined && known !== (place.tls !== false);
}

type Wanted = "any" | "read-write" | "read-only" | "primary" | "standby";

function passes({ attributes }: ConnectionTarget): readonly Wanted[] {
  return attributes === "prefer-standby" ? ["standby", "any"] : [attributes];
}

function hostsFrom(places: readonly ServerAddress[], at: number): number {
  return new Set(places.slice(at).map(hostOf)).size;
}

function hostOf({ host, port }: ServerAddress): string {
  return `${host}:${port}`;
}

/** The hosts in an order of chance; the attempts at each stay together, in theirs. */
function shuffled(places: readonly ServerAddress[]): readonly ServerAddress[] {
  const order = new Map(places.map((place) => [hostOf(place), Math.random()]));
  return [...places].sort((a, b) => (order.get(hostOf(a)) ?? 0) - (order.get(hostOf(b)) ?? 0));
}

/** The same host without TLS where it has none (or with, for `allow`); for any other error, the next host. */
function nextAttempt(places: readonly ServerAddress[], at: number, error: unknown): number {
  const { tls } = places[at]!;
  const isAnother = (place: ServerAddress): boolean => hostOf(place) !== hostOf(places[at]!);
  const refusesMode =
    error instanceof Error &&
    (tls === false
      ? /no encryption|SSL off|hostssl/u.test(error.message)
      : /does not support SSL|SSL|TLS|certificate|ECONNRESET/u.test(error.message));
  if (refusesMode) return at + 1;
  const next = places.findIndex((place, position) => position > at && isAnother(place));
  return next < 0 ? places.length : next;
}

/** A message of the server about one of its settings: as it takes the session, and when the setting changes. */
interface ParameterStatus {
  readonly parameterName: string;
  readonly parameterValue: string;
}

/** What servers have reported of their settings. */
const reports = new WeakMap<object, ReadonlyMap<string, string>>();

/** Why the server of a client refuses to write; `unknown` where it has not said: behind a pooler, or on a client of the application's. */
export function whyReadOnly(client: object): ReadOnlyReason {
  const told = reports.get(client);
  if (told?.get("in_hot_standby") === "on") return "standby";
  return told?.get("default_transaction_read_only") === "on" ? "default" : "unknown";
}

async function connectOnce(
  target: ConnectionTarget,
  place: ServerAddress,
  { applicationName, options, limitMs, signal }: ConnectOptions,
): Promise<ConnectedClient> {
  if (signal?.aborted === true) throw canceled("canceled before it was connected", "connect", signal);
  const client = new pg.Client({
    host: place.host,
    port: place.port,
    ssl: place.tls,
    user: target.user,
    database: target.database,
    password: () => target.password(place),
    application_name: applicationName,
    options,
    keepAlive: true,
    connectionTimeoutMillis: Math.max(1, Math.ceil(limitMs)),
  }) as ConnectedClient;
  // `pg` takes PGOPTIONS for an empty text, which is in the options where it is wanted.
  if (options === "") Object.assign(client, { connectionParameters: withoutOptions(client) });
  const told = new Map<string, string>();
  reports.set(client, told);
  client.connection.on("parameterStatus", ({ parameterName, parameterValue }: ParameterStatus) =>
    told.set(parameterName, parameterValue),
  );
  // An error without a listener would end the process.
  client.on("error", ignore);
  const abort = (): void => void client.connection.stream.destroy(new Error("canceled"));
  const deaf = onAbort(signal, abort);
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.connection.stream.destroy();
    throw error instanceof Error && /non-empty string/u.test(error.message) ? passwordMissing(error) : error;
  } finally {
    deaf();
  }
}

function withoutOptions(client: object): object {
  const parameters: unknown = Reflect.get(client, "connectionParameters");
  return typeof parameters === "object" && parameters !== null
    ? Object.assign(parameters, { options: "" })
    : {};
}

function passwordMissing(cause: Error): EventStorageError {
  return new StorageConnectionError("the server asks for a password, and there is none", {
    code: "connection_refused",
    retryable: false,
    cause,
  });
}

async function fits(client: ConnectedClient, wanted: Wanted, deadline: number): Promise<boolean> {
  if (wanted === "any") return true;
  const question = unnamed(KIND_OF_SERVER);
  const [reply] = await askAtOnce(client, question, deadline - performance.now());
  const [recovery, readOnly] = reply?.rows[0] ?? [];
  switch (wanted) {
    case "primary":
      return recovery === "f";
    case "standby":
      return recovery === "t";
    case "read-write":
      return readOnly === "off";
    case "read-only":
      return readOnly === "on";
  }
}

/** An exchange that a server answers at once, or never: after `limitMs`, or when the signal is aborted, the connection is cut off. */
export async function askAtOnce(
  client: ConnectedClient,
  messages: readonly Message[],
  limitMs: number,
  signal?: AbortSignal,
): Promise<readonly Reply[]> {
  const stop = (): void => cutOff(client);
  const late = setTimeout(stop, Math.max(1, limitMs));
  if (signal?.aborted === true) stop();
  const deaf = onAbort(signal, stop);
  try {
    return await exchange(client, messages);
  } finally {
    clearTimeout(late);
    deaf();
  }
}

/** Closes a client's socket at once; `end()` would wait for a server that may never answer. */
export function cutOff(client: ConnectedClient): void {
  client.connection.stream.destroy(new Error("Connection terminated: it did not answer in time"));
}

/** Milliseconds for a server to say good-bye; one that is silent would keep a connection for ever. */
const FAREWELL_MS = 1_000;

/** Ends a connection: politely, and at once where the server does not answer. */
export async function hangUp(client: ConnectedClient): Promise<void> {
  const late = setTimeout(() => client.connection.stream.destroy(), FAREWELL_MS);
  await client.end().catch(ignore);
  clearTimeout(late);
}

function ignore(): void {}
