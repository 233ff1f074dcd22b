import type { TargetOptions } from "../postgres/target.js";

/** Where a database can come from, in the order in which they are tried. */
export const sourceKinds = ["url", "local", "container", "embedded"] as const;

/** One of {@link sourceKinds}. */
export type SourceKind = (typeof sourceKinds)[number];

/**
 * What to do where a database lacks what a store needs. `create`: make it. `refuse`: leave what holds no store as it is. `ignore`: make
 * nothing, and refuse only where there is no type `iprange`; `unneeded`: not even that.
 */
export type MissingParts = "create" | "refuse" | "ignore" | "unneeded";

/** Takes a line of progress for a person ("Creating a database cluster in …"). */
export type ProgressListener = (message: string) => void;

/** What {@link openDatabase} is asked for. All of it is optional: without any, the sources are tried in order. */
export interface OpenDatabaseOptions {
  /** A PostgreSQL URL; wins over everything, `DATABASE_URL` included. */
  readonly connectionString?: string | undefined;
  /** `true` or an object: the embedded server and no other. `false`: any source but the embedded server. */
  readonly embedded?: boolean | { readonly dataDir?: string | undefined } | undefined;
  /** Folder of private clusters, one sub-folder per source and major version. Default `.eventstore` of the current folder. */
  readonly dataDir?: string | undefined;
  /** This source and no other. */
  readonly source?: SourceKind | undefined;
  /** Server settings of a private cluster, by name (`{ fsync: "off" }` for throw-away test data). */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  readonly onProgress?: ProgressListener | undefined;
  /** What to do where the database lacks what a store needs; `create` when absent. */
  readonly missing?: MissingParts | undefined;
  /** For a URL: milliseconds until its server has answered; 15,000 when absent. */
  readonly limitMs?: number | undefined;
  /** For a URL: the password, or what gives it for each connection. */
  readonly password?: TargetOptions["password"];
  /** For a URL: TLS; as the URL's `sslmode` says when absent. */
  readonly ssl?: TargetOptions["ssl"];
}

/** An open source of connections, with `iprange`, `pg_trgm` and `btree_gin` in place. */
export interface DatabaseHandle {
  /** A URL for `pg` and for libpq tools. May hold a password: show it through `redactUrl` only. */
  readonly connectionString: string;
  readonly source: SourceKind;
  /** What gives `iprange`: the extension, or the schema `ip4r_compat`; null where there is none and none is needed. */
  readonly ranges: "ip4r" | "ip4r_compat" | null;
  /** For a person, without password: `PostgreSQL 18.4 (embedded) in …/.eventstore/embedded-18`. */
  readonly description: string;
  /** Folder of the private cluster, absolute; absent for a URL. */
  readonly dataDir?: string | undefined;
  /** `15.18`. */
  readonly serverVersion: string;
  /** Milliseconds that the role, the database or the server allow a statement; 0 where they say nothing. */
  readonly timeoutMs: number;
  /** `search_path` of a session that says nothing: SQL text. */
  readonly searchPath: string;
  /** Stops the server if this process started it, whoever else in this process still holds a handle. Otherwise as `release`. */
  readonly stop: () => Promise<void>;
  /** Ends this use. The last handle of the process that started the server stops it. Calling it twice is calling it once. */
  readonly release: () => Promise<void>;
}

/** PostgreSQL programs on this machine. */
export interface Installation {
  readonly kind: "local" | "embedded";
  /** Folder of `initdb`, `postgres`, `pg_ctl`. */
  readonly binDir: string;
  /** `18.4`. */
  readonly version: string;
  /** `18`. */
  readonly major: number;
}

/** Where a private server listens. */
export type Endpoint =
  | { readonly kind: "socket"; readonly folder: string; readonly port: number }
  | { readonly kind: "loopback"; readonly port: number; readonly password: string };
