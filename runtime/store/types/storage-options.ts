/** The options of opening a store. */
import type { ConnectionOptions } from "node:tls";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import type { NamedSets, SavedFilters } from "../../../compiler/resolve/context.js";
import type { GeneratedClient } from "../../client.js";
import type { ApplicationConnections } from "../../postgres/application-connections.js";
import type { EventFormat } from "../../postgres/event-text.js";
import type { EventHook } from "../../postgres/session.js";

/** The store's own pool of connections. */
export interface PoolSettings {
  /** Most connections at a time; 10 when absent. */
  readonly max?: number | undefined;
  /** Milliseconds to wait for a free connection, or for a new one; 30,000 when absent. */
  readonly acquireTimeoutMs?: number | undefined;
  /** Prepared statements kept on each connection; 200 when absent. */
  readonly statementBudget?: number | undefined;
}

/** Where and how to open a store. Neither `connectionString` nor DATABASE_URL: local PostgreSQL with ip4r, Docker, or the embedded one. */
export interface StorageOptions {
  /** Address of the database: `postgresql://user@host:5432/name`; the environment's DATABASE_URL when absent. */
  readonly connectionString?: string | undefined;
  /** Use the embedded PostgreSQL, optionally with its data in the given folder. */
  readonly embedded?: boolean | { readonly dataDir?: string | undefined } | undefined;
  /** Folder of the private server's data, `.eventstore` of the current folder when absent. When given, DATABASE_URL is not looked at. */
  readonly dataDir?: string | undefined;
  /**
   * Settings of the store's own pool; or a pool or a connected client of `pg` of yours. That is used as it is and left open by `close`: its
   * sessions keep their settings, and what runs while your client is within a transaction is part of it.
   */
  readonly pool?: PoolSettings | ApplicationConnections | undefined;
  /**
   * Addresses of hot standbys. Searches, counts, dashboards, streams and fetches outside of a transaction run on one of them that is no further behind
   * than `maxLagMs`; everything else, and all of it where there is none, on the primary. A standby is opened with `password` and `ssl` of the
   * store, and has a pool of the same size. What fails on a standby because of it runs once more on the primary, a stream only before its first event.
   */
  readonly readFrom?: readonly string[] | undefined;
  /**
   * Milliseconds that a standby may be behind the primary, as measured at most 100 ms before; 5,000 when absent. A read may miss what was stored in
   * that time. With 0 each read first asks, and takes a standby only if that has everything that was stored before.
   */
  readonly maxLagMs?: number | undefined;
  /**
   * Schema of the store, of any name; the first of the search path when absent. It comes before the search path that the database has. One that holds no
   * store yet gets one at opening, or is refused as `missing` says: nobody is to read the tables of the next schema. Not with connections of yours.
   */
  readonly schema?: string | undefined;
  /** Password for a URL, or what gives it for each new connection; wins over the URL's, PGPASSWORD and `~/.pgpass`. */
  readonly password?: string | (() => string | Promise<string>) | undefined;
  /** TLS for a URL: false for none, true or options of Node's `tls.connect`; as the URL's `sslmode` says when absent. */
  readonly ssl?: boolean | ConnectionOptions | undefined;
  /**
   * What comes before the server. Recognised when absent, where a pooler is taken for one that pools transactions; `session`: one that keeps
   * a session for each of our connections, so that statements can be prepared.
   */
  readonly pooler?: "none" | "session" | "transaction" | undefined;
  /** `refuse`: rejects where there is no store yet, and makes nothing; `create` when absent: the cluster and the extensions are made. */
  readonly missing?: "create" | "refuse" | undefined;
  /** `unnamed` prepares nothing on the server. */
  readonly statements?: "named" | "unnamed" | undefined;
  /** Milliseconds allowed to a statement whose call sets none; 0 means none. */
  readonly timeoutMs?: number | undefined;
  /** The catalogue of the store; IDEA's when absent. The statements are evaluated as the store is opened. */
  readonly catalogue?: Catalogue | undefined;
  /** What `eventstore generate --catalogue` wrote, instead of `catalogue`: the client carries it. */
  readonly client?: GeneratedClient | undefined;
  /** Named sets of values for `in @name`. */
  readonly sets?: NamedSets | undefined;
  /** Saved filters by name, for `@name`. */
  readonly filters?: SavedFilters | undefined;
  /** IANA zone or offset in which times without offset and calendar units are read; UTC when absent. */
  readonly timeZone?: string | undefined;
  /**
   * How new events are kept: compressed when absent, to a third of their length; `plain` where their JSON is to be read by SQL as well, with
   * `convert_from(substr(event, 2), 'UTF8')::json`. A store reads both.
   */
  readonly eventFormat?: EventFormat | undefined;
  /**
   * Open the sessions read-only: the server refuses whatever would write, with the code `read_only`. When absent, true for a table that others keep
   * (`table.plain`) and false for a store.
   */
  readonly readOnly?: boolean | undefined;
  /** Log and metrics hook. */
  readonly onEvent?: EventHook | undefined;
  /** Told what happens while a database is being started. */
  readonly onProgress?: ((message: string) => void) | undefined;
}
