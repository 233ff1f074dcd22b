/** DuckDB by its package, which is in nobody's dependencies. */
import { BenchSetupError } from "../store/yardstick.js";

/** A database of its own with the events. */
export interface DuckDb {
  /** Makes the tables from a file of rows, one line of JSON each. */
  readonly fill: (file: string) => Promise<void>;
  /** A query that is planned once; each call gives its rows. */
  readonly prepare: (sql: string) => Promise<() => Promise<readonly (readonly unknown[])[]>>;
  readonly close: () => void;
}

/** What is used of the package. */
interface DuckDbPackage {
  readonly DuckDBInstance: { create: (path: string) => Promise<Instance> };
}

interface Instance {
  connect: () => Promise<Connection>;
  closeSync: () => void;
}

interface Connection {
  run: (sql: string) => Promise<unknown>;
  prepare: (
    sql: string,
  ) => Promise<{ runAndReadAll: () => Promise<{ getRows: () => readonly (readonly unknown[])[] }> }>;
  closeSync: () => void;
}

// Not by a name that the compiler looks for: the package is only there where somebody installed it.
const PACKAGE: string = "@duckdb/node-api";

const COLUMNS =
  "{seq: 'INTEGER', id: 'VARCHAR', time: 'TIMESTAMP', category: 'VARCHAR[]', port: 'INTEGER[]', source: 'VARCHAR[]', " +
  "bounds: 'STRUCT(low UINTEGER, high UINTEGER)[]', event: 'VARCHAR'}";

/** Opens a database in a file. @throws BenchSetupError where the package is not installed */
export async function openDuckDb(path: string): Promise<DuckDb> {
  const { DuckDBInstance } = await loadPackage();
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  return {
    fill: async (file) => {
      const rows = `read_json('${file}', format = 'newline_delimited', columns = ${COLUMNS})`;
      await connection.run(
        `create table events as select seq, id, time, category, port, source, event from ${rows}`,
      );
      await connection.run(
        `create table addresses as select seq, b.low, b.high from (select seq, unnest(bounds) as b from ${rows})`,
      );
      await connection.run("create unique index events_id on events (id)");
    },
    prepare: async (sql) => {
      const statement = await connection.prepare(sql);
      return async () => (await statement.runAndReadAll()).getRows();
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function loadPackage(): Promise<DuckDbPackage> {
  try {
    return (await import(PACKAGE)) as DuckDbPackage;
  } catch (cause) {
    throw new BenchSetupError(
      `the comparison with DuckDB needs the package ${PACKAGE}: npm install --no-save ${PACKAGE}`,
      { cause },
    );
  }
}
