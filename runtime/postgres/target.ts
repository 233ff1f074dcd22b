/** Where to connect to, and as whom: from a connection string and the environment, as libpq does it. */
import { homedir, userInfo } from "node:os";
import { join } from "node:path";
import type { ConnectionOptions } from "node:tls";
import { invalidConnection, parseConnectionString, type ConnectionSettings } from "./connection-string.js";
import { StorageConnectionError } from "./errors.js";
import { filePassword } from "./password-file.js";
import { tlsAttempts, type TlsAttempt } from "./tls.js";

/** Which of several servers will do: those of libpq's `target_session_attrs`. */
export type SessionAttributes = "any" | "read-write" | "read-only" | "primary" | "standby" | "prefer-standby";

/** One way to try: a host, with or without TLS. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  /** What the host is called where `host` is only its address: in certificates, and in the password file. */
  readonly name: string;
  readonly tls: TlsAttempt;
}

/** A resolved target. */
export interface ConnectionTarget {
  /** What to try, in order. */
  readonly places: readonly ServerAddress[];
  readonly user: string;
  readonly database: string;
  readonly attributes: SessionAttributes;
  /** Which hosts are tried first is chance, each time. */
  readonly balances: boolean;
  /** Asked for each connection; empty where there is none. */
  readonly password: (place: ServerAddress) => Promise<string>;
  readonly applicationName: string | undefined;
  /** Server settings for the start of the session: `-c name=value …`. */
  readonly options: string;
  /** The same by name, for sessions that can't be started with them. */
  readonly serverSettings: Readonly<Record<string, string>>;
  /** Milliseconds for one place; undefined when nothing was said. */
  readonly connectTimeoutMs: number | undefined;
  /** Milliseconds allowed to a statement, where the connection string says so. */
  readonly timeoutMs: number | undefined;
  /** A URL for people, without password. */
  readonly description: string;
}

/** What is given beside the connection string, and wins over it. */
export interface TargetOptions {
  readonly connectionString?: string | undefined;
  readonly password?: string | (() => string | Promise<string>) | undefined;
  /** false: none; true or an object: TLS, by default with the server's certificate checked. */
  readonly ssl?: boolean | ConnectionOptions | undefined;
  /** `search_path` of the sessions: SQL text. */
  readonly searchPath?: string | undefined;
}

/** Environment variables of libpq by the setting that they stand for. */
const VARIABLES: Readonly<Record<string, string>> = {
  host: "PGHOST",
  hostaddr: "PGHOSTADDR",
  port: "PGPORT",
  dbname: "PGDATABASE",
  user: "PGUSER",
  password: "PGPASSWORD",
  passfile: "PGPASSFILE",
  options: "PGOPTIONS",
  application_name: "PGAPPNAME",
  sslmode: "PGSSLMODE",
  sslcert: "PGSSLCERT",
  sslkey: "PGSSLKEY",
  sslrootcert: "PGSSLROOTCERT",
  connect_timeout: "PGCONNECT_TIMEOUT",
  target_session_attrs: "PGTARGETSESSIONATTRS",
  service: "PGSERVICE",
  sslcrl: "PGSSLCRL",
  sslcrldir: "PGSSLCRLDIR",
  ssl_min_protocol_version: "PGSSLMINPROTOCOLVERSION",
  ssl_max_protocol_version: "PGSSLMAXPROTOCOLVERSION",
  sslnegotiation: "PGSSLNEGOTIATION",
  channel_binding: "PGCHANNELBINDING",
  gssencmode: "PGGSSENCMODE",
  require_auth: "PGREQUIREAUTH",
  requirepeer: "PGREQUIREPEER",
  load_balance_hosts: "PGLOADBALANCEHOSTS",
};

/** Settings that ask for more than is done here, with the values that don't: to pass over the others would be less safe than what was asked for. */
const LIMITED: Readonly<Record<string, readonly string[]>> = {
  channel_binding: ["disable", "prefer"],
  gssencmode: ["disable", "prefer"],
  sslnegotiation: ["postgres"],
  load_balance_hosts: ["disable", "random"],
  require_auth: [],
  requirepeer: [],
  sslcrl: [],
  sslcrldir: [],
  ssl_min_protocol_version: ["TLSv1", "TLSv1.1", "TLSv1.2"],
  ssl_max_protocol_version: [],
};

/** Server settings that may be among the parameters. */
const SERVER_SETTINGS = ["search_path", "lock_timeout", "idle_in_transaction_session_timeout", "role"];

