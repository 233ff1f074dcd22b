/** What creating, checking and describing a store takes and returns. */
import type { CallOptions } from "../../postgres/statement.js";

/** Size and age of a table, its partitions together. */
export interface TableStatus {
  /** Name of the table. */
  readonly table: string;
  /** Number of its partitions; 0 for a table without. */
  readonly partitions: number;
  /** Rows: of events from the counters, of other tables the planner's estimate. */
  readonly rows: number;
  /** Bytes on disk without indexes. */
  readonly tableBytes: number;
  /** Bytes of its indexes. */
  readonly indexBytes: number;
  /** Both together. */
  readonly totalBytes: number;
  /** Earliest time in it; null when it is empty. */
  readonly oldest: Date | null;
  /** Latest time in it; null when it is empty. */
  readonly newest: Date | null;
}

/** Versions, sizes, settings and warnings of a store. */
export interface DatabaseStatus {
  /** What an operator should know: days without a partition, too little room for locks. */
  readonly warnings: readonly string[];
  /** Version of PostgreSQL. */
  readonly serverVersion: string;
  /** Version of the extension ip4r. */
  readonly ip4r: string;
  /** Version of the schema of the store. */
  readonly schemaVersion: number;
  /** Bytes of the whole database on disk. */
  readonly databaseBytes: number;
  /** The tables of the store. */
  readonly tables: readonly TableStatus[];
  /** Events in the default partition, whose days have no partition of their own yet. */
  readonly defaultRows: number;
  /** When `refresh` last ended, which brings roll-ups up to date; null where it never ran or there was nothing to compute. */
  readonly lastRefresh: Date | null;
  /** Settings of the server that matter to the store, by name. */
  readonly settings: Readonly<Record<string, string>>;
  /** The standbys of `readFrom`, in its order; absent without the option. */
  readonly standbys?: readonly StandbyStatus[];
  /** The workers of a Citus cluster over which the store is spread; absent on one server. */
  readonly workers?: readonly WorkerStatus[];
}

/** What a worker of a Citus cluster has of the store. */
export interface WorkerStatus {
  /** Its host and port, as the coordinator knows it. */
  readonly worker: string;
  /** Number of its shards: of each partition and of each table. */
  readonly shards: number;
  /** Bytes of these, with their indexes. */
  readonly bytes: number;
}

/** How a standby of `readFrom` is. */
export interface StandbyStatus {
  /** Its address, without a password. */
  readonly description: string;
  /**
   * `fresh`: it takes reads; `lagging`: it is further behind the primary than `maxLagMs`; `lost`: it does not answer; `foreign`: it is no standby, or
   * not one of this primary. All but `fresh` are left out until that changes.
   */
  readonly state: "fresh" | "lagging" | "lost" | "foreign";
  /** Milliseconds that it is behind the primary at most; null where that is not known. */
  readonly lagMs: number | null;
  /** Why it takes no reads. */
  readonly problem?: string;
}

/** What creating, migrating or dropping the schema or its indexes did, one line each. */
export interface SchemaReport {
  /** Version of the schema afterwards. */
  readonly version: number;
  /** What was done; empty where all was there. */
  readonly changes: readonly string[];
  /** With `dryRun`: the SQL that would be run, in order. */
  readonly statements?: readonly string[];
}

/** How the schema is created. */
export interface CreateOptions extends CallOptions {
  /**
   * Spread a new store over the workers of a Citus cluster, whose coordinator this is: `{ citus: { shards: 4 } }`. Two shards for each worker when
   * `shards` is absent, which `"citus"` means too. Takes a superuser. Refused for a store that is there otherwise.
   */
  readonly distributed?: "citus" | { readonly citus: { readonly shards?: number | undefined } } | undefined;
  /**
   * How wide new partitions are: `auto`, the default of a new store, takes a month where some 5,000 events a day or fewer come, a week up to
   * 50,000, and a day beyond. An old store keeps what was set, and days where it was made before there was a choice. Partitions that are there
   * stay as they are; `mergePartitions` and `splitPartitions` change them.
   */
  readonly partitions?: "auto" | "day" | "week" | "month" | undefined;
  /** Change nothing: the report shows what would be changed, and its `statements` how. */
  readonly dryRun?: boolean | undefined;
  /** Told how far an upgrade is that goes partition by partition, and how long the rest will take. */
  readonly onProgress?: ((message: string) => void) | undefined;
}

