/** An empty database for one test of another package. */
import { randomBytes } from "node:crypto";
import pg from "../../runtime/postgres/driver/pg.js";
import { openDatabase } from "../../runtime/server/open-database.js";
import { prepareUrl } from "../../runtime/server/prepare.js";

/** A database that nobody else uses. */
export interface TestDatabase {
  /** Address of the database. */
  readonly connectionString: string;
  /** Drops the database, whoever is still connected, and gives back the server. */
  readonly dispose: () => Promise<void>;
}

/** Where {@link testDatabase} makes its database. */
export interface TestDatabaseOptions {
  /** A server on which the user may create databases; TEST_DATABASE_URL when absent, and the embedded server without that. */
  readonly connectionString?: string | undefined;
  /** Use the embedded server even where TEST_DATABASE_URL is set. */
  readonly embedded?: boolean | undefined;
  /** Folder of the embedded server's data, `.eventstore` of the current folder when absent. */
  readonly dataDir?: string | undefined;
}

/** Durability is of no use to data that is thrown away. */
const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/**
 * Makes an empty database with `iprange`, pg_trgm and btree_gin: on the server of TEST_DATABASE_URL, or on an embedded one that
 * stops with the last such database of the process. Tables are up to the caller: openStorage and databaseCreate for events.
 *
 * @throws DatabaseSourceError when there is no such server, or it lacks ip4r
 * @example
 * const database = await testDatabase();
 * const storage = await openStorage({ connectionString: database.connectionString });
 * // …
 * await storage.close();
 * await database.dispose();
 */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { embedded = false, dataDir, connectionString = process.env["TEST_DATABASE_URL"] } = options;
  const server =
    connectionString === undefined || embedded
      ? await openDatabase({ source: "embedded", dataDir, settings })
      : await openDatabase({ connectionString });
  try {
    const database = await createDatabase(server.connectionString, server.ranges === "ip4r_compat");
    const dispose = async (): Promise<void> => {
      await database.dispose();
      await server.release();
    };
    return { ...database, dispose };
  } catch (error) {
    await server.release();
    throw error;
  }
}

/**
 * Makes an empty database on a running server.
 *
 * @param serverUrl of any database of the server
 * @param allowCompat whether the schema ip4r_compat may take the place of the extension ip4r
 */
export async function createDatabase(serverUrl: string, allowCompat: boolean): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await runOn(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const dispose = (): Promise<void> => runOn(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  try {
    await prepareUrl(url.href, { allowCompat });
  } catch (error) {
    await dispose();
    throw error;
  }
  return { connectionString: url.href, dispose };
}

async function runOn(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
