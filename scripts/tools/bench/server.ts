/** The PostgreSQL that is measured, and databases of its own on it. */
import { join } from "node:path";
import pg from "pg";
import { openDatabase } from "../../../runtime/server/index.js";
import type { BenchOptions, BenchSettings } from "./options.js";

/** Settings of the private server: durable, with enough memory that the disk's speed is not what is compared. Both sides have the same. */
const SETTINGS = {
  shared_buffers: "1GB",
  max_wal_size: "8GB",
  checkpoint_timeout: "30min",
  work_mem: "16MB",
};

/** Folder and settings of a private server: of each kind of settings one of its own. */
function privateServer(cache: string, settings: BenchSettings) {
  return settings === "tuned"
    ? { dataDir: join(cache, "server"), settings: SETTINGS }
    : { dataDir: join(cache, "server-default") };
}

/** A server to measure on. */
export interface BenchServer {
  readonly description: string;
  /** URL of a database on the server. */
  readonly url: (database: string) => string;
  /** Creates a database, or leaves the one that is there; true when it is new. */
  readonly create: (database: string) => Promise<boolean>;
  readonly drop: (database: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the server of the options, or a private one. @throws DatabaseSourceError when there is none */
export async function openServer(
  { database, cache, settings = "tuned" }: Pick<BenchOptions, "database" | "cache"> & Partial<BenchOptions>,
  onProgress: (message: string) => void,
): Promise<BenchServer> {
  const handle = await openDatabase(
    database === undefined
      ? { source: "local", ...privateServer(cache, settings), onProgress }
      : { connectionString: database },
  );
  const admin = new pg.Client({ connectionString: handle.connectionString });
  await admin.connect();
  return {
    description: handle.description,
    url: (name) => {
      const url = new URL(handle.connectionString);
      url.pathname = `/${name}`;
      return url.href;
    },
    create: async (name) => {
      const { rowCount } = await admin.query("select from pg_database where datname = $1", [name]);
      if (rowCount === 0) await admin.query(`create database ${pg.escapeIdentifier(name)}`);
      return rowCount === 0;
    },
    drop: async (name) => {
      await admin.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
    },
    close: async () => {
      await admin.end();
      await handle.release();
    },
  };
}