/** Which partitions are merged or split: those of past days only. */
export interface PartitionOptions<Width extends string> extends CallOptions {
  /** Width of the new partitions: calendar days, weeks from Monday, or months, in UTC. */
  readonly width?: Width | undefined;
  /** Leave alone the partitions that begin before this time. */
  readonly from?: Date | undefined;
  /** Leave alone the partitions that end after this time. */
  readonly to?: Date | undefined;
  /** Told of each change, a phrase. */
  readonly onProgress?: ((message: string) => void) | undefined;
}

/** What became of the partitions. */
export interface PartitionReport {
  /** Partitions that went. */
  readonly before: number;
  /** Partitions that took their place. */
  readonly after: number;
}

/** An event in an archive. */
export interface ArchivedEvent {
  /** Its JSON text. */
  readonly event: string;
  /** When it was stored, in microseconds since 1970. */
  readonly storedAt: bigint;
}

/** A partition that is archived. */
export interface ArchivedPartition {
  /** Name of the partition: `events_20240101`. */
  readonly name: string;
  /** Start, inclusive. */
  readonly from: Date;
  /** End, exclusive. */
  readonly to: Date;
  /** Oldest first. */
  readonly events: AsyncIterable<ArchivedEvent>;
}

/** Which partitions are archived, and where. */
export interface ArchiveOptions extends Pick<CallOptions, "signal" | "timeoutMs"> {
  /** Partitions that end by this time; no later than the beginning of today, in UTC. */
  readonly before: Date;
  /**
   * Writes a partition, so that it is safe when the promise resolves: the partition is dropped then. Called again for one that changed meanwhile; what
   * it wrote before is to be thrown away.
   */
  readonly write: (partition: ArchivedPartition) => Promise<void>;
  /** Told of each partition that is archived, a phrase. */
  readonly onProgress?: ((message: string) => void) | undefined;
}

/** What was archived. */
export interface ArchiveReport {
  /** Partitions that were archived and dropped. */
  readonly partitions: number;
  /** Events that were in them. */
  readonly events: number;
}

/** How the roles are named. */
export interface RolesOptions extends CallOptions {
  /** First part of the names of the roles; `eventstore` when absent. */
  readonly prefix?: string | undefined;
}

/** The names of the roles of a store, and which of them are new. */
export interface RolesReport {
  /** Role that has the tables. */
  readonly owner: string;
  /** Role that inserts and keeps thresholds. */
  readonly writer: string;
  /** Role that searches. */
  readonly reader: string;
  /** Those of them that are new. */
  readonly created: readonly string[];
}

/** What is brought up to date. */
export interface RefreshOptions extends CallOptions {
  /** Also make the partitions of today and of this many days after it, 0 to 7: for writers that may not make them. */
  readonly ahead?: number | undefined;
  /**
   * Of fields with many values, how many of the most frequent are listed for each day that is computed now; 1,000 when absent. Longer lists
   * tell longer tops without a scan.
   */
  readonly top?: number | undefined;
}

/** How a store is checked. */
export interface VerifyOptions extends Pick<CallOptions, "signal" | "timeoutMs"> {
  /** Mend what can be mended, and look again. */
  readonly repair?: boolean | undefined;
  /** Told which day is looked at. */
  readonly onProgress?: ((day: string) => void) | undefined;
}

/** Something that is not as it has to be. */
export interface VerifyProblem {
  /** What is wrong, a phrase. */
  readonly what: string;
  /** A day, `default partition`, `schema`, or the name of a table. */
  readonly where: string;
  /** How many rows or objects are concerned. */
  readonly count: number;
}

/** What a check found. */
export interface VerifyReport {
  /** What is wrong; with `repair` what is still wrong after it. Empty: all is well. */
  readonly problems: readonly VerifyProblem[];
  /** What was wrong and is not any more. */
  readonly repaired: readonly VerifyProblem[];
}

/** How indexes are built or dropped. */
export interface IndexOptions extends CallOptions {
  /** Build without blocking writers; not inside a transaction. */
  readonly concurrently?: boolean | undefined;
  /** Told of each index, a phrase. */
  readonly onProgress?: ((message: string) => void) | undefined;
}
