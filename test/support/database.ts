import { randomBytes } from "node:crypto";
import pg from "pg";
import { describe, inject } from "vitest";
import { prepareUrl } from "../../runtime/server/prepare.js";
import { engines, type Engine, type TestServers } from "./engines.js";

export { engines, type Engine };

declare module "vitest" {
  interface ProvidedContext {
    testServers: TestServers;
  }
}

/** A fresh, empty database with `iprange`, pg_trgm and btree_gin. */
export interface TestDatabase {
  readonly engine: Engine;
  readonly connectionString: string;
  /** Drops the database, whoever is still connected. */
  readonly dispose: () => Promise<void>;
}

/** The engines that this machine has. */
export function testEngines(): readonly Engine[] {
  const servers = inject("testServers");
  return engines.filter((engine) => servers[engine].kind === "available");
}

/** The connection string of an engine's server. */
function serverUrl(engine: Engine): string {
  const server = inject("testServers")[engine];
  if (server.kind === "missing") throw new Error(`No database for the engine "${engine}": ${server.reason}`);
  return server.connectionString;
}

/** The same server's URL with another database name. */
function withName(connectionString: string, database: string): string {
  const url = new URL(connectionString);
  url.pathname = `/${database}`;
  return url.href;
}

async function runOnServer(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/**
 * Creates a database for one test file; call `dispose` when done.
 * @throws Error when the machine does not have the engine
 */
export async function withDatabase(engine: Engine): Promise<TestDatabase> {
  const server = serverUrl(engine);
  const name = `test_${randomBytes(6).toString("hex")}`;
  await runOnServer(server, `CREATE DATABASE ${name}`);
  const connectionString = withName(server, name);
  // Private servers have it all in template1 already; a server named by TEST_DATABASE_URL may not.
  await prepareUrl(connectionString, { allowCompat: engine === "embedded" });
  return {
    engine,
    connectionString,
    dispose: () => runOnServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** A `describe` for each engine; those that this machine does not have are reported as skipped. */
export function describeEngines(name: string, body: (engine: Engine) => void): void {
  for (const engine of engines) describeEngine(name, engine, body);
}

/** A `describe` for one engine, reported as skipped where this machine does not have it. */
export function describeEngine(name: string, engine: Engine, body: (engine: Engine) => void): void {
  describe.skipIf(!testEngines().includes(engine))(`${name} (${engine})`, () => body(engine));
}