/** Heeded by nothing here and harmless to leave out. */
const HARMLESS = [
  "client_encoding fallback_application_name sslcompression sslsni krbsrvname gsslib keepalives keepalives_idle",
  "keepalives_interval keepalives_count tcp_user_timeout uselibpqcompat",
].flatMap((names) => names.split(" "));

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(VARIABLES),
  ...SERVER_SETTINGS,
  ...HARMLESS,
  "ssl",
  "sslpassword",
  "statement_timeout",
  "query_timeout",
  "timezone",
]);

const ATTRIBUTES: readonly SessionAttributes[] = [
  "any",
  "read-write",
  "read-only",
  "primary",
  "standby",
  "prefer-standby",
];

/**
 * The target of a connection string; what it leaves out comes from the environment, then from libpq's defaults.
 *
 * @throws StorageConnectionError `configuration_invalid`, naming the setting that is not understood
 */
export function resolveTarget(
  { connectionString = "postgresql://", password, ssl, searchPath }: TargetOptions,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ConnectionTarget {
  const given = parseConnectionString(connectionString);
  const all = withEnvironment(given, environment);
  const settings = searchPath === undefined ? all : new Map([...all, ["search_path", searchPath]]);
  refuseUnknown(settings);
  const user = settings.get("user") ?? userInfo().username;
  const database = settings.get("dbname") ?? user;
  const hosts = placesOf(settings);
  const secret = password ?? settings.get("password");
  const options = serverOptions(settings);
  return {
    places: hosts.flatMap(({ host, port, name }) =>
      secured(settings, { host, name }, ssl).map((tls): ServerAddress => ({ host, port, name, tls })),
    ),
    user,
    database,
    attributes: attributesOf(settings),
    balances: settings.get("load_balance_hosts") === "random",
    password: passwordSource(secret, settings, { user, database }),
    applicationName: settings.get("application_name"),
    options,
    serverSettings: readOptions(options),
    connectTimeoutMs: connectTimeout(settings),
    timeoutMs: timeLimit(settings, "statement_timeout") ?? timeLimit(settings, "query_timeout"),
    description: describe(hosts, user, database, settings.has("password")),
  };
}

function withEnvironment(
  given: ConnectionSettings,
  environment: Readonly<Record<string, string | undefined>>,
): ConnectionSettings {
  const settings = new Map(given);
  for (const [name, variable] of Object.entries(VARIABLES)) {
    const value = environment[variable];
    if (!settings.has(name) && value !== undefined && value !== "") settings.set(name, value);
  }
  return settings;
}

function refuseUnknown(settings: ConnectionSettings): void {
  if (settings.has("service"))
    throw invalidConnection("service files are not read: write host, port, database and user out");
  for (const [name, value] of settings) {
    // It would end the value where the server reads it, and begin the next one.
    if (value.includes("\u0000"))
      throw invalidConnection(
        "a value of the connection string, or of a variable of libpq, has U+0000 in it",
      );
    if (KNOWN.has(name)) continue;
    const shown = /^[a-z_]{1,63}$/u.test(name) ? `"${name}"` : "of that name";
    throw invalidConnection(
      `the connection string has a parameter ${shown} that is not known; settings of the server go into options=-c name=value`,
    );
  }
  for (const [name, allowed] of Object.entries(LIMITED)) {
    const value = settings.get(name);
    if (value === undefined || allowed.includes(value)) continue;
    throw invalidConnection(
      `the setting ${name} (${VARIABLES[name] ?? name}) is not supported` +
        (allowed.length === 0 ? ": leave it out" : ` but as ${allowed.join(" or ")}`),
    );
  }
}

function placesOf(settings: ConnectionSettings): readonly Omit<ServerAddress, "tls">[] {
  const hosts = (settings.get("hostaddr") ?? settings.get("host") ?? "localhost").split(",");
  const names = settings.get("host")?.split(",") ?? hosts;
  if (names.length !== hosts.length)
    throw invalidConnection("the connection string has not as many hosts (host) as addresses (hostaddr)");
  const ports = (settings.get("port") ?? "").split(",");
  if (ports.length !== 1 && ports.length !== hosts.length)
    throw invalidConnection("the connection string has neither one port nor one for each host");
  return hosts.map((host, at) => {
    const text = (ports.length === 1 ? ports[0] : ports[at]) || "5432";
    const port = Number(text);
    if (!/^\d+$/u.test(text) || port < 1 || port > 65_535)
      throw invalidConnection("the port of the connection string is not a number from 1 to 65535");
    const name = names[at] || host || "localhost";
    return { host: host || name, port, name };
  });
}

function secured(
  settings: ConnectionSettings,
  place: Pick<ServerAddress, "host" | "name">,
  ssl: TargetOptions["ssl"],
): readonly TlsAttempt[] {
  if (ssl === undefined) return tlsAttempts(settings, place);
  return [ssl === false ? false : ssl === true ? {} : ssl];
}

function attributesOf(settings: ConnectionSettings): SessionAttributes {
  const given = settings.get("target_session_attrs") ?? "any";
  const found = ATTRIBUTES.find((known) => known === given);
  if (found === undefined) throw invalidConnection(`target_session_attrs is one of ${ATTRIBUTES.join(", ")}`);
  return found;
}

function passwordSource(
  given: TargetOptions["password"],
  settings: ConnectionSettings,
  who: { readonly user: string; readonly database: string },
): ConnectionTarget["password"] {
  if (typeof given === "function") return () => askedPassword(given);
  if (given !== undefined) return () => Promise.resolve(given);
  const file = settings.get("passfile") ?? join(homedir(), ".pgpass");
  const warn = (message: string): void => process.emitWarning(message);
  return async ({ name, port }) => (await filePassword(file, { host: name, port, ...who }, warn)) ?? "";
}

/** What the caller's function gives. @throws StorageConnectionError where it fails */
async function askedPassword(give: () => string | Promise<string>): Promise<string> {
  let password: unknown;
  try {
    password = await give();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `the function for the password failed: ${reason}`;
    throw new StorageConnectionError(message, { code: "connection_failed", cause });
  }
  if (typeof password === "string") return password;
  throw invalidConnection("the function for the password gave no text");
}

function serverOptions(settings: ConnectionSettings): string {
  const own = SERVER_SETTINGS.flatMap((name) => {
    const value = settings.get(name);
    // Within options a backslash takes the next blank or backslash as part of the value.
    return value === undefined ? [] : [`-c ${name}=${value.replace(/[\s\\]/gu, "\\$&")}`];
  });
  return [settings.get("options") ?? "", ...own].join(" ").trim();
}

/** `-c name=value` and `--name=value`, as the server reads them. */
function readOptions(options: string): Readonly<Record<string, string>> {
  const found = options.matchAll(/(?:^|\s)(?:-c\s*|--)([\w.-]+)=((?:\\[^]|[^\s\\])*)/gu);
  return Object.fromEntries(
    [...found].map(([, name = "", value = ""]) => [
      name.replaceAll("-", "_"),
      value.replace(/\\([^])/gu, "$1"),
    ]),
  );
}

function connectTimeout(settings: ConnectionSettings): number | undefined {
  const text = settings.get("connect_timeout");
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (!Number.isInteger(seconds)) throw invalidConnection("connect_timeout is a whole number of seconds");
  // libpq: none where it is 0 or negative.
  return seconds > 0 ? seconds * 1_000 : undefined;
}

const UNITS: Readonly<Record<string, number>> = { "": 1, ms: 1, s: 1_000, min: 60_000, h: 3_600_000 };

function timeLimit(settings: ConnectionSettings, name: string): number | undefined {
  const text = settings.get(name);
  if (text === undefined) return undefined;
  const found = /^\s*(\d+)\s*([a-z]*)\s*$/u.exec(text);
  const suffix = found?.[2] ?? "?";
  const unit = Object.hasOwn(UNITS, suffix) ? UNITS[suffix] : undefined;
  if (found === null || unit === undefined)
    throw invalidConnection(`${name} is a time in milliseconds, or with a unit: 500ms, 30s, 5min`);
  return Number(found[1]) * unit;
}

function describe(
  hosts: readonly { readonly host: string; readonly port: number }[],
  user: string,
  database: string,
  hasPassword: boolean,
): string {
  const escaped = (text: string): string => encodeURIComponent(text.toWellFormed());
  const who = `${escaped(user)}${hasPassword ? ":***" : ""}`;
  const sockets = hosts.some(({ host }) => host.startsWith("/"));
  const name = (host: string) => (host.includes(":") ? `[${host}]` : host);
  if (!sockets)
    return `postgresql://${who}@${hosts.map(({ host, port }) => `${name(host)}:${port}`).join(",")}/${escaped(database)}`;
  const list = hosts.map(({ host }) => host).join(",");
  const ports = [...new Set(hosts.map(({ port }) => port))].join(",");
  return `postgresql:///${escaped(database)}?host=${list}&port=${ports}&user=${who}`;
}
